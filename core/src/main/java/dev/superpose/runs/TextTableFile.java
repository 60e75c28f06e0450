package dev.superpose.runs;

import dev.superpose.result.Csv;
import dev.superpose.result.InputException;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// Reads a table of text from a file, whose first bytes tell what it is.
final class TextTableFile {
    /// Larger tables are refused, since all of a table is held in memory.
    static final int MOST_BYTES = 256 << 20;

    private static final String EXPECTED = "a table: CSV, TSV, JSON lines or Parquet";
    private static final int BEGINNING = 4096;

    /// A number written with a decimal comma, which is why such files separate by semicolons.
    private static final Pattern DECIMAL_COMMA = Pattern.compile("[+-]?\\d*,\\d+([eE][+-]?\\d+)?");

    private TextTableFile() {}

    static TextTable read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            String found = Files.exists(file) ? "no regular file" : "no such file";
            throw new InputException(file, "", EXPECTED, found, "check the path");
        }
        byte[] bytes = bytes(file);
        refuseBinary(file, bytes);
        int first = firstCharacter(bytes);
        return switch (first) {
            case -1 -> throw new InputException(file, "", EXPECTED, "nothing", "is this the right file?");
            case '{', '[' -> new JsonRows(file.toString(), bytes).read();
            default -> delimited(file, bytes);
        };
    }

    private static byte[] bytes(Path file) throws IOException {
        try (var raw = new BufferedInputStream(Files.newInputStream(file))) {
            raw.mark(2);
            boolean gzipped = raw.read() == 0x1f && raw.read() == 0x8b;
            raw.reset();
            byte[] bytes = gzipped ? unzipped(file, raw) : raw.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new InputException(
                        file,
                        "",
                        "a table of at most %,d bytes".formatted(MOST_BYTES),
                        "more",
                        "cut out the columns and lines that are needed");
            }
            return bytes;
        }
    }

    private static byte[] unzipped(Path file, InputStream raw) throws IOException {
        try (var in = new GZIPInputStream(raw)) {
            return in.readNBytes(MOST_BYTES + 1);
        } catch (EOFException | ZipException damaged) {
            throw new InputException(
                    file, "", "a whole gzip file", String.valueOf(damaged.getMessage()), "get the file again");
        }
    }

    private static void refuseBinary(Path file, byte[] bytes) throws InputException {
        if (begins(bytes, 'P', 'K', 3, 4)) {
            throw new InputException(file, "", EXPECTED, "a zip archive or a spreadsheet", "save the sheet as CSV");
        }
        if (begins(bytes, 'P', 'A', 'R', '1')) {
            throw new InputException(file, "", "a table of text", "a Parquet file", "open it by the program's reader");
        }
        if (begins(bytes, 0xff, 0xfe) || begins(bytes, 0xfe, 0xff)) {
            throw new InputException(file, "", "text in UTF-8", "text in UTF-16", "save the table in UTF-8");
        }
        for (int i = 0; i < Math.min(bytes.length, BEGINNING); i++) {
            if (bytes[i] == 0) {
                throw new InputException(file, "byte " + i, EXPECTED, "a zero byte", "is this the right file?");
            }
        }
    }

    private static boolean begins(byte[] bytes, int... magic) {
        if (bytes.length < magic.length) {
            return false;
        }
        for (int i = 0; i < magic.length; i++) {
            if ((bytes[i] & 0xff) != magic[i]) {
                return false;
            }
        }
        return true;
    }

    /// The first byte that is neither of a byte order mark nor space, -1 if there is none.
    private static int firstCharacter(byte[] bytes) {
        for (int i = begins(bytes, 0xef, 0xbb, 0xbf) ? 3 : 0; i < bytes.length; i++) {
            if (bytes[i] != ' ' && bytes[i] != '\t' && bytes[i] != '\r' && bytes[i] != '\n') {
                return bytes[i] & 0xff;
            }
        }
        return -1;
    }

    private static TextTable delimited(Path file, byte[] bytes) throws IOException {
        char separator = separator(file, bytes);
        var decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        var in = new BufferedReader(new InputStreamReader(new ByteArrayInputStream(bytes), decoder));
        var csv = Csv.read(file.toString(), in, separator);
        boolean decimalCommas = false;
        var rows = new ArrayList<TextTable.Row>();
        for (var line : csv.lines()) {
            var cells = new ArrayList<String>();
            for (String field : line.fields()) {
                String cell = field.strip();
                boolean comma = separator == ';' && DECIMAL_COMMA.matcher(cell).matches();
                decimalCommas |= comma;
                cells.add(comma ? cell.replace(',', '.') : cell);
            }
            if (cells.stream().anyMatch(cell -> !cell.isEmpty())) {
                rows.add(new TextTable.Row("line " + line.number(), cells));
            }
        }
        var notes = decimalCommas
                ? List.of("Columns are separated by semicolons, so a comma in a number is read as the decimal comma.")
                : List.<String>of();
        return new TextTable(csv.source(), csv.header(), rows, notes);
    }

    /// The separator that comes most often in the line of names, outside quotes; a tab in
    /// a file called `.tsv`.
    private static char separator(Path file, byte[] bytes) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".tsv") || name.endsWith(".tsv.gz")) {
            return '\t';
        }
        int commas = 0;
        int tabs = 0;
        int semicolons = 0;
        boolean quoted = false;
        boolean begun = false;
        for (byte b : bytes) {
            if (b == '"') {
                quoted = !quoted;
            } else if ((b == '\n' || b == '\r') && !quoted && begun) {
                break;
            } else if (!quoted) {
                commas += b == ',' ? 1 : 0;
                tabs += b == '\t' ? 1 : 0;
                semicolons += b == ';' ? 1 : 0;
            }
            begun |= b != '\n' && b != '\r';
        }
        if (tabs > commas && tabs >= semicolons) {
            return '\t';
        }
        return semicolons > commas ? ';' : ',';
    }
}
