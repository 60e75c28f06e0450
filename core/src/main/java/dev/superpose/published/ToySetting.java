package dev.superpose.published;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/// What a published value of the toy model belongs to.
///
/// @param features n
/// @param law of the feature frequencies
/// @param alpha exponent of [FrequencyLaw#POWER]; NaN for the other laws
/// @param density E, expected number of active features
/// @param decay gamma
/// @param width m
public record ToySetting(int features, FrequencyLaw law, double alpha, double density, double decay, int width) {
    /// Figures and study files write gamma and E to three decimals.
    private static final double ROUNDING = 1e-3;

    /// n of all trainings but those of figure 1.
    public static final int SMALL = 1000;

    /// n of figure 1.
    public static final int LARGE = 10_240;

    /// The six widths of the small trainings: floor(exp(x)), x from ln 10 to ln 100 in equal steps.
    public static final List<Integer> WIDTHS = List.of(10, 15, 25, 39, 63, 100);

    public ToySetting {
        if (features < 1 || width < 1) {
            throw new IllegalArgumentException(
                    "features and width must be at least 1, are %d and %d".formatted(features, width));
        }
        if ((law == FrequencyLaw.POWER) == Double.isNaN(alpha)) {
            throw new IllegalArgumentException("alpha belongs to a power law, is %s for %s".formatted(alpha, law));
        }
    }

    /// A small training with p_i ∝ i^-alpha.
    public static ToySetting small(double alpha, double density, double decay, int width) {
        return new ToySetting(SMALL, FrequencyLaw.POWER, alpha, density, decay, width);
    }

    /// The same with another number of features.
    public ToySetting withFeatures(int others) {
        return new ToySetting(others, law, alpha, density, decay, width);
    }

    /// Whether both are the same setting but for the rounding of printed numbers.
    public boolean isNear(ToySetting other) {
        return width == other.width && isNearAtAnyWidth(other);
    }

    /// Whether both are the same setting but for the width and the rounding of printed numbers.
    public boolean isNearAtAnyWidth(ToySetting other) {
        return features == other.features
                && law == other.law
                && (law != FrequencyLaw.POWER || Math.abs(alpha - other.alpha) < ROUNDING)
                && Math.abs(density - other.density) < ROUNDING * density
                && Math.abs(decay - other.decay) < ROUNDING;
    }

    /// In words, such as `alpha 1, gamma -0.556, m 63`: with E where it is not 1.
    public String label() {
        return labelAtAnyWidth() + ", m " + width;
    }

    /// The same without the width.
    public String labelAtAnyWidth() {
        String frequencies = switch (law) {
            case POWER -> "alpha " + rounded(alpha);
            case EXPONENTIAL -> "exp(-i/400)";
            case LINEAR -> "linear";
        };
        String text = "%s, gamma %s".formatted(frequencies, rounded(decay));
        return Math.abs(density - 1) < ROUNDING ? text : text + ", E " + rounded(density);
    }

    /// To three decimals, as figures print it, without zeros at the end.
    private static String rounded(double value) {
        var decimal = new BigDecimal(value).setScale(3, RoundingMode.HALF_EVEN).stripTrailingZeros();
        return decimal.signum() == 0 ? "0" : decimal.toPlainString();
    }

    /// The one of the paper's ten decays, -1 to 1 in equal steps, that a figure prints as
    /// `printed`.
    static double decay(double printed) {
        return Math.round(4.5 * printed + 4.5) * 2 / 9.0 - 1;
    }

    /// The one of the paper's nine densities that a figure prints as `printed`: 1 + s (Z - 1) for s
    /// from 0 to 1 in equal steps, where Z = Σ 1/i is the density at which feature 1 is
    /// always active.
    static double density(double printed) {
        double z = 0;
        for (int i = SMALL; i >= 1; i--) {
            z += 1.0 / i;
        }
        return 1 + Math.round((printed - 1) / (z - 1) * 8) / 8.0 * (z - 1);
    }
}
