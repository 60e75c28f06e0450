package dev.superpose.checkpoint;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.superpose.fuzz.Scratch;
import dev.superpose.fuzz.Trial;
import java.io.IOException;
import java.nio.file.Path;

class FrequenciesFuzzTest {
    /// A few bytes may name row 2^20 - 1, and all rows before it then count as 0.
    private static final Trial TRIAL = new Trial(40 << 20, 400);

    private static final Scratch SCRATCH = new Scratch();

    @FuzzTest
    void isReadOrRefused(byte[] bytes) throws IOException {
        Path file = SCRATCH.write("counts", bytes);
        TRIAL.of(bytes.length, () -> Frequencies.read(file));
    }
}
