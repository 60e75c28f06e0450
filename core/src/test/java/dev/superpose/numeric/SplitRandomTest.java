package dev.superpose.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SplitRandomTest {
    private static final long SEED = Long.getLong("superpose.seed", 20_260_104);

    /// The sequence published with xoshiro256++ for the state 1, 2, 3, 4.
    @Test
    void givesThePublishedSequence() {
        var random = new SplitRandom(new long[] {1, 2, 3, 4});
        assertThat(random.nextLong()).isEqualTo(41943041L);
        assertThat(random.nextLong()).isEqualTo(58720359L);
        assertThat(random.nextLong()).isEqualTo(3588806011781223L);
        assertThat(random.nextLong()).isEqualTo(3591011842654386L);
        assertThat(random.nextLong()).isEqualTo(Long.parseUnsignedLong("9228616714210784205"));
    }

    @Test
    void goesOnFromItsState() {
        var random = new SplitRandom(SEED);
        random.nextLong();
        var copy = new SplitRandom(random.state());
        for (int i = 0; i < 10; i++) {
            assertThat(copy.nextLong()).isEqualTo(random.nextLong());
        }
        assertThatIllegalArgumentException().isThrownBy(() -> new SplitRandom(new long[4]));
    }

    @Test
    void uniformAndNormalHaveTheirMoments() {
        var random = new SplitRandom(SEED);
        int count = 200_000;
        double uniform = 0;
        double normal = 0;
        double squares = 0;
        var thirds = new int[3];
        for (int i = 0; i < count; i++) {
            uniform += random.nextFloat();
            double gaussian = random.nextGaussian();
            normal += gaussian;
            squares += gaussian * gaussian;
            thirds[random.nextInt(3)]++;
        }
        double tolerance = 5 / Math.sqrt(count);
        assertThat(uniform / count).as("seed %d", SEED).isCloseTo(0.5, within(tolerance * Math.sqrt(1 / 12.0)));
        assertThat(normal / count).as("seed %d", SEED).isCloseTo(0, within(tolerance));
        assertThat(squares / count).as("seed %d", SEED).isCloseTo(1, within(tolerance * Math.sqrt(2)));
        for (int third : thirds) {
            assertThat(third / (double) count).as("seed %d", SEED).isCloseTo(1 / 3.0, within(tolerance / 2));
        }
    }

    @Test
    void namesSplitASeed() {
        var seed = new Seed(SEED);
        Set<Long> children = new HashSet<>();
        for (String name : new String[] {"", "a", "b", "ab", "ba", "aa", "W", "b/1", "b/2"}) {
            children.add(seed.child(name).value());
            assertThat(seed.child(name)).isEqualTo(new Seed(SEED).child(name));
        }
        children.add(seed.value());
        children.add(new Seed(SEED + 1).child("a").value());
        assertThat(children).hasSize(11);
    }
}
