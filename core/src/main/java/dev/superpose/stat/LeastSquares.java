package dev.superpose.stat;

import java.util.Arrays;
import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.QRDecomposition;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.hipparchus.linear.SingularValueDecomposition;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LeastSquaresBuilder;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LevenbergMarquardtOptimizer;
import org.hipparchus.util.Pair;
import org.jspecify.annotations.Nullable;

/// Non-linear least squares: Levenberg-Marquardt (MINPACK's, in Hipparchus) to the neighbourhood of a minimum,
/// then Gauss-Newton steps until rounding stops them, so that a minimum is known to all its digits and can be
/// certified.
///
/// From both of NIST's starting points it meets the certified parameters, standard errors and sums of squares of
/// all 27 StRD problems to nine digits or more, as far as residuals in doubles allow: those of Lanczos1 (1e-13 of
/// values about 1) leave its sum of squares and standard errors two digits.
public final class LeastSquares {
    /// The number of evaluations after which a search is given up.
    private static final int MOST_EVALUATIONS = 5000;

    /// How often the solution is polished, at most. Three steps are enough where the residuals are small; where
    /// they are large and the model bends, Gauss-Newton converges linearly and may need tens (NIST's Thurber: 25).
    private static final int POLISHING_STEPS = 50;

    /// Sums of squares that differ by less, relatively, may be one but for rounding: residuals of 1e-6 of what is
    /// observed carry ten digits.
    private static final double SAME_COST = 1e-9;

    /// A gradient this small, as the cosine of the angle between residuals and Jacobian columns, is zero but
    /// for rounding.
    private static final double FLAT = 1e-8;

    /// A step this small against its parameter changes nothing that can be told.
    private static final double STANDSTILL = 1e-9;

    private LeastSquares() {}

    /// What is fitted: the residuals (predicted less observed, each times the root of its weight) and their
    /// derivatives. A point where the model is not defined is told by a NaN residual.
    public interface Model {
        /// The number of residuals.
        int points();

        /// The number of parameters.
        int parameters();

        /// Evaluates the model.
        ///
        /// @param at `(parameters)`, not to be changed
        /// @param residuals `(points)`, to be filled
        /// @param jacobian `(points, parameters)`, `jacobian(i, j)` = ∂ residual i / ∂ parameter j, to be
        /// filled
        void evaluate(double[] at, double[] residuals, double[][] jacobian);
    }

    /// How a search ended: a value, never an exception.
    public sealed interface Outcome {}

    /// The search ended somewhere; [Minimum#converged()] tells whether that is a minimum.
    public static final class Minimum implements Outcome {
        private final Point point;
        private final double gradientNorm;
        private final boolean converged;

        private Minimum(Point point, boolean converged) {
            this.point = point;
            this.gradientNorm = point.gradientNorm();
            this.converged = converged;
        }

        /// The value of parameter `j`.
        public double parameter(int j) {
            return point.at[j];
        }

        /// The sum of the squared residuals.
        public double sumOfSquares() {
            return point.cost;
        }

        /// The largest cosine between the residuals and a column of the Jacobian: 0 at a minimum, at most 1.
        public double gradientNorm() {
            return gradientNorm;
        }

        /// The condition number of the Jacobian with its columns scaled to length 1: 1 for independent
        /// parameters; infinite if the data do not fix all of them.
        public double condition() {
            try {
                double number =
                        new SingularValueDecomposition(point.scaled(point.columnLengths())).getConditionNumber();
                return Double.isNaN(number) ? Double.POSITIVE_INFINITY : number;
            } catch (MathRuntimeException broken) {
                return Double.POSITIVE_INFINITY;
            }
        }

        /// Whether this is a minimum to within rounding.
        public boolean converged() {
            return converged;
        }

        /// Square root of the sum of squares over points less parameters; NaN without a degree of freedom.
        public double residualStandardDeviation() {
            int free = point.residuals.length - point.at.length;
            return free > 0 ? Math.sqrt(point.cost / free) : Double.NaN;
        }

        /// The covariance `s² (JᵀJ)⁻¹` of the parameters with the residual variance s²; NaN without a degree
        /// of freedom or if the data do not fix all parameters. It is the usual linear approximation and too
        /// small where the model bends much within a standard error.
        public Covariance covariance() {
            double deviation = residualStandardDeviation();
            double[][] covariance = inverseNormal(point);
            for (double[] row : covariance) {
                for (int j = 0; j < row.length; j++) {
                    row[j] *= deviation * deviation;
                }
            }
            return Covariance.of(covariance);
        }
    }

    /// The search could not start or broke off.
    ///
    /// @param reason why, as a part of a sentence
    public record Failure(String reason) implements Outcome {}

    /// Searches for a minimum of the sum of squares from `start`, `(parameters)`.
    ///
    /// @throws IllegalArgumentException if `start` has not as many values as the model has parameters
    public static Outcome minimise(Model model, double[] start) {
        if (start.length != model.parameters()) {
            throw new IllegalArgumentException(
                    "%d starting values for %d parameters".formatted(start.length, model.parameters()));
        }
        if (model.points() < model.parameters()) {
            return new Failure("%d points cannot fix %d parameters".formatted(model.points(), model.parameters()));
        }
        var from = Point.of(model, start);
        if (!from.usable()) {
            return new Failure("the model has no finite value at the starting point");
        }
        return polish(model, search(model, from));
    }

    /// Runs Levenberg-Marquardt and gives the best point that it saw. Its exceptions tell that rounding forbids
    /// a further step or that the evaluations are used up: both leave a best point, which is then judged by
    /// itself.
    private static Point search(Model model, Point from) {
        Point[] best = {from};
        var problem = new LeastSquaresBuilder()
                .model(at -> {
                    var point = Point.of(model, at.toArray());
                    if (point.usable() && point.cost < best[0].cost) {
                        best[0] = point;
                    }
                    return point.asPair();
                })
                .target(new double[model.points()])
                .start(from.at)
                .lazyEvaluation(false)
                .maxEvaluations(MOST_EVALUATIONS)
                .maxIterations(MOST_EVALUATIONS)
                .build();
        var optimizer = new LevenbergMarquardtOptimizer()
                .withCostRelativeTolerance(1e-15)
                .withParameterRelativeTolerance(1e-13)
                .withOrthoTolerance(1e-14);
        try {
            var _ = optimizer.optimize(problem);
        } catch (MathRuntimeException stopped) {
            return best[0];
        }
        return best[0];
    }

    private static Outcome polish(Model model, Point from) {
        Point point = from;
        @Nullable GaussNewtonStep step = GaussNewtonStep.from(point);
        for (int i = 0; i < POLISHING_STEPS && step != null; i++) {
            var candidate = Point.of(model, step.end());
            if (!candidate.usable() || candidate.cost > point.cost * (1 + SAME_COST)) {
                break;
            }
            // Near the minimum the cost no longer tells points apart, while the angle still does.
            var next = GaussNewtonStep.from(candidate);
            if (next == null || next.cosine() >= step.cosine()) {
                break;
            }
            point = candidate;
            step = next;
        }
        boolean still = step != null && step.relativeLength() <= STANDSTILL;
        return new Minimum(point, still || point.gradientNorm() <= FLAT);
    }

    /// The Gauss-Newton step of a point: to the minimum of the model's linear approximation there.
    private static final class GaussNewtonStep {
        private final Point point;
        private final double[] lengths;
        private final RealVector scaled;
        private final double projection;

        private GaussNewtonStep(Point point, double[] lengths, RealVector scaled, double projection) {
            this.point = point;
            this.lengths = lengths;
            this.scaled = scaled;
            this.projection = projection;
        }

        /// The step from `point`, or null if the data do not fix all parameters there.
        static @Nullable GaussNewtonStep from(Point point) {
            double[] lengths = point.columnLengths();
            var jacobian = point.scaled(lengths);
            try {
                var scaled = new QRDecomposition(jacobian, 1e-14)
                        .getSolver()
                        .solve(new ArrayRealVector(point.residuals, false));
                return new GaussNewtonStep(
                        point, lengths, scaled, jacobian.operate(scaled).getNorm());
            } catch (MathRuntimeException singular) {
                return null;
            }
        }

        /// Where the step leads.
        double[] end() {
            double[] end = point.at.clone();
            for (int j = 0; j < end.length; j++) {
                end[j] -= scaled.getEntry(j) / lengths[j];
            }
            return end;
        }

        /// The cosine of the angle between the residuals and the tangent plane of the model, 0 at a minimum:
        /// the measure of Bates & Watts (1981), "A relative offset orthogonality convergence criterion for
        /// nonlinear least squares", but for their factor of the degrees of freedom. Near a minimum,
        /// Gauss-Newton steps that converge lower it one by one, which the gradient's largest entry need not.
        double cosine() {
            return point.cost > 0 ? projection / Math.sqrt(point.cost) : 0;
        }

        /// The length of the step against that of the point, each parameter measured by its effect on the
        /// residuals.
        double relativeLength() {
            double distance = 0;
            for (int j = 0; j < lengths.length; j++) {
                distance = Math.hypot(distance, lengths[j] * point.at[j]);
            }
            return distance > 0 ? scaled.getNorm() / distance : scaled.getNorm();
        }
    }

    private static double[][] inverseNormal(Point point) {
        int parameters = point.at.length;
        double[] lengths = point.columnLengths();
        double[][] inverse = new double[parameters][parameters];
        RealMatrix rootInverse;
        try {
            var r = new QRDecomposition(point.scaled(lengths), 1e-14)
                    .getR()
                    .getSubMatrix(0, parameters - 1, 0, parameters - 1);
            rootInverse = new QRDecomposition(r, 1e-14).getSolver().getInverse();
        } catch (MathRuntimeException singular) {
            for (double[] row : inverse) {
                Arrays.fill(row, Double.NaN);
            }
            return inverse;
        }
        var product = rootInverse.multiplyTransposed(rootInverse);
        for (int i = 0; i < parameters; i++) {
            for (int j = 0; j < parameters; j++) {
                inverse[i][j] = product.getEntry(i, j) / (lengths[i] * lengths[j]);
            }
        }
        return inverse;
    }

    /// The model at one point.
    private static final class Point {
        private final double[] at;
        private final double[] residuals;
        private final double[][] jacobian;
        private final double cost;

        private Point(double[] at, double[] residuals, double[][] jacobian, double cost) {
            this.at = at;
            this.residuals = residuals;
            this.jacobian = jacobian;
            this.cost = cost;
        }

        static Point of(Model model, double[] at) {
            double[] residuals = new double[model.points()];
            double[][] jacobian = new double[model.points()][model.parameters()];
            model.evaluate(at, residuals, jacobian);
            double cost = 0;
            for (double residual : residuals) {
                cost += residual * residual;
            }
            return new Point(at, residuals, jacobian, cost);
        }

        boolean usable() {
            if (!Double.isFinite(cost)) {
                return false;
            }
            for (double[] row : jacobian) {
                for (double derivative : row) {
                    if (!Double.isFinite(derivative)) {
                        return false;
                    }
                }
            }
            return true;
        }

        Pair<RealVector, RealMatrix> asPair() {
            return new Pair<>(new ArrayRealVector(residuals, false), new Array2DRowRealMatrix(jacobian, false));
        }

        /// The Euclidean length of each column of the Jacobian, 1 in place of 0.
        double[] columnLengths() {
            double[] lengths = new double[at.length];
            for (double[] row : jacobian) {
                for (int j = 0; j < row.length; j++) {
                    lengths[j] = Math.hypot(lengths[j], row[j]);
                }
            }
            for (int j = 0; j < lengths.length; j++) {
                lengths[j] = lengths[j] > 0 ? lengths[j] : 1;
            }
            return lengths;
        }

        /// The Jacobian with each column divided by its length.
        RealMatrix scaled(double[] lengths) {
            double[][] scaled = new double[jacobian.length][];
            for (int i = 0; i < scaled.length; i++) {
                scaled[i] = jacobian[i].clone();
                for (int j = 0; j < lengths.length; j++) {
                    scaled[i][j] /= lengths[j];
                }
            }
            return new Array2DRowRealMatrix(scaled, false);
        }

        double gradientNorm() {
            if (cost == 0) {
                return 0;
            }
            double[] lengths = columnLengths();
            double largest = 0;
            for (int j = 0; j < lengths.length; j++) {
                double product = 0;
                for (int i = 0; i < residuals.length; i++) {
                    product += residuals[i] * jacobian[i][j];
                }
                largest = Math.max(largest, Math.abs(product) / lengths[j]);
            }
            return largest / Math.sqrt(cost);
        }
    }
}
