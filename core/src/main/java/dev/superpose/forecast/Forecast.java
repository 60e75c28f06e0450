package dev.superpose.forecast;

import dev.superpose.runs.Sizes;
import dev.superpose.stat.Interval;
import java.util.List;

/// A loss foretold.
///
/// @param at the sizes
/// @param loss on the fitted curve
/// @param curve where the curve may lie if the law holds: the noise of the runs that were fitted
/// @param interval where the loss of one new run may lie, as the back-test would have had it
/// @param scale the standard deviation of ln loss of one new run, before it is widened to the level
/// @param distance decades of effort beyond the largest run; 0 within the data
/// @param beyondBackTest whether that is farther than any run that was predicted in the back-test
/// @param notes what a reader should know of this forecast, as sentences; empty within what was
/// back-tested
public record Forecast(
        Sizes at,
        double loss,
        Interval curve,
        Interval interval,
        double scale,
        double distance,
        boolean beyondBackTest,
        List<String> notes) {
    /// What is said of a forecast farther out than any back-test.
    public static final String BEYOND = "extrapolated beyond what was back-tested";

    public Forecast {
        notes = List.copyOf(notes);
    }
}
