package dev.superpose.checkpoint;

import dev.superpose.result.InputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The Python dictionary of a NumPy header, `{'descr': '<f4', 'fortran_order': False, 'shape': (3,
/// 2), }`: exactly these three keys, each once, with values of exactly these types.
final class NpyDictionary {
    private static final String AGAIN = "fetch or save it again";
    private static final int MOST_DIMENSIONS = 64;

    private final Path file;
    private final String place;
    private final String text;
    private int at;
    private Optional<String> descr = Optional.empty();
    private Optional<Boolean> fortran = Optional.empty();
    private Optional<List<Long>> shape = Optional.empty();

    NpyDictionary(Path file, String place, String text) {
        this.file = file;
        this.place = place;
        this.text = text;
    }

    /// The three values.
    record Contents(String descr, boolean fortran, List<Long> shape) {}

    /// Reads all of it.
    Contents read() throws InputException {
        expect('{');
        while (!accept('}')) {
            readPair();
            if (!accept(',')) {
                expect('}');
                break;
            }
        }
        skipBlanks();
        if (at < text.length() || descr.isEmpty() || fortran.isEmpty() || shape.isEmpty()) {
            throw wrong("'descr', 'fortran_order' and 'shape', and nothing after");
        }
        return new Contents(descr.get(), fortran.get(), shape.get());
    }

    /// A shape as Python writes it.
    static String shape(List<Long> shape) {
        String inner = shape.stream().map(String::valueOf).collect(Collectors.joining(", "));
        return shape.size() == 1 ? "(" + inner + ",)" : "(" + inner + ")";
    }

    private void readPair() throws InputException {
        String key = string();
        expect(':');
        skipBlanks();
        if (key.equals("descr") && descr.isEmpty()) {
            if (text.startsWith("[", at)) {
                throw new InputException(
                        file,
                        place + "header",
                        "numbers of one dtype",
                        "a structured dtype",
                        "save one field as a matrix of its own");
            }
            descr = Optional.of(string());
        } else if (key.equals("fortran_order") && fortran.isEmpty()) {
            fortran = Optional.of(truth());
        } else if (key.equals("shape") && shape.isEmpty()) {
            shape = Optional.of(tuple());
        } else {
            throw wrong("each of 'descr', 'fortran_order' and 'shape' once");
        }
    }

    private boolean truth() throws InputException {
        for (String word : List.of("True", "False")) {
            if (text.startsWith(word, at)) {
                at += word.length();
                return word.equals("True");
            }
        }
        throw wrong("True or False");
    }

    private List<Long> tuple() throws InputException {
        expect('(');
        List<Long> sizes = new ArrayList<>();
        while (!accept(')')) {
            sizes.add(size());
            if (!accept(',')) {
                expect(')');
                break;
            }
        }
        if (sizes.size() > MOST_DIMENSIONS) {
            throw wrong("at most %d dimensions".formatted(MOST_DIMENSIONS));
        }
        return sizes;
    }

    private long size() throws InputException {
        skipBlanks();
        int from = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        if (at == from || at - from > 18) {
            at = from;
            throw wrong("a size from 0 of at most 18 digits");
        }
        return Long.parseLong(text, from, at, 10);
    }

    /// A string in single or double quotes. NumPy writes no escapes, so none are known.
    private String string() throws InputException {
        skipBlanks();
        if (at < text.length() && (text.charAt(at) == '\'' || text.charAt(at) == '"')) {
            int end = text.indexOf(text.charAt(at), at + 1);
            if (end >= 0) {
                String inner = text.substring(at + 1, end);
                at = end + 1;
                return inner;
            }
        }
        throw wrong("a string in quotes");
    }

    private boolean accept(char c) {
        skipBlanks();
        boolean there = at < text.length() && text.charAt(at) == c;
        at += there ? 1 : 0;
        return there;
    }

    private void expect(char c) throws InputException {
        if (!accept(c)) {
            throw wrong("'" + c + "'");
        }
    }

    private void skipBlanks() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\n')) {
            at++;
        }
    }

    private InputException wrong(String expected) {
        String found =
                at >= text.length() ? "the end" : "'" + text.substring(at, Math.min(text.length(), at + 40)) + "'";
        return new InputException(file, place + "header, character %,d".formatted(at), expected, found, AGAIN);
    }
}
