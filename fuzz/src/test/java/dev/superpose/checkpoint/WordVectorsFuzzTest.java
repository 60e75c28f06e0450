package dev.superpose.checkpoint;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.superpose.fuzz.Scratch;
import dev.superpose.fuzz.Trial;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;

class WordVectorsFuzzTest {
    /// The buffers of the longest line or row, 2^19 numbers in two forms, and the first
    /// block of rows.
    private static final Trial TRIAL = new Trial(12 << 20, 200);

    /// The same; each compressed byte may become 200, and each of these a row of one number.
    private static final Trial COMPRESSED = new Trial(12 << 20, 200 * 200);

    private static final Scratch SCRATCH = new Scratch();

    @FuzzTest
    void linesAreReadOrRefused(byte[] text) throws IOException {
        TRIAL.of(text.length, () -> read(new TextVectorReader(Memory.FILE, new ByteArrayInputStream(text)).read()));
    }

    @FuzzTest
    void binaryRowsAreReadOrRefused(byte[] bytes) throws IOException {
        TRIAL.of(bytes.length, () -> read(new BinaryVectorReader(Memory.FILE, new ByteArrayInputStream(bytes)).read()));
    }

    @FuzzTest
    void compressedFilesAreReadOrRefused(byte[] bytes) throws IOException {
        Path file = SCRATCH.write("vectors.gz", bytes);
        COMPRESSED.of(bytes.length, () -> {
            try (Checkpoint vectors = WordVectors.open(file)) {
                Values.read(vectors.matrices());
            }
        });
    }

    private static void read(TextVectorReader.Contents contents) throws IOException {
        Values.read(contents.rows());
        Values.read(contents.tokens());
    }
}
