package dev.superpose.checkpoint;

import dev.superpose.result.InputException;
import java.io.BufferedInputStream;
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

/// Word vectors as text, a word and its numbers on each line (GloVe), perhaps after a line with the number of rows and
/// the width (word2vec, fastText), or in the binary format of word2vec; perhaps gzip-compressed. They are held in
/// memory, all of them.
record WordVectors(String model, List<PackedMatrix> matrices) implements Checkpoint {
    private static final String COMPRESSED = ".gz";
    private static final Set<String> EXTENSIONS = Set.of(".txt", ".vec");
    private static final String BINARY = ".bin";
    private static final int BUFFER = 1 << 16;
    private static final String TOKENS = "tokens.txt";

    WordVectors {
        matrices = List.copyOf(matrices);
    }

    /// Reads the whole file.
    static WordVectors open(Path file) throws IOException {
        try (InputStream in = stream(file)) {
            boolean binary = kind(in) == FileKind.WORD2VEC;
            TextVectorReader.Contents read =
                    binary ? new BinaryVectorReader(file, in).read() : new TextVectorReader(file, in).read();
            String model = name(file);
            PackedMatrix matrix = new PackedMatrix(
                    model,
                    file,
                    "",
                    Role.VECTORS,
                    false,
                    binary ? Dtype.F32.name() : "text",
                    read.rows(),
                    read.rows().rows(),
                    Optional.of(read.tokens()),
                    read.notes());
            return new WordVectors(model, List.of(matrix));
        } catch (ZipException | EOFException e) {
            throw broken(file, e);
        }
    }

    /// Whether a file found in a folder is meant as word vectors: binary ones, or named like text, and its first lines
    /// are a word and numbers.
    static boolean recognises(Path file) throws IOException {
        if (uncompressed(file).endsWith(BINARY)) {
            return unpacked(file) == FileKind.WORD2VEC;
        }
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

    /// Whether a compressed file holds word vectors, or is named as if it did.
    static boolean holds(Path file) throws IOException {
        FileKind inside = unpacked(file);
        return named(file) || inside == FileKind.TEXT || inside == FileKind.WORD2VEC;
    }

    /// The kind of a file's data once unpacked, if they are compressed; that of gzip data which are broken.
    static FileKind unpacked(Path file) throws IOException {
        try (InputStream in = stream(file)) {
            return kind(in);
        } catch (InputException | ZipException | EOFException _) {
            return FileKind.GZIP;
        }
    }

    private static FileKind kind(InputStream in) throws IOException {
        in.mark(FileKind.PREFIX);
        FileKind kind = FileKind.of(in.readNBytes(FileKind.PREFIX));
        in.reset();
        return kind;
    }

    private static String uncompressed(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return name.endsWith(COMPRESSED) ? name.substring(0, name.length() - COMPRESSED.length()) : name;
    }

    private static String name(Path file) {
        String name = String.valueOf(file.getFileName());
        String plain = name.substring(0, uncompressed(file).length());
        int dot = plain.lastIndexOf('.');
        return dot > 0 && (named(file) || uncompressed(file).endsWith(BINARY)) ? plain.substring(0, dot) : plain;
    }

    private static InputStream stream(Path file) throws IOException {
        if (FileKind.of(file) != FileKind.GZIP) {
            return new BufferedInputStream(Files.newInputStream(file), BUFFER);
        }
        InputStream packed = Files.newInputStream(file);
        try {
            return new BufferedInputStream(
                    new BoundedExpansion(file, new GZIPInputStream(packed, BUFFER), Files.size(file)), BUFFER);
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
