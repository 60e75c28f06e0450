package dev.superpose.scaling;

import org.hipparchus.distribution.continuous.TDistribution;

/// Whether losses show a floor: the F test of the law with a floor against that without one, which it contains.
///
/// @param f how much the floor lowers the sum of squares, in units of the residual variance it leaves
/// @param probability of so large an `f` if there were no floor; halved, because a floor cannot be negative, so that
/// half of all samples without a floor give none (Self and Liang 1987)
public record FloorTest(double f, double probability) {
    /// The usual level.
    private static final double LEVEL = 0.05;

    /// Compares two fits to the same observations.
    ///
    /// @throws IllegalArgumentException if they are not a power law and one with a floor, through as many
    /// points
    public static FloorTest between(LawFit.Fitted power, LawFit.Fitted withFloor) {
        if (power.form() != LawForm.POWER
                || withFloor.form() != LawForm.POWER_WITH_FLOOR
                || power.points() != withFloor.points()) {
            throw new IllegalArgumentException("the test compares a power law and one with a floor on the same points");
        }
        if (!withFloor.certificate().atBound().isEmpty()) {
            return new FloorTest(0, 1);
        }
        double without = squares(power);
        double with = squares(withFloor);
        if (with == 0) {
            return new FloorTest(without > 0 ? Double.POSITIVE_INFINITY : 0, without > 0 ? 0 : 1);
        }
        double f = Math.max(0, without - with) / with * withFloor.degreesOfFreedom();
        // F with one degree of freedom above is the square of Student's t.
        var t = new TDistribution(withFloor.degreesOfFreedom());
        return new FloorTest(f, t.cumulativeProbability(-Math.sqrt(f)));
    }

    /// Whether the losses show a floor at the level of 5 %.
    public boolean floorShown() {
        return probability < LEVEL;
    }

    private static double squares(LawFit.Fitted fit) {
        return fit.residualStandardDeviation() * fit.residualStandardDeviation() * fit.degreesOfFreedom();
    }
}
