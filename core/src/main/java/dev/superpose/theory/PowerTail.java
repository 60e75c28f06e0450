package dev.superpose.theory;

/// The weak loss for p_i ∝ i^-alpha with the sum over features replaced by an integral. Source:
/// Eq. 14 of arXiv 2505.10465, which is printed without the factor 4/3 that its figure has.
///
/// The integral from 1 to n stands for the sum from 1 to n also below the fraction, where it
/// leaves out about half of the first term: [#excess].
///
/// @param alpha exponent of the frequencies, at least 0
/// @param features n, at least 2
public record PowerTail(double alpha, int features) {

    public PowerTail {
        if (!(alpha >= 0 && alpha < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("alpha must be finite and at least 0, is " + alpha);
        }
        if (features < 2) {
            throw new IllegalArgumentException("a tail needs at least 2 features, not " + features);
        }
    }

    /// Eq. 14 as printed, the share of all activity beyond the first phi n features:
    /// (phi^(1-alpha) - 1) / (1 - n^(1-alpha)) · n^(1-alpha), and -ln(phi) / ln(n) for alpha = 1.
    ///
    /// @param phi from 1/n, where nothing is represented, to 1
    public double share(double phi) {
        // Below 1/n the integral would begin before the first feature.
        if (!(phi >= 1 / (double) features * (1 - 1e-12) && phi <= 1)) {
            throw new IllegalArgumentException("phi lies between 1/n and 1, is " + phi);
        }
        double power = 1 - alpha;
        double logFeatures = Math.log(features);
        if (power == 0) {
            return -Math.log(phi) / logFeatures;
        }
        // expm1 keeps the digits that 1 - n^(1-alpha) loses near alpha = 1.
        return -Math.expm1(power * Math.log(phi)) * Math.exp(power * logFeatures) / Math.expm1(power * logFeatures);
    }

    /// The loss of one active feature on average (E = 1): 4/3 times [#share].
    public double loss(double phi) {
        return UniformValue.MEAN_SQUARE * share(phi);
    }

    /// Σ_{i > k} i^-alpha / Σ i^-alpha, which the integral stands for.
    ///
    /// @param represented k, from 0 to n
    public double finiteShare(int represented) {
        if (represented < 0 || represented > features) {
            throw new IllegalArgumentException(
                    "%d of %d features cannot be represented".formatted(represented, features));
        }
        double tail = 0;
        double all = 0;
        for (int i = features; i >= 1; i--) {
            all += Math.pow(i, -alpha);
            if (i == represented + 1) {
                tail = all;
            }
        }
        return tail / all;
    }

    /// By which part of itself the finite sum is exceeded by the integral with phi = k/n.
    ///
    /// @param represented k, from 1 to n - 1
    public double excess(int represented) {
        if (represented == features) {
            throw new IllegalArgumentException("with all features represented nothing is left to compare");
        }
        return share((double) represented / features) / finiteShare(represented) - 1;
    }
}
