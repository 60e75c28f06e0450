package dev.superpose.scaling;

import java.util.Arrays;

/// In which unit the rise of an objective is a square of Student's t, so that profiles of all
/// objectives read alike.
///
/// Least squares: the rise over the residual variance is F with 1 and n - p degrees of freedom
/// (Bates and Watts 1988, Nonlinear Regression Analysis, ch. 6). Likelihood: twice the rise is χ².
/// Huber's sum is no likelihood, since its delta is no scale: twice the rise times mean ψ' over
/// mean ψ² is χ² for many runs (Schrader and Hettmansperger 1980, Biometrika 67), and mean ψ', that
/// is 2 delta times the density of the residuals at 0, is taken from those in a window that shrinks
/// with n, since delta holds only a few.
///
/// @param unit what the rise is divided by; NaN without a degree of freedom
/// @param method in words
record ProfileScale(double unit, String method) {

    static ProfileScale of(Fit.Fitted fitted) {
        int freedom = fitted.degreesOfFreedom();
        return switch (fitted.objective()) {
            case Objective.LogLeastSquares _, Objective.LeastSquares _ ->
                new ProfileScale(
                        freedom > 0 ? fitted.value() / freedom : Double.NaN,
                        "profile of least squares, F with 1 and %d degrees of freedom".formatted(freedom));
            case Objective.HuberDensity _ -> new ProfileScale(0.5, "profile likelihood");
            case Objective.HuberLog(double delta) ->
                new ProfileScale(
                        freedom > 0 ? huber(fitted, delta) : Double.NaN,
                        "profile of Huber's function, scaled by its residuals");
        };
    }

    private static double huber(Fit.Fitted fitted, double delta) {
        var runs = fitted.runs();
        int n = runs.count();
        double[] sizes = new double[n];
        double squares = 0;
        double weights = 0;
        for (int i = 0; i < n; i++) {
            double residual = fitted.residual(i);
            sizes[i] = Math.abs(residual);
            double pull = runs.weight(i) * Math.clamp(residual, -delta, delta);
            squares += pull * pull;
            weights += runs.weight(i);
        }
        double[] sorted = sizes.clone();
        Arrays.sort(sorted);
        // Silverman's width for a normal density, from the median deviation.
        double window = Math.max(delta, 1.4826 * sorted[n / 2] * Math.pow(n, -0.2));
        int free = n - fitted.degreesOfFreedom();
        long within = Arrays.stream(sizes).filter(size -> size <= window).count();
        // A law passes close by as many runs as it has parameters, whatever the density.
        double density = Math.max(1, within - free) / (double) fitted.degreesOfFreedom() / window;
        double slope = Math.min(1, density * delta) * weights / n;
        return squares / fitted.degreesOfFreedom() / slope / 2;
    }
}
