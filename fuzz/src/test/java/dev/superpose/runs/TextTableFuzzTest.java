package dev.superpose.runs;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.superpose.fuzz.Scratch;
import dev.superpose.fuzz.Trial;
import java.io.IOException;
import java.nio.file.Path;

class TextTableFuzzTest {
    private static final Trial TRIAL = new Trial(4 << 20, 400);
    private static final Scratch SCRATCH = new Scratch();

    @FuzzTest
    void isReadOrRefused(byte[] bytes) throws IOException {
        Path file = SCRATCH.write("runs", bytes);
        TRIAL.of(bytes.length, () -> TextTable.read(file));
    }

    @FuzzTest
    void jsonRowsAreReadOrRefused(byte[] json) throws IOException {
        TRIAL.of(json.length, () -> new JsonRows("runs.jsonl", json).read());
    }
}
