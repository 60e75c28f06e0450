package dev.superpose.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.superpose.result.InputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;

/// Damages sound files at random, and tells whether a reader bears it.
final class Mutation {
    private Mutation() {}

    /// Whether the file opens and all its matrices can be read; false if it is refused,
    /// and nothing else may happen.
    static boolean isSound(Path file, String label) {
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

    /// A copy with bits flipped, bytes replaced by those of `alphabet`, cut out, doubled
    /// or cut off.
    static byte[] mutate(byte[] sound, String alphabet, SplittableRandom random) {
        byte[] bytes = sound.clone();
        for (int times = random.nextInt(1, 4); times > 0; times--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(6)) {
                case 0, 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> bytes[at] = (byte) alphabet.charAt(random.nextInt(alphabet.length()));
                case 3 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
                case 4 -> bytes = joined(bytes, at, Math.min(bytes.length, at + random.nextInt(1, 9)));
                default -> bytes = joined(bytes, at, Math.max(0, at - random.nextInt(1, 9)));
            }
        }
        return bytes;
    }

    /// The bytes before `to`, then those from `from` on: cuts out, or doubles, what is between.
    static byte[] joined(byte[] bytes, int to, int from) {
        byte[] joined = Arrays.copyOf(bytes, Math.max(1, to + bytes.length - from));
        System.arraycopy(
                bytes, from, joined, Math.min(to, joined.length), Math.min(bytes.length - from, joined.length - to));
        return joined;
    }
}
