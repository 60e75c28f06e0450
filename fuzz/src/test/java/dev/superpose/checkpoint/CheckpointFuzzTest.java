package dev.superpose.checkpoint;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.superpose.fuzz.Scratch;
import dev.superpose.fuzz.Trial;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

class CheckpointFuzzTest {
    private static final Trial TRIAL = new Trial(12 << 20, 200 * 200);
    private static final List<String> EXTENSIONS =
            List.of("safetensors", "bin", "pt", "npy", "npz", "txt", "vec.gz", "gguf");
    private static final Scratch SCRATCH = new Scratch();

    /// The whole way of a user's file, from its name on. The first byte chooses the name.
    @FuzzTest
    void filesOfAnyKindAreReadOrRefused(byte[] input) throws IOException {
        int chosen = input.length == 0 ? 0 : Byte.toUnsignedInt(input[0]) % EXTENSIONS.size();
        byte[] bytes = Arrays.copyOfRange(input, Math.min(1, input.length), input.length);
        Path file = SCRATCH.write("model." + EXTENSIONS.get(chosen), bytes);
        TRIAL.of(bytes.length, () -> {
            try (Checkpoint checkpoint = Checkpoint.open(file)) {
                Values.read(checkpoint.matrices());
            }
        });
    }
}
