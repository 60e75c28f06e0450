package dev.superpose.theory;

import dev.superpose.numeric.FloatMatrix;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;

/// What a ReLU model with one dimension fewer than features does about the one that is too many,
/// with its loss in closed form. Source: Elhage et al. 2022, "Toy Models of Superposition", for n
/// = 2 in one dimension and n = 3 in two; there x ~ U(0, 1), here v ~ U(0, 2), which multiplies
/// losses by 4 and leaves W as it is.
///
/// Features are independent with one probability p; the first n - 1 have importance 1, the last
/// has r. Weights are as simple as the phase allows: rows of length 1, biases 0 but for the
/// ignored feature's, which is its mean. A trained model may adapt lengths and biases, so that its
/// loss can be lower, the more the denser the features: of two antipodal features of equal
/// importance by 2 % at p = 0.3 and 8 % at p = 0.5; of an ignored one not at all. Derivation:
/// docs/derivations/toy-models.md.
public enum SuperpositionPhase {
    /// One of the features of importance 1 is answered by its mean, the others exactly.
    IGNORE_FIRST("one of importance 1 ignored"),
    /// The last feature is answered by its mean, the others exactly.
    IGNORE_LAST("the last ignored"),
    /// Two features of importance 1 share a dimension as an antipodal pair.
    ANTIPODAL_FIRST("two of importance 1 antipodal"),
    /// The last feature and one of importance 1 share a dimension as an antipodal pair.
    ANTIPODAL_LAST("the last one antipodal to another");

    private final String label;

    SuperpositionPhase(String label) {
        this.label = label;
    }

    /// Its name for tables and keys.
    public String label() {
        return label;
    }

    /// The closed form. An ignored feature costs its variance, 4/3 p - p². Of an antipodal pair
    /// one feature alone is answered exactly; when both are active, with probability p², each
    /// output misses by the smaller value: ⟨min²⟩ = 2/3.
    ///
    /// @param p how often each feature is active
    /// @param r the importance of the last feature
    public double loss(double p, double r) {
        double variance = UniformValue.MEAN_SQUARE * p - p * p;
        double collision = 2 / 3.0 * p * p;
        return switch (this) {
            case IGNORE_FIRST -> variance;
            case IGNORE_LAST -> r * variance;
            case ANTIPODAL_FIRST -> 2 * collision;
            case ANTIPODAL_LAST -> (1 + r) * collision;
        };
    }

    /// Whether a model of `features` features can be in it: an antipodal pair of
    /// importance 1 takes three.
    public boolean possible(int features) {
        return this != ANTIPODAL_FIRST || features > 2;
    }

    /// The phase of least loss.
    public static SuperpositionPhase best(int features, double p, double r) {
        return Arrays.stream(values())
                .filter(phase -> phase.possible(features))
                .min(Comparator.comparingDouble(phase -> phase.loss(p, r)))
                .orElseThrow();
    }

    /// The phase that W, (n, n - 1), is in: which feature is shorter than 1/2, or if none is,
    /// which two point most nearly in opposite directions. Empty if more than one is short, if no
    /// two have a cosine below -1/2, or for another shape of W or more than three features.
    public static Optional<SuperpositionPhase> of(FloatMatrix w) {
        int n = w.rows();
        if (n < 2 || n > 3 || w.columns() != n - 1) {
            return Optional.empty();
        }
        int ignored = -1;
        for (int i = 0; i < n; i++) {
            if (dot(w, i, i) < 0.25) {
                if (ignored >= 0) {
                    return Optional.empty();
                }
                ignored = i;
            }
        }
        if (ignored >= 0) {
            return Optional.of(ignored == n - 1 ? IGNORE_LAST : IGNORE_FIRST);
        }
        double least = -0.5;
        Optional<SuperpositionPhase> phase = Optional.empty();
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) {
                double cosine = dot(w, i, j) / Math.sqrt(dot(w, i, i) * dot(w, j, j));
                if (cosine < least) {
                    least = cosine;
                    phase = Optional.of(j == n - 1 ? ANTIPODAL_LAST : ANTIPODAL_FIRST);
                }
            }
        }
        return phase;
    }

    private static double dot(FloatMatrix w, int i, int j) {
        double sum = 0;
        for (int k = 0; k < w.columns(); k++) {
            sum += (double) w.data()[i * w.columns() + k] * w.data()[j * w.columns() + k];
        }
        return sum;
    }
}
