package dev.superpose.checkpoint;

import static dev.superpose.checkpoint.SafetensorsBytes.entry;
import static dev.superpose.checkpoint.SafetensorsBytes.file;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A valid file with bits flipped, bytes replaced, cut out, doubled or cut off: either it still
/// opens, and then every matrix in it can be read, or it is refused as bad input. Nothing else may
/// happen.
class SafetensorsMutationTest {
    private static final int CASES = 2000;

    @TempDir
    private Path folder;

    @Test
    void isReadOrRefused() throws IOException {
        long seed = Long.getLong("superpose.seed", System.nanoTime());
        var random = new SplittableRandom(seed);
        byte[] sound = file(
                "{\"__metadata__\":{\"format\":\"pt\"}," + entry("model.embed_tokens.weight", "F32", "[3,2]", 0, 24)
                        + "," + entry("lm_head.weight", "BF16", "[3,2]", 24, 36) + ","
                        + entry("b", "F64", "[1]", 36, 44) + "}",
                44);
        Path file = folder.resolve("mutant.safetensors");
        int opened = 0;
        for (int i = 0; i < CASES; i++) {
            byte[] mutant = Mutation.mutate(sound, "{}[]\":,0123456789-.e\\ \0", random);
            Files.write(file, mutant);
            opened += Mutation.isSound(
                            file, "seed %d (-Dsuperpose.seed), case %d: %s".formatted(seed, i, Arrays.toString(mutant)))
                    ? 1
                    : 0;
        }
        // Flips in the data, in names and in metadata leave a file sound; most others do not.
        assertThat(opened).as("seed %d", seed).isBetween(CASES / 20, CASES / 2);
    }
}
