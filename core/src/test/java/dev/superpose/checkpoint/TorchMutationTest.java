package dev.superpose.checkpoint;

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
class TorchMutationTest {
    private static final int CASES = 3000;

    @TempDir
    private Path folder;

    @Test
    void isReadOrRefused() throws IOException {
        long seed = Long.getLong("superpose.seed", System.nanoTime());
        var random = new SplittableRandom(seed);
        long[] shape = {3, 2};
        String tied = TorchBytes.tensor("0", 6, 0, shape, new long[] {2, 1});
        byte[] program = TorchBytes.pickle("}" + TorchBytes.text("model") + "ccollections\nOrderedDict\n)R("
                + TorchBytes.text("model.embed_tokens.weight") + tied + "q\1" + TorchBytes.text("lm_head.weight")
                + TorchBytes.tensor("0", 6, 0, shape, new long[] {1, 3}) + "us" + TorchBytes.text("step") + "h\1s.");
        byte[] sound = TorchBytes.file(program, 6);
        Path file = folder.resolve("mutant.pt");
        int opened = 0;
        for (int i = 0; i < CASES; i++) {
            byte[] mutant = mutate(sound, program.length, random);
            Files.write(file, mutant);
            String label = "seed %d (-Dsuperpose.seed), case %d: %s".formatted(seed, i, Arrays.toString(mutant));
            opened += Mutation.isSound(file, label) ? 1 : 0;
        }
        // Flips in the data, in names and in times leave a file sound; most others do not.
        assertThat(opened).as("seed %d", seed).isBetween(CASES / 50, CASES / 2);
    }

    /// Half of the changes go into the program, without changing its length: the others mostly
    /// break the archive first.
    private static byte[] mutate(byte[] sound, int program, SplittableRandom random) {
        byte[] bytes = sound.clone();
        boolean inProgram = random.nextBoolean();
        for (int times = random.nextInt(1, 4); times > 0; times--) {
            int at = inProgram ? 40 + random.nextInt(program) : random.nextInt(bytes.length);
            switch (random.nextInt(inProgram ? 4 : 6)) {
                case 0, 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 2 ->
                    bytes[at] =
                            (byte) "().01]}tqhrjRQsuabcXNKMJ\0\1\u0085\u0086\u0093\u0094".charAt(random.nextInt(30));
                case 3 -> bytes[at] = (byte) random.nextInt(256);
                case 4 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
                default -> bytes = Mutation.joined(bytes, at, Math.max(0, at - random.nextInt(1, 9)));
            }
        }
        return bytes;
    }
}
