package dev.superpose.geometry;

import dev.superpose.stat.Quantiles;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/// Which rows look as if their token had hardly been met in training, by the weights alone. They
/// are candidates: only a prompt can tell.
///
/// After Land and Bartolo (2024), who take rows close to the mean of rows known to be unused, and
/// rows of small norm. Here the known rows are padding and rows that repeat one another bit for
/// bit, and the mean of all used rows is taken off before the cosine, since all rows share it.
/// The rule by cosine is applied only if the known rows agree with each other, because padding
/// may also be random: at least four of them, of which nine in ten have a cosine of 0.5 or more
/// with the mean of the others.
public final class UnderTraining {
    /// The known rows must be at least as many.
    static final int FEWEST_KNOWN = 4;

    private static final double NEGLIGIBLE = 1e-6;
    // One in 30,000 normal numbers is so far below.
    private static final double SMALL = -4;
    private static final double NORMAL = 1.4826;
    private static final double AGREEMENT = 0.5;
    private static final double NEAR_ENOUGH = 0.9;
    private static final double MOST_KNOWN = 0.1;

    private final double median;
    private final double middle;
    private final double spread;
    private final double nearFrom;

    private UnderTraining(double median, double middle, double spread, double nearFrom) {
        this.median = median;
        this.middle = middle;
        this.spread = spread;
        this.nearFrom = nearFrom;
    }

    /// Why a row is a candidate.
    public enum Reason {
        /// It holds only zeros, yet stands for a token.
        ZERO("zero"),
        /// Its norm is less than a millionth of the median.
        NEGLIGIBLE("negligible_norm"),
        /// It equals another row bit for bit.
        REPEATED("repeated"),
        /// The logarithm of its norm lies four deviations or more below the median.
        SMALL("small_norm"),
        /// It points where the rows known to be untrained point: its cosine with their mean is
        /// one that nine in ten of them reach, or at least 0.9.
        NEAR_PADDING("near_padding");

        private final String label;

        Reason(String label) {
            this.label = label;
        }

        /// The word for it in tables.
        public String label() {
            return label;
        }
    }

    /// The rule for a matrix whose used rows have the norms `norms` and whose known rows have the
    /// cosines `known` with the mean of the other known rows.
    static UnderTraining of(double[] norms, double[] known) {
        double[] logarithms = Arrays.stream(norms).map(Math::log).toArray();
        double middle = Quantiles.of(logarithms).median();
        double spread = NORMAL
                * Quantiles.of(Arrays.stream(logarithms)
                                .map(value -> Math.abs(value - middle))
                                .toArray())
                        .median();
        double reached =
                known.length < FEWEST_KNOWN ? Double.NaN : Quantiles.of(known).at(MOST_KNOWN);
        return new UnderTraining(
                Quantiles.of(norms).median(),
                middle,
                spread,
                reached >= AGREEMENT ? Math.min(reached, NEAR_ENOUGH) : Double.POSITIVE_INFINITY);
    }

    /// How far the logarithm of `norm` lies from the median, in robust deviations.
    double deviation(double norm) {
        return spread > 0 ? (Math.log(norm) - middle) / spread : Double.NaN;
    }

    /// Why a used row may be untrained.
    ///
    /// @param repeated whether it equals another row
    /// @param paddingCosine NaN if not known
    Set<Reason> reasons(double norm, boolean repeated, double paddingCosine) {
        var reasons = EnumSet.noneOf(Reason.class);
        if (norm < NEGLIGIBLE * median) {
            reasons.add(Reason.NEGLIGIBLE);
        }
        if (repeated) {
            reasons.add(Reason.REPEATED);
        }
        if (deviation(norm) <= SMALL) {
            reasons.add(Reason.SMALL);
        }
        if (paddingCosine >= nearFrom) {
            reasons.add(Reason.NEAR_PADDING);
        }
        return reasons;
    }
}
