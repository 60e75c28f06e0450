package dev.superpose.bench;

import java.util.List;

/// Whether two programs reach the same loss, as far as their seeds scatter.
///
/// Losses of one setting differ between seeds, so single runs cannot be held against each other digit by digit. The
/// means may differ by four standard errors, the scatter being taken from our seeds, or by 2 % where that is more
/// (four standard errors from few seeds are themselves uncertain).
///
/// @param ours mean test loss of our seeds
/// @param theirs mean test loss of theirs
/// @param tolerance the largest difference that passes
record Agreement(double ours, double theirs, double tolerance) {
    private static final double STANDARD_ERRORS = 4;
    private static final double AT_LEAST = 0.02;

    static Agreement of(List<Double> ours, List<Double> theirs) {
        double mean = mean(ours);
        double squares = ours.stream().mapToDouble(x -> (x - mean) * (x - mean)).sum();
        double error = Math.sqrt(squares / (ours.size() - 1) * (1.0 / ours.size() + 1.0 / theirs.size()));
        return new Agreement(mean, mean(theirs), Math.max(STANDARD_ERRORS * error, AT_LEAST * mean));
    }

    boolean holds() {
        return Math.abs(ours - theirs) <= tolerance;
    }

    @Override
    public String toString() {
        return "ours %.4g, PyTorch's %.4g, they may differ by %.2g".formatted(ours, theirs, tolerance);
    }

    private static double mean(List<Double> numbers) {
        return numbers.stream().mapToDouble(x -> x).average().orElse(Double.NaN);
    }
}
