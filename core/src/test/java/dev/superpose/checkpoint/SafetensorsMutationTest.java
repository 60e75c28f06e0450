package dev.superpose.checkpoint;

import static dev.superpose.checkpoint.SafetensorsBytes.entry;
import static dev.superpose.checkpoint.SafetensorsBytes.file;
import static org.assertj.core.api.Assertions.assertThat;

import dev.superpose.result.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A valid file with bits flipped, bytes replaced, cut out, doubled or cut off: either it still opens, and then every
/// matrix in it can be read, or it is refused as bad input. Nothing else may happen.
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
            byte[] mutant = mutate(sound, random);
            Files.write(file, mutant);
            opened +=
                    isSound(file, "seed %d (-Dsuperpose.seed), case %d: %s".formatted(seed, i, Arrays.toString(mutant)))
                            ? 1
                            : 0;
        }
        // Flips in the data, in names and in metadata leave a file sound; most others do not.
        assertThat(opened).as("seed %d", seed).isBetween(CASES / 20, CASES / 2);
    }

    private static boolean isSound(Path file, String label) {
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            for (PackedMatrix matrix : checkpoint.matrices()) {
                int rows = Math.toIntExact(matrix.rows().rows());
                matrix.rows().read(0, rows, new float[rows * matrix.rows().width()]);
            }
            return true;
        } catch (InputException e) {
            assertThat(e.getMessage()).as(label).startsWith(file.toString()).doesNotContainPattern("\\p{Cntrl}");
            return false;
        } catch (IOException | RuntimeException | Error e) {
            throw new AssertionError(label, e);
        }
    }

    private static byte[] mutate(byte[] sound, SplittableRandom random) {
        byte[] bytes = sound.clone();
        for (int times = random.nextInt(1, 4); times > 0; times--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(6)) {
                case 0, 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> bytes[at] = (byte) "{}[]\":,0123456789-.e\\ \0".charAt(random.nextInt(23));
                case 3 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
                case 4 -> bytes = joined(bytes, at, Math.min(bytes.length, at + random.nextInt(1, 9)));
                default -> bytes = joined(bytes, at, Math.max(0, at - random.nextInt(1, 9)));
            }
        }
        return bytes;
    }

    /// The bytes before `to`, then those from `from` on: cuts out, or doubles, what is between.
    private static byte[] joined(byte[] bytes, int to, int from) {
        byte[] joined = Arrays.copyOf(bytes, Math.max(1, to + bytes.length - from));
        System.arraycopy(
                bytes, from, joined, Math.min(to, joined.length), Math.min(bytes.length - from, joined.length - to));
        return joined;
    }
}
