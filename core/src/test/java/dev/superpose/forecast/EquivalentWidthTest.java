package dev.superpose.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.superpose.forecast.EquivalentWidth.Point;
import dev.superpose.forecast.EquivalentWidth.Relation;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EquivalentWidthTest {
    private static final double[] WIDTHS = {8, 16, 32, 64, 128, 256, 512, 1024};

    /// Losses of Liu, Liu and Gore's large toy models with linear frequencies, read off their Fig.
    /// 1.
    private static final List<Point> STRONG = points(1.3324, 1.2423, 0.9560, 0.6703, 0.3345, 0.1662, 0.0752, 0.0554);

    private static final List<Point> WEAK = points(1.3420, 1.3350, 1.3044, 1.2466, 1.2218, 1.1249, 1.0271, 0.8799);

    private static List<Point> points(double... losses) {
        return IntStream.range(0, losses.length)
                .mapToObj(k -> new Point(WIDTHS[k], losses[k]))
                .toList();
    }

    /// Oracle: scipy 1.17, brentq on PchipInterpolator(log m, log L).
    @ParameterizedTest
    @CsvSource({
        "1.3, 11.655338903567849",
        "0.8799, 38.664655767077754",
        "0.5, 88.34940759022571",
        "0.06, 765.8338107893065",
    })
    void agreesWithScipysPchip(double loss, double width) {
        var equivalent = EquivalentWidth.of(STRONG, new Point(1024, loss), 0.95);

        assertThat(equivalent.relation()).isEqualTo(Relation.EQUAL);
        assertThat(equivalent.equivalent()).isCloseTo(width, withinPercentage(1e-8));
        assertThat(equivalent.ratio()).isCloseTo(width / 1024, withinPercentage(1e-8));
        assertThat(equivalent.interval().low()).isNaN();
        assertThat(equivalent.notes()).isEmpty();
    }

    @Test
    void isExactOnAPowerLawAndAtTheMeasuredWidths() {
        var law = IntStream.range(0, 6)
                .mapToObj(k -> new Point(Math.pow(2, k), 5 * Math.pow(2, -0.9 * k)))
                .toList();

        assertThat(EquivalentWidth.of(law, new Point(4, 5 * Math.pow(5.2, -0.9)), 0.95)
                        .ratio())
                .isCloseTo(1.3, within(1e-9));
        for (var point : STRONG) {
            assertThat(EquivalentWidth.of(STRONG, point, 0.95).ratio()).isCloseTo(1, within(1e-9));
        }
    }

    @Test
    void neverLeavesTheMeasuredRange() {
        var better = EquivalentWidth.of(WEAK, new Point(64, 0.6703), 0.95);
        var worse = EquivalentWidth.of(STRONG, new Point(8, 1.3420), 0.95);

        assertThat(better.relation()).isEqualTo(Relation.AT_LEAST);
        assertThat(better.equivalent()).isCloseTo(1024, within(1e-9));
        assertThat(better.ratio()).isCloseTo(16, within(1e-9));
        assertThat(better.notes()).singleElement().asString().contains("at least 1024");
        assertThat(worse.relation()).isEqualTo(Relation.AT_MOST);
        assertThat(worse.equivalent()).isCloseTo(8, within(1e-9));
    }

    @Test
    void averagesWidthsThatAreOutOfOrderAndTells() {
        // The strong power-law series of the same figure, where m = 256 and 512 are inverted.
        var strong = points(0.5468, 0.4140, 0.3115, 0.1574, 0.0882, 0.0290, 0.0307, 0.0088);

        var equivalent = EquivalentWidth.of(strong, new Point(100, Math.sqrt(0.0290 * 0.0307)), 0.95);

        assertThat(equivalent.equivalent()).isCloseTo(256 * Math.sqrt(2), within(1e-6));
        assertThat(equivalent.notes()).singleElement().asString().contains("isotonic regression");
    }

    @Test
    void carriesErrorsToTheWidth() {
        var law = IntStream.range(0, 6)
                .mapToObj(k -> new Point(Math.pow(2, k), 5 * Math.pow(2, -k), 0))
                .toList();

        var interval = EquivalentWidth.of(law, new Point(4, 1, 0.1), 0.95).interval();

        // On 5/m an error of 0.1 in ln value is one of 0.1 in ln m.
        assertThat(interval.low()).isCloseTo(5 * Math.exp(-0.196), withinPercentage(0.01));
        assertThat(interval.high()).isCloseTo(5 * Math.exp(0.196), withinPercentage(0.01));
        var wide = EquivalentWidth.of(law, new Point(4, 1, 3), 0.95).interval();
        assertThat(wide.low()).isCloseTo(1, within(1e-9));
        assertThat(wide.high()).isCloseTo(32, within(1e-9));
    }

    @Test
    void refusesASeriesThatSaysNothing() {
        assertThatThrownBy(() -> EquivalentWidth.of(STRONG.subList(0, 2), STRONG.getFirst(), 0.95))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 3 different widths");
        assertThatThrownBy(() -> EquivalentWidth.of(points(1, 2, 3, 4), STRONG.getFirst(), 0.95))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("do not fall");
    }
}
