package dev.superpose.checkpoint;

import dev.superpose.result.Csv;
import dev.superpose.result.InputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Reads files of frequencies, whatever their format.
final class FrequencyReader {
    private static final String EXPECTED =
            "counts of tokens: a NumPy vector, JSON, CSV with a column named count, or lines 'token count'";
    private static final Pattern ROW = Pattern.compile("0|[1-9][0-9]{0,8}");
    private static final String COUNTS = "counts";

    private FrequencyReader() {}

    /// What [Frequencies#read] promises.
    static Frequencies read(Path file) throws IOException {
        FileKind.requireFile(file);
        FileKind kind = FileKind.of(file);
        if (Files.size(file) > JsonText.LONGEST) {
            throw new InputException(
                    file, "", "at most %,d bytes of counts".formatted(JsonText.LONGEST), Files.size(file), "");
        }
        return switch (kind) {
            case NPY -> numpy(file);
            // A few bytes of one script alone are not known for text.
            case TEXT, UNKNOWN -> text(file, kind);
            default -> throw kind.refusal(file, EXPECTED);
        };
    }

    private static Frequencies numpy(Path file) throws IOException {
        MemorySegment bytes = MemorySegment.ofArray(Files.readAllBytes(file));
        double[] values = NpyHeader.readCounts(file, bytes).vector(file, bytes);
        var all = new FrequencyList(file.toString());
        for (int i = 0; i < values.length; i++) {
            all.add("entry %,d".formatted(i), values[i]);
        }
        return all.whole();
    }

    private static Frequencies text(Path file, FileKind kind) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException _) {
            if (kind == FileKind.UNKNOWN) {
                throw kind.refusal(file, EXPECTED);
            }
            throw new InputException(file, "", "text in UTF-8", "bytes that are not", "save it in UTF-8");
        }
        String begin = text.stripLeading();
        if (begin.startsWith("{") || begin.startsWith("[")) {
            return JsonText.readAny(file, parser -> json(file, parser));
        }
        String first = text.lines().findFirst().orElse("");
        for (char separator : new char[] {',', '\t'}) {
            if (FrequencyTable.names(List.of(first.replace("\uFEFF", "").split(String.valueOf(separator), -1)))) {
                return FrequencyTable.read(Csv.read(file.toString(), new StringReader(text), separator));
            }
        }
        return lines(file, text);
    }

    /// `token count` or `count` on each line; the token may hold blanks, and what is between it
    /// and the count is one blank or tab.
    private static Frequencies lines(Path file, String text) throws IOException {
        var all = new FrequencyList(file.toString());
        boolean tokens = false;
        long number = 0;
        try (var reader = new BufferedReader(new StringReader(text))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (line.isBlank()) {
                    continue;
                }
                String place = "line %,d".formatted(number);
                String whole = line.stripTrailing();
                int blank = Math.max(whole.lastIndexOf(' '), whole.lastIndexOf('\t'));
                boolean token = blank >= 1;
                if (number == 1) {
                    tokens = token;
                } else if (token != tokens) {
                    throw new InputException(
                            file, place, tokens ? "a token and its count" : "a count alone", whole, EXPECTED);
                }
                double value = number(file, place, whole.substring(blank + 1));
                if (tokens) {
                    all.put(place, whole.substring(0, blank), value);
                } else {
                    all.add(place, value);
                }
            }
        }
        return all.whole();
    }

    private static double number(Path file, String place, String field) throws InputException {
        try {
            return Double.parseDouble(field);
        } catch (NumberFormatException _) {
            throw new InputException(file, place, EXPECTED, "'" + field + "' where a count should be", "");
        }
    }

    private static Frequencies json(Path file, JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            return end(file, parser, array(file, parser));
        }
        Map<String, Double> numbers = new LinkedHashMap<>();
        Optional<Frequencies> document = Optional.empty();
        String other = "";
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            JsonToken token = parser.nextToken();
            if (name.equals(COUNTS) && token == JsonToken.START_ARRAY) {
                document = Optional.of(array(file, parser));
            } else if (name.equals(COUNTS) && token == JsonToken.START_OBJECT) {
                document = Optional.of(ofNumbers(file, numbers(file, parser)));
            } else if (token.isNumeric()) {
                put(file, parser, numbers, name);
            } else {
                other = other.isEmpty() ? name : other;
                parser.skipChildren();
            }
        }
        requireEnd(file, parser);
        if (document.isEmpty() && !other.isEmpty()) {
            throw new InputException(
                    file, "", "a number for each token, or an array or object named counts", "'" + other + "'", "");
        }
        return end(file, parser, document.isPresent() ? document.get() : ofNumbers(file, numbers));
    }

    private static Frequencies end(Path file, JsonParser parser, Frequencies read) throws InputException {
        if (parser.nextToken() != null) {
            throw JsonText.wrong(file, parser, "the end of the file");
        }
        return read;
    }

    private static Frequencies array(Path file, JsonParser parser) throws InputException {
        var all = new FrequencyList(file.toString());
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() == null || !parser.currentToken().isNumeric()) {
                throw JsonText.wrong(file, parser, "a count");
            }
            all.add("line %,d".formatted(parser.currentTokenLocation().getLineNr()), parser.getDoubleValue());
        }
        return all.whole();
    }

    private static Map<String, Double> numbers(Path file, JsonParser parser) throws InputException {
        Map<String, Double> numbers = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            if (!parser.nextToken().isNumeric()) {
                throw JsonText.wrong(file, parser, "a count");
            }
            put(file, parser, numbers, name);
        }
        requireEnd(file, parser);
        return numbers;
    }

    private static void put(Path file, JsonParser parser, Map<String, Double> numbers, String name)
            throws InputException {
        if (numbers.put(name, parser.getDoubleValue()) != null) {
            String place = "line %,d".formatted(parser.currentTokenLocation().getLineNr());
            throw new InputException(file, place, "each token once", "'" + name + "' again", "");
        }
    }

    private static void requireEnd(Path file, JsonParser parser) throws InputException {
        if (parser.currentToken() != JsonToken.END_OBJECT) {
            throw JsonText.wrong(file, parser, "the rest of the object");
        }
    }

    /// Names that are all whole numbers are those of rows; a vocabulary of nothing else is not met.
    private static Frequencies ofNumbers(Path file, Map<String, Double> numbers) throws InputException {
        var all = new FrequencyList(file.toString());
        boolean rows =
                numbers.keySet().stream().allMatch(name -> ROW.matcher(name).matches());
        for (Map.Entry<String, Double> entry : numbers.entrySet()) {
            String place = "'%s'".formatted(entry.getKey());
            if (rows) {
                all.put(place, Long.parseLong(entry.getKey()), entry.getValue());
            } else {
                all.put(place, entry.getKey(), entry.getValue());
            }
        }
        return all.whole();
    }
}
