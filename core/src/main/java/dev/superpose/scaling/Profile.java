package dev.superpose.scaling;

import dev.superpose.stat.Interval;
import java.util.List;

/// What the runs say about one parameter when all others are fitted anew at each of its values: an
/// interval that need not be symmetric, and the curve behind it.
///
/// @param parameter its name
/// @param estimate its value in the fit
/// @param interval where the runs speak against no value; an open end is at the edge of what is
/// possible (0 for coefficients, infinity), a NaN one was not found
/// @param openBelow whether the runs speak against no smaller value
/// @param openAbove whether the runs speak against no larger value
/// @param curve in order of the values
/// @param method how it was calibrated, in words
public record Profile(
        String parameter,
        double estimate,
        Interval interval,
        boolean openBelow,
        boolean openAbove,
        List<Point> curve,
        String method) {

    public Profile {
        curve = List.copyOf(curve);
    }

    /// One value of the parameter.
    ///
    /// @param value of the parameter
    /// @param root the square root of the rise of the objective in its own unit, with the sign of
    /// the deviation from the estimate: a straight line of slope 1 / standard error where the law
    /// is linear; the interval ends where it is Student's t
    public record Point(double value, double root) {}

    /// The profile of the parameter called `name`.
    ///
    /// @param level of the interval, in (0, 1)
    /// @throws IllegalArgumentException if there is no such parameter, or it is held
    public static Profile of(Fit.Fitted fitted, String name, double level) {
        return new ProfileSearch(fitted, name, level).profile();
    }
}
