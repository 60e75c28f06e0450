package dev.superpose.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.superpose.report.Layer.Interval;
import dev.superpose.report.Layer.Point;
import dev.superpose.report.Legend.Corner;
import dev.superpose.report.Legend.Sample;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

class FigureTest {
    @Test
    void logarithmicTicksAreNumbersThatPeopleWrite() {
        assertThat(Axis.logBetween("m", 9, 110).ticks()).containsExactly(10.0, 20.0, 50.0, 100.0);
        assertThat(Axis.logBetween("L", 0.04, 1.1).ticks()).containsExactly(0.05, 0.1, 0.2, 0.5, 1.0);
        assertThat(Axis.logBetween("L", 0.9e-6, 2).ticks()).containsExactly(1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1.0);
        assertThat(Axis.logBetween("L", 0.21, 0.49).ticks()).containsExactly(0.3, 0.4);
        assertThat(Axis.logBetween("L", 1e-30, 1).ticks()).hasSizeBetween(3, 9);
    }

    @Test
    void whatCannotBeDrawnIsRefused() {
        Axis log = Axis.logBetween("m", 1, 10);
        for (double bad : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatIllegalArgumentException().isThrownBy(() -> log.check(bad));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> Axis.logBetween("m", 0, 10));
        assertThatIllegalArgumentException().isThrownBy(() -> Axis.linear("m", 3, 3));
        assertThatIllegalArgumentException().isThrownBy(() -> new Layer.Picture("https://example.org/a.png"));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new Figure("../x", "", "", JsonNodeFactory.instance.objectNode(), Samples.table(), ""))
                .withMessageContaining("../x");
    }

    @Test
    void anErrorBelowZeroEndsAtTheFootOfALogarithmicAxis() {
        var plot = new Plot(
                "",
                Axis.logBetween("m", 1, 10),
                Axis.logBetween("L", 0.1, 10),
                List.of(new Layer.ErrorBars(Ink.BLUE, 1.5, List.of(new Interval(2, -3, 5)))),
                Legend.none(),
                100,
                100);
        assertThat(Plot.document(List.of(plot)).at("/layer/0/data/values/0/low").asDouble())
                .isEqualTo(0.1);
    }

    @Test
    void aKeyGoesWhereItHidesNoMark() {
        Axis axis = Axis.linear("x", 0, 1);
        var key = new Legend(Corner.TOP_LEFT, List.of(new Legend.Entry("what", Style.of(Ink.BLUE), Sample.POINT)));
        Function<List<Point>, Plot> plot = points -> new Plot(
                "", axis, axis, List.of(new Layer.Points(Style.of(Ink.BLUE), 10, false, points)), key, 200, 200);
        var topLeft = new Point(0.1, 0.95, "");
        var bottomRight = new Point(0.9, 0.05, "");
        var bottomLeft = new Point(0.1, 0.05, "");
        var topRight = new Point(0.9, 0.95, "");
        assertThat(key.clearOf(plot.apply(List.of(bottomRight)), false).corner())
                .isEqualTo(Corner.TOP_LEFT);
        assertThat(key.clearOf(plot.apply(List.of(topLeft)), false).corner()).isEqualTo(Corner.BOTTOM_RIGHT);
        assertThat(key.clearOf(plot.apply(List.of(topLeft, bottomRight)), false).corner())
                .isEqualTo(Corner.TOP_RIGHT);
        var everywhere = plot.apply(List.of(topLeft, topRight, bottomLeft, bottomRight));
        assertThat(key.clearOf(everywhere, false).corner()).isEqualTo(Corner.TOP_LEFT);
        assertThat(key.clearOf(everywhere, true).corner()).isEqualTo(Corner.OUTSIDE);
    }

    @Test
    void emptyDataStillMakeAnAxis() {
        assertThat(Axis.log("m", List.of()).ticks()).isNotEmpty();
        assertThat(Axis.log("m", List.of(5.0)).from()).isLessThan(5);
        assertThat(new Layer.Points(Style.of(Ink.BLUE), 10, false, List.of(new Point(1, 1, ""))).points())
                .hasSize(1);
    }

    @Test
    void numbersAreShort() {
        assertThat(Html.number(0.7012345)).isEqualTo("0.7012");
        assertThat(Html.number(-0.05)).isEqualTo("−0.05");
        assertThat(Html.number(1234)).isEqualTo("1234");
        assertThat(Html.number(123456.7)).isEqualTo("123457");
        assertThat(Html.number(1.234e-7)).isEqualTo("1.234·10<sup>−7</sup>");
        assertThat(Html.number(3e12)).isEqualTo("3·10<sup>12</sup>");
        assertThat(Html.number(0)).isEqualTo("0");
        assertThat(Html.number(Double.NaN)).isEqualTo("–");
        assertThat(Words.range(8, 3456.7)).isEqualTo("8–3460");
        assertThat(Words.range(-1234, 0.5)).isEqualTo("-1230–0.5");
        assertThat(Words.range(1e-5, 2e9)).isEqualTo("1.00e-05–2.00e+09");
    }
}
