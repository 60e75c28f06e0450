package dev.superpose.checkpoint;

import dev.superpose.result.InputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Reads what the rows of a model stand for from the files beside its weights:
/// `<name>.tokens.txt` or `tokens.txt` (one a line), `tokenizer.json`, `vocab.json` with
/// `added_tokens.json`, or `vocab.txt`, the first that is there.
final class Vocabulary {
    static final int MOST = 10_000_000;
    private static final long FREE = 100_000;
    private static final long MOST_HOLES = 4;

    private final Path file;
    private final Map<Long, String> entries = new HashMap<>();
    private Tokens.Spelling spelling = Tokens.Spelling.PLAIN;

    private Vocabulary(Path file) {
        this.file = file;
    }

    /// Tokens and the name of the file that they come from.
    record Found(Tokens tokens, String source) {}

    /// Looks in `folder`, for the weights file with the given stem (its name without the
    /// extension).
    static Optional<Found> find(Path folder, String stem) throws IOException {
        for (String name : List.of(stem + ".tokens.txt", "tokens.txt")) {
            Optional<Path> list = Confinement.find(folder, name);
            if (list.isPresent()) {
                return Optional.of(new Found(lines(list.get()), name));
            }
        }
        Optional<Path> tokenizer = Confinement.find(folder, "tokenizer.json");
        if (tokenizer.isPresent()) {
            var vocabulary = new Vocabulary(tokenizer.get());
            vocabulary.readTokenizer();
            return Optional.of(vocabulary.found());
        }
        Optional<Path> flat = Confinement.find(folder, "vocab.json");
        if (flat.isPresent()) {
            var vocabulary = new Vocabulary(flat.get());
            vocabulary.readFlat(vocabulary.file);
            Optional<Path> added = Confinement.find(folder, "added_tokens.json");
            if (added.isPresent()) {
                vocabulary.readFlat(added.get());
            }
            if (Files.exists(folder.resolve("merges.txt"))) {
                vocabulary.spelling = Tokens.Spelling.BYTE_LEVEL;
            }
            return Optional.of(vocabulary.found());
        }
        Optional<Path> list = Confinement.find(folder, "vocab.txt");
        return list.isEmpty() ? Optional.empty() : Optional.of(new Found(lines(list.get()), "vocab.txt"));
    }

    /// The tokens in `file`, whose name says what it is: `.txt` lines, `vocab.json` and
    /// `encoder.json` rows by entry, all else a `tokenizer.json`.
    static Found read(Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        if (name.endsWith(".txt")) {
            return new Found(lines(file), name);
        }
        var vocabulary = new Vocabulary(file);
        if (name.equals("vocab.json") || name.equals("encoder.json")) {
            vocabulary.readFlat(file);
            vocabulary.spelling = Tokens.Spelling.BYTE_LEVEL;
        } else {
            vocabulary.readTokenizer();
        }
        return vocabulary.found();
    }

    private Found found() throws InputException {
        long length =
                1 + entries.keySet().stream().mapToLong(Long::longValue).max().orElse(-1);
        if (length > FREE + MOST_HOLES * entries.size()) {
            throw new InputException(
                    file,
                    "",
                    "%,d tokens at rows from 0 on".formatted(entries.size()),
                    "one at row %,d".formatted(length - 1),
                    "fetch it again");
        }
        @Nullable String[] dense = new @Nullable String[(int) length];
        entries.forEach((row, entry) -> dense[row.intValue()] = entry);
        return new Found(Tokens.of(dense, spelling), String.valueOf(file.getFileName()));
    }

    /// One token a line. Only a line feed ends a line: other separators may be tokens.
    private static Tokens lines(Path file) throws IOException {
        FileKind.requireFile(file);
        FileKind kind = FileKind.of(file);
        if (kind != FileKind.TEXT && kind != FileKind.UNKNOWN && kind != FileKind.EMPTY) {
            throw kind.refusal(file, "tokens, one a line");
        }
        if (Files.size(file) > JsonText.LONGEST) {
            throw new InputException(
                    file, "", "at most %,d bytes of tokens".formatted(JsonText.LONGEST), Files.size(file), "");
        }
        List<String> tokens = new ArrayList<>();
        var line = new StringBuilder();
        try (var reader = new BufferedReader(new InputStreamReader(
                Files.newInputStream(file),
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPLACE)
                        .onUnmappableCharacter(CodingErrorAction.REPLACE)))) {
            for (int c = reader.read(); c >= 0; c = reader.read()) {
                if (c == '\n') {
                    tokens.add(text(line));
                    line.setLength(0);
                } else {
                    line.append((char) c);
                }
            }
        }
        if (!line.isEmpty()) {
            tokens.add(text(line));
        }
        return Tokens.of(tokens);
    }

    private static String text(StringBuilder line) {
        int length = line.length();
        return length > 1 && line.charAt(length - 1) == '\r' ? line.substring(0, length - 1) : line.toString();
    }

    private void readFlat(Path flat) throws IOException {
        JsonText.read(flat, parser -> {
            readObject(parser);
            return flat;
        });
    }

    private void readTokenizer() throws IOException {
        JsonText.read(file, parser -> {
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String key = parser.currentName();
                JsonToken token = parser.nextToken();
                if (key.equals("added_tokens") && token == JsonToken.START_ARRAY) {
                    readAdded(parser);
                } else if (key.equals("model") && token == JsonToken.START_OBJECT) {
                    readModel(parser);
                } else if (key.equals("decoder") || key.equals("pre_tokenizer")) {
                    readSpelling(parser);
                } else {
                    parser.skipChildren();
                }
            }
            requireEnd(parser);
            return file;
        });
        if (entries.isEmpty()) {
            throw new InputException(file, "", "a vocabulary under model.vocab", "none", "");
        }
    }

    private void readModel(JsonParser parser) throws InputException {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            boolean vocabulary = parser.currentName().equals("vocab");
            JsonToken token = parser.nextToken();
            if (vocabulary && token == JsonToken.START_OBJECT) {
                readObject(parser);
            } else if (vocabulary && token == JsonToken.START_ARRAY) {
                readPieces(parser);
            } else {
                parser.skipChildren();
            }
        }
        requireEnd(parser);
    }

    /// `{"token": row, ...}`, as BPE and WordPiece have it.
    private void readObject(JsonParser parser) throws InputException {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String entry = parser.currentName();
            parser.nextToken();
            put(parser, readRow(parser), entry);
        }
        requireEnd(parser);
    }

    /// `[["token", score], ...]`, as Unigram has it; the row is the place in the list.
    private void readPieces(JsonParser parser) throws InputException {
        long row = 0;
        while (parser.nextToken() == JsonToken.START_ARRAY) {
            if (parser.nextToken() != JsonToken.VALUE_STRING) {
                throw JsonText.wrong(file, parser, "a token");
            }
            put(parser, row++, parser.getString());
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (!parser.currentToken().isScalarValue()) {
                    throw JsonText.wrong(file, parser, "a score");
                }
            }
        }
    }

    /// `[{"id": row, "content": "token", ...}, ...]`
    private void readAdded(JsonParser parser) throws InputException {
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            Optional<Long> row = Optional.empty();
            Optional<String> content = Optional.empty();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String key = parser.currentName();
                JsonToken token = parser.nextToken();
                if (key.equals("id")) {
                    row = Optional.of(readRow(parser));
                } else if (key.equals("content") && token == JsonToken.VALUE_STRING) {
                    content = Optional.of(parser.getString());
                } else {
                    parser.skipChildren();
                }
            }
            if (row.isEmpty() || content.isEmpty()) {
                throw JsonText.wrong(file, parser, "id and content of an added token");
            }
            put(parser, row.get(), content.get());
        }
    }

    /// Looks for the tell-tale type names anywhere in the description of a decoder or
    /// pre-tokenizer.
    private void readSpelling(JsonParser parser) {
        int depth = 0;
        do {
            JsonToken token = parser.currentToken();
            if (token.isStructStart()) {
                depth++;
            } else if (token.isStructEnd()) {
                depth--;
            } else if (token == JsonToken.VALUE_STRING) {
                String value = parser.getString();
                if (value.equals("ByteLevel")) {
                    spelling = Tokens.Spelling.BYTE_LEVEL;
                } else if (value.equals("Metaspace") || value.equals("\u2581")) {
                    spelling = Tokens.Spelling.SENTENCE_PIECE;
                }
            }
        } while (depth > 0 && parser.nextToken() != null);
    }

    private long readRow(JsonParser parser) throws InputException {
        boolean fits = parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                && parser.getNumberType() == JsonParser.NumberType.INT
                && parser.getIntValue() >= 0;
        if (!fits) {
            throw JsonText.wrong(file, parser, "the row of a token, a whole number from 0");
        }
        return parser.getIntValue();
    }

    private void put(JsonParser parser, long row, String entry) throws InputException {
        entries.put(row, entry);
        if (entries.size() > MOST) {
            throw JsonText.wrong(file, parser, "at most %,d tokens".formatted(MOST));
        }
    }

    private void requireEnd(JsonParser parser) throws InputException {
        if (parser.currentToken() != JsonToken.END_OBJECT) {
            throw JsonText.wrong(file, parser, "the rest of the object");
        }
    }
}
