package dev.superpose.checkpoint;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.superpose.fuzz.Trial;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

class TorchFuzzTest {
    /// A pickle can make an object with every byte: an empty dict and its place on the stack.
    private static final Trial TRIAL = new Trial(4 << 20, 300);

    @FuzzTest
    void archivesAreReadOrRefused(byte[] file) throws IOException {
        MemorySegment bytes = Memory.of(file);
        TRIAL.of(file.length, () -> read(bytes));
    }

    /// The input is the pickle, put into an archive with two storages.
    @FuzzTest
    void picklesAreReadOrRefused(byte[] pickle) throws IOException {
        byte[] file = new ZipBytes()
                .add("m/data.pkl", pickle)
                .add("m/data/0", new byte[64])
                .add("m/data/1", new byte[24])
                .end();
        MemorySegment bytes = Memory.of(file);
        TRIAL.of(file.length, () -> read(bytes));
    }

    private static void read(MemorySegment bytes) throws IOException {
        TorchFile weights = TorchFile.of(Memory.FILE, Arena.ofConfined(), bytes);
        for (TensorInfo tensor : weights.tensors()) {
            boolean matrix = tensor.shape().size() == 2 && tensor.dtype().readable();
            if (matrix && tensor.shape().get(1) > 0 && tensor.shape().get(1) <= MappedRows.WIDEST) {
                Values.read(weights.rows(tensor.name()));
            }
        }
        try (var model = ModelFolder.open("model", Memory.FILE.resolveSibling(""), weights)) {
            Values.read(model.matrices());
        }
    }
}
