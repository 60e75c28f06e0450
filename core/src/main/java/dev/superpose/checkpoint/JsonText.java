package dev.superpose.checkpoint;

import dev.superpose.result.InputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;

/// Reads the JSON files that lie beside a model's weights, as a stream: what is not needed is
/// skipped, not kept.
final class JsonText {
    static final long LONGEST = 100_000_000;

    private static final int BYTE_ORDER_MARK = 0xfeff;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(64)
                    .maxNameLength(65_535)
                    .maxStringLength(10_000_000)
                    .build())
            .build();

    private JsonText() {}

    /// Takes what it needs from a document whose first token has just been read.
    @FunctionalInterface
    interface Reading<T> {
        T of(JsonParser parser) throws IOException;
    }

    /// Reads the object that is the document.
    static <T> T read(Path file, Reading<T> reading) throws IOException {
        return readAny(file, parser -> {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw wrong(file, parser, "a JSON object");
            }
            return reading.of(parser);
        });
    }

    /// Reads a document that may be no object; its first token has just been read.
    static <T> T readAny(Path file, Reading<T> reading) throws IOException {
        FileKind.requireFile(file);
        FileKind.refuseUnless(file, FileKind.TEXT);
        if (Files.size(file) > LONGEST) {
            throw new InputException(
                    file, "", "at most %,d bytes of JSON".formatted(LONGEST), "%,d".formatted(Files.size(file)), "");
        }
        // Left to guess the encoding, the parser would take zero bytes for UTF-32.
        CharsetDecoder utf8 = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        try (var in = new BufferedReader(new InputStreamReader(Files.newInputStream(file), utf8))) {
            in.mark(1);
            if (in.read() != BYTE_ORDER_MARK) {
                in.reset();
            }
            return parse(file, in, reading);
        } catch (CharacterCodingException _) {
            throw new InputException(file, "", "JSON in UTF-8", "bytes that are not", "fetch it again");
        }
    }

    private static <T> T parse(Path file, Reader in, Reading<T> reading) throws IOException {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), in)) {
            parser.nextToken();
            return reading.of(parser);
        } catch (JacksonIOException e) {
            throw e.getCause();
        } catch (JacksonException e) {
            var location = e.getLocation();
            String place = location == null ? "" : "line %,d".formatted(location.getLineNr());
            throw new InputException(file, place, "JSON", reason(e), "fetch it again");
        }
    }

    /// What the parser says, without its words about itself.
    static String reason(JacksonException e) {
        return String.valueOf(e.getOriginalMessage())
                .replaceAll(", from `[^`]*`", "")
                .replaceAll("(: expected close marker| \\(start marker).*", "");
    }

    /// What to throw where the token at hand is not the one expected.
    static InputException wrong(Path file, JsonParser parser, String expected) {
        JsonToken token = parser.currentToken();
        String found = token == null ? "the end of the file" : "'" + parser.getString() + "'";
        String place = "line %,d".formatted(parser.currentTokenLocation().getLineNr());
        return new InputException(file, place, expected, found, "fetch it again");
    }
}
