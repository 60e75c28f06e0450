package dev.superpose.checkpoint;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.superpose.fuzz.Scratch;
import dev.superpose.fuzz.Trial;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Optional;

class GgufFuzzTest {
    /// A key or an empty token costs a record and its place in a map for every dozen bytes.
    private static final Trial TRIAL = new Trial(4 << 20, 200);

    private static final Scratch SCRATCH = new Scratch();

    /// The header, every matrix that can be decoded, and the tokens.
    @FuzzTest
    void contentsAreReadOrRefused(byte[] file) throws IOException {
        MemorySegment bytes = Memory.of(file);
        TRIAL.of(file.length, () -> {
            GgufHeader header = GgufHeader.read(Memory.FILE, bytes);
            for (GgufTensor tensor : header.tensors().values()) {
                if (tensor.shape().size() == 2 && tensor.type().readable()) {
                    Values.read(tensor.rows(Memory.FILE, bytes));
                }
            }
            Optional<Vocabulary.Found> tokens = GgufTokens.find(Memory.FILE, header.metadata());
            if (tokens.isPresent()) {
                Values.read(tokens.get().tokens());
            }
        });
    }

    @FuzzTest
    void modelsAreReadOrRefused(byte[] bytes) throws IOException {
        Path file = SCRATCH.write("model.gguf", bytes);
        TRIAL.of(bytes.length, () -> {
            try (Checkpoint model = GgufModel.open(file)) {
                Values.read(model.matrices());
            }
        });
    }
}
