package dev.superpose.checkpoint;

import dev.superpose.result.InputException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// Word vectors as text: a word and its numbers on each line (GloVe), perhaps after a line with the number of rows and
/// the width (word2vec, fastText), perhaps gzip-compressed. They are held in memory, all of them.
record TextVectors(String model, List<PackedMatrix> matrices) implements Checkpoint {
    private static final String COMPRESSED = ".gz";
    private static final Set<String> EXTENSIONS = Set.of(".txt", ".vec");
    private static final String TOKENS = "tokens.txt";

    TextVectors {
        matrices = List.copyOf(matrices);
    }

    /// Reads the whole file.
    static TextVectors open(Path file) throws IOException {
        try (InputStream in = stream(file)) {
            var reader = new TextVectorReader(file, in);
            TextVectorReader.Contents read = reader.read();
            String model = name(file);
            PackedMatrix matrix = new PackedMatrix(
                    model,
                    file,
                    "",
                    Role.VECTORS,
                    false,
                    "text",
                    read.rows(),
                    read.rows().rows(),
                    Optional.of(read.tokens()),
                    read.notes());
            return new TextVectors(model, List.of(matrix));
        } catch (ZipException | EOFException e) {
            throw broken(file, e);
        }
    }

    /// Whether a file found in a folder is meant as word vectors: named like text, and its first lines are a word and
    /// numbers.
    static boolean recognises(Path file) throws IOException {
        if (!named(file) || String.valueOf(file.getFileName()).endsWith(TOKENS)) {
            return false;
        }
        FileKind kind = FileKind.of(file);
        if (kind != FileKind.TEXT && kind != FileKind.GZIP) {
            return false;
        }
        try (InputStream in = stream(file)) {
            return new TextVectorReader(file, in).startsLikeVectors();
        } catch (InputException | ZipException | EOFException _) {
            return false;
        }
    }

    /// Whether the file is named like word vectors.
    static boolean named(Path file) {
        return EXTENSIONS.stream().anyMatch(uncompressed(file)::endsWith);
    }

    /// Whether the file is named like compressed word vectors.
    static boolean isCompressed(Path file) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(COMPRESSED) && named(file);
    }

    private static String uncompressed(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return name.endsWith(COMPRESSED) ? name.substring(0, name.length() - COMPRESSED.length()) : name;
    }

    private static String name(Path file) {
        String name = String.valueOf(file.getFileName());
        String plain = name.substring(0, uncompressed(file).length());
        int dot = plain.lastIndexOf('.');
        return dot > 0 && EXTENSIONS.contains(plain.substring(dot).toLowerCase(Locale.ROOT))
                ? plain.substring(0, dot)
                : plain;
    }

    private static InputStream stream(Path file) throws IOException {
        if (FileKind.of(file) != FileKind.GZIP) {
            return Files.newInputStream(file);
        }
        InputStream packed = Files.newInputStream(file);
        try {
            return new BoundedExpansion(file, new GZIPInputStream(packed, 1 << 16), Files.size(file));
        } catch (ZipException | EOFException e) {
            packed.close();
            throw broken(file, e);
        } catch (IOException | RuntimeException | Error e) {
            packed.close();
            throw e;
        }
    }

    private static InputException broken(Path file, IOException e) {
        var broken = new InputException(file, "", "whole gzip data", String.valueOf(e.getMessage()), "fetch it again");
        broken.initCause(e);
        return broken;
    }

    @Override
    public void close() {
        // The numbers are in memory.
    }
}
