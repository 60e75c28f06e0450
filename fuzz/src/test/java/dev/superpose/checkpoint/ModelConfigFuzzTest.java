package dev.superpose.checkpoint;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.superpose.fuzz.Scratch;
import dev.superpose.fuzz.Trial;
import java.io.IOException;
import java.nio.file.Path;

class ModelConfigFuzzTest {
    private static final Trial TRIAL = new Trial(4 << 20, 100);
    private static final Scratch SCRATCH = new Scratch();

    @FuzzTest
    void isReadOrRefused(byte[] json) throws IOException {
        Path file = SCRATCH.write("config.json", json);
        TRIAL.of(json.length, () -> ModelConfig.read(file));
    }
}
