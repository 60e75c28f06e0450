package dev.superpose.text;

import dev.superpose.result.InputException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;

/// Takes the documents out of a file and hands them on in passages.
///
/// A file of plain text is one document. Files named `.json`, `.jsonl` or `.ndjson` hold JSON
/// values, one after the other or in arrays: a string is a document, an object has one in its
/// field. Either may be packed by gzip.
final class DocumentReader {
    private static final int BEGINNING = 4096;
    private static final byte[] MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
    private static final int LONGEST_STRING = 100_000_000;
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(64)
                    .maxStringLength(LONGEST_STRING)
                    .build())
            .build();

    private final Path file;
    private final String field;
    private final Passages passages;
    private final BooleanSupplier document;

    /// @param field of JSON objects that holds the text
    /// @param passages take the text
    /// @param document told that a document begins; false to end
    DocumentReader(Path file, String field, Passages passages, BooleanSupplier document) {
        this.file = file;
        this.field = field;
        this.passages = passages;
        this.document = document;
    }

    /// What was odd about the bytes.
    ///
    /// @param faults how many times they were no UTF-8
    /// @param firstFault the byte of the first one in the unpacked text; -1 if there is none
    record Reading(long faults, long firstFault) {}

    /// Reads all of `in`, or until no more is wanted.
    ///
    /// @throws InputException if it is no text, or not the JSON that its name promises
    Reading read(InputStream in) throws IOException {
        try (InputStream bytes = unpacked(in);
                var text = new Utf8Text(bytes, skipMark(bytes))) {
            String name = TextFiles.plainName(file);
            if (name.endsWith(".json") || name.endsWith(".jsonl") || name.endsWith(".ndjson")) {
                json(text);
            } else {
                plain(text);
            }
            return new Reading(text.faults(), text.firstFault().orElse(-1));
        } catch (ZipException | EOFException broken) {
            throw new InputException(
                    file, "", "a whole gzip file", String.valueOf(broken.getMessage()), "fetch it again");
        }
    }

    private InputStream unpacked(InputStream in) throws IOException {
        var raw = new BufferedInputStream(in, 1 << 16);
        raw.mark(BEGINNING);
        byte[] magic = raw.readNBytes(2);
        raw.reset();
        boolean packed = magic.length == 2 && magic[0] == 0x1f && magic[1] == (byte) 0x8b;
        var text = packed ? new BufferedInputStream(new GZIPInputStream(raw), 1 << 16) : raw;
        text.mark(BEGINNING);
        byte[] beginning = text.readNBytes(BEGINNING);
        text.reset();
        refuseBinary(beginning);
        return text;
    }

    /// Skips a byte order mark, and tells how many bytes it has.
    private static int skipMark(InputStream in) throws IOException {
        in.mark(MARK.length);
        if (Arrays.equals(in.readNBytes(MARK.length), MARK)) {
            return MARK.length;
        }
        in.reset();
        return 0;
    }

    private void refuseBinary(byte[] beginning) throws InputException {
        for (int i = 0; i < beginning.length; i++) {
            if (beginning[i] == 0) {
                throw new InputException(
                        file,
                        "byte %,d".formatted(i),
                        "text in UTF-8",
                        "a zero byte, as in UTF-16 and binary files",
                        "save it as UTF-8, or unpack it");
            }
        }
        if (new String(beginning, StandardCharsets.ISO_8859_1).startsWith("version https://git-lfs")) {
            throw new InputException(
                    file, "byte 0", "text", "a Git-LFS pointer, a note that stands for the file", "run 'git lfs pull'");
        }
    }

    private void plain(Utf8Text text) throws IOException {
        if (!document.getAsBoolean()) {
            return;
        }
        char[] block = new char[1 << 15];
        for (int n = text.read(block, 0, block.length); n >= 0; n = text.read(block, 0, block.length)) {
            if (!passages.add(block, 0, n)) {
                return;
            }
        }
        passages.finish();
    }

    private void json(Utf8Text text) throws IOException {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            while (parser.nextToken() != null) {
                JsonToken token = parser.currentToken();
                boolean more = switch (token) {
                    case START_ARRAY, END_ARRAY -> true;
                    case VALUE_STRING -> take(parser.getString());
                    case START_OBJECT -> object(parser);
                    default -> throw wrong(parser, "a string or an object", parser.getString());
                };
                if (!more) {
                    return;
                }
            }
        } catch (JacksonIOException failed) {
            throw failed.getCause();
        } catch (JacksonException broken) {
            var at = broken.getLocation();
            throw new InputException(
                    file,
                    at == null ? "" : "line %,d".formatted(at.getLineNr()),
                    "JSON: strings, or objects with the field '%s'".formatted(field),
                    String.valueOf(broken.getOriginalMessage()).replaceAll(", from `[^`]*`", ""),
                    "mend it, or fetch it again if it is cut short");
        }
    }

    private boolean object(JsonParser parser) throws InputException {
        long line = parser.currentTokenLocation().getLineNr();
        Optional<String> found = Optional.empty();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            boolean wanted = parser.currentName().equals(field);
            JsonToken token = parser.nextToken();
            if (wanted && token != JsonToken.VALUE_STRING) {
                throw wrong(parser, "a string in the field '%s'".formatted(field), parser.getString());
            }
            if (wanted) {
                found = Optional.of(parser.getString());
            } else {
                parser.skipChildren();
            }
        }
        if (found.isEmpty()) {
            throw new InputException(
                    file,
                    "line %,d".formatted(line),
                    "an object with the field '%s'".formatted(field),
                    "one without",
                    "name the field of the text with --field");
        }
        return take(found.get());
    }

    private boolean take(String text) {
        return document.getAsBoolean() && passages.end(text);
    }

    private InputException wrong(JsonParser parser, String expected, Object found) {
        String place = "line %,d".formatted(parser.currentTokenLocation().getLineNr());
        return new InputException(file, place, expected, found, "name the field of the text with --field");
    }
}
