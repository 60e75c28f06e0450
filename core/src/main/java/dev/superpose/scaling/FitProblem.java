package dev.superpose.scaling;

import dev.superpose.stat.Minimiser;
import java.util.Arrays;

/// An objective over runs as a function of the free coordinates of a form, and of ln scale last where the
/// objective has one. Holds scratch arrays: one problem belongs to one thread.
final class FitProblem implements Minimiser.Function {
    private final BoundForm form;
    private final Objective objective;
    private final double[] logLosses;
    private final double[] weights;
    private final double[] predicted;
    private final double[][] jacobian;
    private final double[] slope;
    private final double[] inside;
    private final double[] touching;
    private final double[] scaled;

    /// @param logLosses `(runs)`
    /// @param weights `(runs)`, not negative; a run of weight 0 does not count
    FitProblem(BoundForm form, Objective objective, double[] logLosses, double[] weights) {
        this.form = form;
        this.objective = objective;
        this.logLosses = logLosses;
        this.weights = weights;
        predicted = new double[form.runs()];
        jacobian = new double[form.free()][form.runs()];
        slope = new double[form.runs()];
        inside = new double[form.runs()];
        touching = new double[form.runs()];
        scaled = new double[form.runs()];
    }

    @Override
    public int parameters() {
        return form.free() + (objective instanceof Objective.HuberDensity ? 1 : 0);
    }

    @Override
    public double value(double[] at, double[] gradient) {
        form.evaluate(at, weights, predicted, jacobian);
        double value = switch (objective) {
            case Objective.HuberLog(double delta) -> huber(delta);
            case Objective.LogLeastSquares _ -> logSquares();
            case Objective.LeastSquares _ -> squares();
            case Objective.HuberDensity density -> density(density, at, gradient);
        };
        for (int j = 0; j < jacobian.length; j++) {
            // Slopes of runs that do not count stay 0.
            gradient[j] = NormalKernels.dot(slope, jacobian[j]);
        }
        return value;
    }

    private double huber(double delta) {
        double value = 0;
        for (int i = 0; i < predicted.length; i++) {
            if (weights[i] != 0) {
                double residual = predicted[i] - logLosses[i];
                double size = Math.abs(residual);
                value += weights[i] * (size <= delta ? residual * residual / 2 : delta * (size - delta / 2));
                slope[i] = weights[i] * Math.clamp(residual, -delta, delta);
            }
        }
        return value;
    }

    private double logSquares() {
        double value = 0;
        for (int i = 0; i < predicted.length; i++) {
            if (weights[i] != 0) {
                double residual = predicted[i] - logLosses[i];
                value += weights[i] * residual * residual;
                slope[i] = 2 * weights[i] * residual;
            }
        }
        return value;
    }

    private double squares() {
        double value = 0;
        for (int i = 0; i < predicted.length; i++) {
            if (weights[i] != 0) {
                double loss = Math.exp(predicted[i]);
                double residual = loss - Math.exp(logLosses[i]);
                value += weights[i] * residual * residual;
                slope[i] = 2 * weights[i] * residual * loss;
            }
        }
        return value;
    }

    private double density(Objective.HuberDensity density, double[] at, double[] gradient) {
        double delta = density.delta();
        double logScale = at[at.length - 1];
        double scale = Math.exp(logScale);
        double constant = logScale + density.logNorm();
        double value = 0;
        double byScale = 0;
        for (int i = 0; i < predicted.length; i++) {
            if (weights[i] != 0) {
                double unit = (predicted[i] - logLosses[i]) / scale;
                double size = Math.abs(unit);
                double pull = Math.clamp(unit, -delta, delta);
                value += weights[i] * (constant + (size <= delta ? unit * unit / 2 : delta * (size - delta / 2)));
                slope[i] = weights[i] * pull / scale;
                byScale += weights[i] * (1 - pull * unit);
            }
        }
        gradient[gradient.length - 1] = byScale;
        return value;
    }

    /// Jᵀ W J with the weights of iteratively reweighted least squares, which majorises
    /// Huber's function.
    @Override
    public double[][] metric(double[] at) {
        double[] gradient = new double[parameters()];
        value(at, gradient);
        double[][] metric = new double[gradient.length][gradient.length];
        for (int i = 0; i < predicted.length; i++) {
            double factor = weights[i] == 0 ? 0 : curvature(i, at);
            for (int j = 0; j < jacobian.length && factor != 0; j++) {
                double column = factor * jacobian[j][i];
                for (int k = 0; k <= j; k++) {
                    metric[j][k] += column * jacobian[k][i];
                }
            }
        }
        for (int j = 0; j < jacobian.length; j++) {
            for (int k = 0; k < j; k++) {
                metric[k][j] = metric[j][k];
            }
        }
        if (gradient.length > jacobian.length) {
            for (double weight : weights) {
                metric[gradient.length - 1][gradient.length - 1] += weight;
            }
        }
        return metric;
    }

    /// Second derivatives without those of the law itself, and the matrix of [#metric(double[])] or, for least
    /// squares, its diagonal. The density's kinks are so narrow that second derivatives between them say
    /// nothing.
    @Override
    public boolean curvature(double[] at, double[][] local, double[][] safe) {
        if (objective instanceof Objective.HuberDensity) {
            return false;
        }
        boolean huber = objective instanceof Objective.HuberLog;
        for (int i = 0; i < predicted.length; i++) {
            touching[i] = weights[i] == 0 ? 0 : curvature(i, at);
            inside[i] = !huber || touching[i] == weights[i] ? touching[i] : 0;
        }
        NormalKernels.normal(jacobian, inside, scaled, local);
        if (huber) {
            NormalKernels.normal(jacobian, touching, scaled, safe);
        }
        for (int j = 0; j < safe.length; j++) {
            if (!huber) {
                Arrays.fill(safe[j], 0);
                safe[j][j] = local[j][j];
            }
            safe[j][j] += 1e-12;
        }
        return true;
    }

    /// Steps up of a coefficient's logarithm are taken as those of the coefficient, in which the law is linear:
    /// this halves the number of steps.
    @Override
    public double reach(int j, double step) {
        return step > 0 && form.isLogarithm(j) ? Math.log1p(step) : step;
    }

    /// The slope of run `i` over its residual, as the curvature of a parabola that touches the objective there.
    private double curvature(int i, double[] at) {
        double residual = predicted[i] - logLosses[i];
        double floor =
                objective instanceof Objective.HuberDensity(double delta) ? delta * Math.exp(at[at.length - 1]) : 0;
        return switch (objective) {
            case Objective.LogLeastSquares _ -> 2 * weights[i];
            case Objective.LeastSquares _ -> 2 * weights[i] * Math.exp(2 * predicted[i]);
            case Objective.HuberLog(double delta) -> weights[i] * Math.min(1, delta / Math.abs(residual));
            case Objective.HuberDensity _ ->
                weights[i] * floor / Math.max(Math.abs(residual), floor) / Math.exp(2 * at[at.length - 1]);
        };
    }

    /// A starting point: the form's own, and the scale that suits its residuals.
    double[] start(double[] ofForm) {
        if (!(objective instanceof Objective.HuberDensity(double delta))) {
            return ofForm;
        }
        form.evaluate(ofForm, weights, predicted, jacobian);
        double sum = 0;
        double total = 0;
        for (int i = 0; i < predicted.length; i++) {
            if (weights[i] != 0) {
                sum += weights[i] * Math.abs(predicted[i] - logLosses[i]);
                total += weights[i];
            }
        }
        double[] start = Arrays.copyOf(ofForm, ofForm.length + 1);
        // Far from 0 the density is Laplace's, of mean deviation s / delta.
        start[ofForm.length] = Math.log(Math.max(delta * sum / total, 1e-12));
        return start;
    }

    /// How far `at` is from stationary: the largest, over the parameters, of |Σ_i g_i| / Σ_i |g_i|, g_i what
    /// run i adds to the gradient. 0 at a minimum, at most 1, whatever the units.
    double stationarity(double[] at) {
        double[] gradient = new double[parameters()];
        value(at, gradient);
        double largest = 0;
        for (int j = 0; j < jacobian.length; j++) {
            double magnitude = 0;
            for (int i = 0; i < slope.length; i++) {
                magnitude += weights[i] == 0 ? 0 : Math.abs(slope[i] * jacobian[j][i]);
            }
            if (magnitude > 0) {
                largest = Math.max(largest, Math.abs(gradient[j]) / magnitude);
            }
        }
        return largest;
    }

    /// Jᵀ W J of the residuals at `at`, `(free, free)`: of ln loss, or of the loss where
    /// the objective is in nats.
    double[][] normal(double[] at) {
        form.evaluate(at, weights, predicted, jacobian);
        int free = form.free();
        double[][] normal = new double[free][free];
        for (int i = 0; i < predicted.length; i++) {
            if (weights[i] == 0) {
                continue;
            }
            double factor = weights[i] * (objective instanceof Objective.LeastSquares ? Math.exp(2 * predicted[i]) : 1);
            for (int j = 0; j < free; j++) {
                for (int k = 0; k <= j; k++) {
                    normal[j][k] += factor * jacobian[j][i] * jacobian[k][i];
                }
            }
        }
        for (int j = 0; j < free; j++) {
            for (int k = 0; k < j; k++) {
                normal[k][j] = normal[j][k];
            }
        }
        return normal;
    }

    /// The derivatives of the residuals at `at`, `(free, runs)`: of ln loss, or of the loss where the objective
    /// is in nats.
    double[][] residualJacobian(double[] at) {
        form.evaluate(at, weights, predicted, jacobian);
        double[][] copy = new double[jacobian.length][];
        for (int j = 0; j < copy.length; j++) {
            copy[j] = jacobian[j].clone();
            for (int i = 0; i < predicted.length && objective instanceof Objective.LeastSquares; i++) {
                copy[j][i] *= Math.exp(predicted[i]);
            }
        }
        return copy;
    }

    /// ln loss as predicted at `at`, `(runs)`.
    double[] predicted(double[] at) {
        double[] all = new double[weights.length];
        Arrays.fill(all, 1);
        form.evaluate(at, all, predicted, jacobian);
        return predicted.clone();
    }
}
