package dev.superpose.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.superpose.geometry.Neighbours.Neighbour;
import dev.superpose.numeric.FloatMatrix;
import dev.superpose.numeric.RowBlocks;
import dev.superpose.result.InputException;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Neighbours of rows whose angles are known, and against a plain sort.
class NeighboursTest {
    @Test
    void tellsNearFromLoud() throws IOException {
        // Row 0 points along x. Row 1 is near and short, row 2 farther and long, row 3 opposed and very long, row 4
        // upright, row 5 zero, row 6 broken, row 7 padding that would win everything.
        FloatMatrix w =
                new FloatMatrix(8, 2, new float[] {2, 0, 0.3f, 0.04f, 3, 4, -12, 5, 0, 9, 0, 0, Float.NaN, 1, 1000, 0});
        Neighbours found = Neighbours.of(RowBlocks.of(w), 0, 3, row -> row >= 7);
        assertThat(found.norm()).isEqualTo(2);
        assertThat(found.nearest()).extracting(Neighbour::row).containsExactly(1L, 2L, 4L);
        assertThat(found.nearest().get(1).cosine()).isCloseTo(0.6, within(1e-12));
        assertThat(found.interferers()).extracting(Neighbour::row).containsExactly(3L, 2L, 1L);
        assertThat(found.interferers().get(0).interference()).isCloseTo(-12, within(1e-12));
        assertThat(found.interferers().get(0).cosine()).isCloseTo(-12 / 13.0, within(1e-12));
    }

    @Test
    void agreesWithAPlainSort() throws IOException {
        FloatMatrix w = PackingTest.gaussian(500, 9);
        Neighbours found = Neighbours.of(RowBlocks.of(w), 123, 20, _ -> false);
        List<Long> expected = IntStream.range(0, 500)
                .filter(i -> i != 123)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -dot(w, i, 123) / Math.sqrt(w.squaredNorm(i))))
                .limit(20)
                .map(Integer::longValue)
                .toList();
        assertThat(found.nearest()).extracting(Neighbour::row).isEqualTo(expected);
        assertThat(Neighbours.of(RowBlocks.of(w), 123, 1000, _ -> false).nearest())
                .hasSize(499);
    }

    private static double dot(FloatMatrix w, int i, int k) {
        double sum = 0;
        for (int j = 0; j < w.columns(); j++) {
            sum += (double) w.at(i, j) * w.at(k, j);
        }
        return sum;
    }

    @Test
    void refusesARowWithoutADirection() {
        RowBlocks zero = RowBlocks.of(FloatMatrix.zeros(3, 2));
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> Neighbours.of(zero, 1, 5, _ -> false))
                .withMessage("row 1 is zero: it has no direction");
        assertThatIllegalArgumentException().isThrownBy(() -> Neighbours.of(zero, 3, 5, _ -> false));
    }
}
