package dev.superpose.checkpoint;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.superpose.fuzz.Scratch;
import dev.superpose.fuzz.Trial;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

class LlamaFuzzTest {
    private static final Trial TRIAL = new Trial(4 << 20, 100);
    private static final Scratch SCRATCH = new Scratch();
    private static final int TOKENS = 10;

    @FuzzTest
    void modelsAreReadOrRefused(byte[] file) throws IOException {
        MemorySegment bytes = Memory.of(file);
        TRIAL.of(file.length, () -> Values.read(LlamaFile.matrices(Memory.FILE, bytes)));
    }

    @FuzzTest
    void tokenizersAreReadOrRefused(byte[] file) throws IOException {
        SCRATCH.write("tokenizer.bin", file);
        TRIAL.of(
                file.length,
                () -> Values.read(
                        LlamaTokens.find(SCRATCH.folder(), TOKENS).orElseThrow().tokens()));
    }
}
