package dev.superpose.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A valid file with bits flipped, bytes replaced, cut out, doubled or cut off: either it still
/// opens, and then every matrix in it can be read, or it is refused as bad input. Nothing else may
/// happen, and nothing large be allocated.
class GgufMutationTest {
    private static final int CASES = 2000;
    private static final long MOST_ALLOCATED = 1 << 20;

    @TempDir
    private Path folder;

    @Test
    void isReadOrRefused() throws IOException {
        long seed = Long.getLong("superpose.seed", System.nanoTime());
        var random = new SplittableRandom(seed);
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        byte[] sound = Files.readAllBytes(ArrayFixtures.CHECKPOINT.resolve("gguf/tied.gguf"));
        Path file = folder.resolve("mutant.gguf");
        Files.write(file, sound);
        assertThat(Mutation.isSound(file, "sound")).isTrue();
        int opened = 0;
        for (int i = 0; i < CASES; i++) {
            byte[] mutant = Mutation.mutate(sound, "\0\1\2\4\7\10\11\12\14\36 \u007f\u0080\u00ff", random);
            Files.write(file, mutant);
            String label = "seed %d (-Dsuperpose.seed), case %d: %s".formatted(seed, i, Arrays.toString(mutant));
            long before = threads.getCurrentThreadAllocatedBytes();
            opened += Mutation.isSound(file, label) ? 1 : 0;
            assertThat(threads.getCurrentThreadAllocatedBytes() - before)
                    .as(label)
                    .isLessThan(MOST_ALLOCATED);
        }
        // Flips in the data, in names and in texts leave a file sound; most others do not.
        assertThat(opened).as("seed %d", seed).isBetween(CASES / 50, CASES * 2 / 3);
    }
}
