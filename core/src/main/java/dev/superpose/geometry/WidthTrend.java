package dev.superpose.geometry;

import dev.superpose.stat.LineFit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/// How a measure of one family's matrices goes with their width: as a power, by the straight line
/// through the logarithms.
///
/// Every matrix counts the same. The measures are exact or nearly so, so what scatters about the
/// line is not an error of measuring that could be weighed, but how models of a family differ.
///
/// @param line of ln(measure) over ln(width)
/// @param widths how many different widths there are; two of them fit any line
public record WidthTrend(LineFit line, int widths) {

    /// The trend of `measure`; empty where there are less than two widths or a value has
    /// no logarithm.
    public static Optional<WidthTrend> of(List<GeometryReport> matrices, ToDoubleFunction<GeometryReport> measure) {
        return of(
                matrices.stream().mapToDouble(GeometryReport::width).toArray(),
                matrices.stream().mapToDouble(measure).toArray());
    }

    /// The trend of `values` over `widths`, both `(models)`; empty where there are less than two
    /// widths or a value has no logarithm.
    public static Optional<WidthTrend> of(double[] widths, double[] values) {
        double[] x = Arrays.stream(widths).map(Math::log).toArray();
        double[] y = Arrays.stream(values).map(Math::log).toArray();
        int different = (int) Arrays.stream(widths).distinct().count();
        boolean drawable = Arrays.stream(y).allMatch(Double::isFinite);
        return different < 2 || !drawable ? Optional.empty() : Optional.of(new WidthTrend(LineFit.of(x, y), different));
    }

    /// The power of the width.
    public double exponent() {
        return line.slope();
    }

    /// The standard error of the power; NaN for two widths, which fit any line.
    public double standardError() {
        return widths < 3 ? Double.NaN : line.slopeStandardError();
    }

    /// The share of the variance of the logarithms that the line explains.
    public double rSquared() {
        return line.rSquared();
    }

    /// How many models the line is through.
    public int models() {
        return line.points();
    }

    /// The value on the line at `width`.
    public double at(double width) {
        return Math.exp(line.at(Math.log(width)));
    }
}
