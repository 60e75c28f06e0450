package dev.superpose.scaling;

import java.util.List;

/// What was checked of a fit, so that one need not believe it.
///
/// @param converged whether the point is a minimum to within rounding
/// @param gradientNorm the largest cosine between the residuals and a column of the Jacobian, over the parameters not
/// held at a bound: 0 at a minimum, at most 1
/// @param starts from how many points the search was started; 1 where the solution is in closed form
/// @param agreeing how many of them ended at the same sum of squares, to one part in a million
/// @param condition the condition number of the Jacobian in centred coordinates, columns scaled to length 1: 1 for
/// independent parameters; above a thousand, standard errors are rough
/// @param atBound the parameters that the data push against the edge of their range
/// @param unidentified the parameters that the data fix hardly or not at all, alone or in combination
public record Certificate(
        boolean converged,
        double gradientNorm,
        int starts,
        int agreeing,
        double condition,
        List<String> atBound,
        List<String> unidentified) {

    /// Where every parameter is fixed.
    Certificate(
            boolean converged, double gradientNorm, int starts, int agreeing, double condition, List<String> atBound) {
        this(converged, gradientNorm, starts, agreeing, condition, atBound, List.of());
    }

    public Certificate {
        atBound = List.copyOf(atBound);
        unidentified = List.copyOf(unidentified);
        if (agreeing < 0 || agreeing > starts) {
            throw new IllegalArgumentException("%d of %d starts cannot agree".formatted(agreeing, starts));
        }
    }
}
