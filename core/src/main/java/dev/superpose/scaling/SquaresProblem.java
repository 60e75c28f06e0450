package dev.superpose.scaling;

import dev.superpose.stat.LeastSquares;
import java.util.Arrays;

/// A fit by least squares as [LeastSquares] takes it, whose Gauss-Newton steps are held against NIST's
/// certified values: they end what the search from many starts has begun.
///
/// @param form with its runs filled in
/// @param logarithmic whether deviations are of ln loss, or of the loss
/// @param logLosses `(runs)`
/// @param weights `(runs)`, positive
@SuppressWarnings("ArrayRecordComponent") // local, never compared
record SquaresProblem(BoundForm form, boolean logarithmic, double[] logLosses, double[] weights)
        implements LeastSquares.Model {

    @Override
    public int points() {
        return form.runs();
    }

    @Override
    public int parameters() {
        return form.free();
    }

    @Override
    public void evaluate(double[] at, double[] residuals, double[][] jacobian) {
        double[][] columns = new double[form.free()][form.runs()];
        double[] predicted = new double[form.runs()];
        double[] all = new double[form.runs()];
        Arrays.fill(all, 1);
        form.evaluate(at, all, predicted, columns);
        for (int i = 0; i < predicted.length; i++) {
            double loss = Math.exp(predicted[i]);
            double root = Math.sqrt(weights[i]);
            residuals[i] = root * (logarithmic ? predicted[i] - logLosses[i] : loss - Math.exp(logLosses[i]));
            for (int j = 0; j < columns.length; j++) {
                jacobian[i][j] = root * (logarithmic ? 1 : loss) * columns[j][i];
            }
        }
    }

    /// The minimum near `start`, `(free)`; `start` itself if the search breaks off.
    double[] minimum(double[] start) {
        if (!(LeastSquares.minimise(this, start) instanceof LeastSquares.Minimum end)) {
            return start;
        }
        double[] at = new double[start.length];
        for (int j = 0; j < at.length; j++) {
            at[j] = end.parameter(j);
        }
        return at;
    }
}
