package dev.superpose.checkpoint;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.superpose.fuzz.Scratch;
import dev.superpose.fuzz.Trial;
import java.io.IOException;

class VocabularyFuzzTest {
    /// A hole in the numbering costs a place in a table, of which there may be 100,000 for nothing.
    private static final Trial TRIAL = new Trial(4 << 20, 200);

    private static final Scratch TOKENIZER = new Scratch();
    private static final Scratch FLAT = new Scratch();
    private static final Scratch LINES = new Scratch();

    @FuzzTest
    void tokenizersAreReadOrRefused(byte[] json) throws IOException {
        read(TOKENIZER, "tokenizer.json", json);
    }

    @FuzzTest
    void flatVocabulariesAreReadOrRefused(byte[] json) throws IOException {
        FLAT.write("merges.txt", new byte[0]);
        read(FLAT, "vocab.json", json);
    }

    @FuzzTest
    void listsAreReadOrRefused(byte[] text) throws IOException {
        read(LINES, "tokens.txt", text);
    }

    private static void read(Scratch scratch, String name, byte[] bytes) throws IOException {
        scratch.write(name, bytes);
        TRIAL.of(
                bytes.length,
                () -> Values.read(
                        Vocabulary.find(scratch.folder(), "model").orElseThrow().tokens()));
    }
}
