package dev.superpose.reproduction;

/// When ours and the published value count as the same: stated beside every verdict.
public sealed interface Rule {
    /// How far the two may be apart.
    double allowed(Measured ours, Reference published);

    /// In words.
    String words();

    /// Whether the value depends on how long and with what batch was trained. Levels do; the slope
    /// of a curve is compared whatever the training was, which the item then says.
    boolean needsPublishedTraining();

    /// Whether agreement would say little: the two may be further apart than half the
    /// published value.
    default boolean isBlunt(Measured ours, Reference published) {
        return false;
    }

    private static boolean allowsHalf(double allowed, Reference published) {
        return !(allowed <= Math.abs(published.value()) / 2);
    }

    /// Two combined standard errors, of ours and of the published one, with the error of reading.
    /// A published exponent without a standard error counts as known as well as ours: the same
    /// number of widths, one training each.
    record TwoErrors() implements Rule {
        @Override
        public double allowed(Measured ours, Reference published) {
            double theirs = Double.isNaN(published.standardError()) ? ours.standardError() : published.standardError();
            return 2 * Math.hypot(Math.hypot(ours.standardError(), theirs), published.readingError());
        }

        @Override
        public String words() {
            return "within two combined standard errors";
        }

        @Override
        public boolean needsPublishedTraining() {
            return false;
        }

        @Override
        public boolean isBlunt(Measured ours, Reference published) {
            return Rule.allowsHalf(allowed(ours, published), published);
        }
    }

    /// Two standard errors of ours about a number that the paper states without one.
    record TwoOwnErrors() implements Rule {
        @Override
        public double allowed(Measured ours, Reference published) {
            return 2 * ours.standardError();
        }

        @Override
        public String words() {
            return "within two standard errors of ours";
        }

        @Override
        public boolean needsPublishedTraining() {
            return false;
        }

        @Override
        public boolean isBlunt(Measured ours, Reference published) {
            return Rule.allowsHalf(allowed(ours, published), published);
        }
    }

    /// A distance fixed in advance.
    record Within(double distance) implements Rule {
        @Override
        public double allowed(Measured ours, Reference published) {
            return distance;
        }

        @Override
        public String words() {
            return "within " + Sentences.number(distance);
        }

        @Override
        public boolean needsPublishedTraining() {
            return true;
        }
    }

    /// A share of the published value.
    record WithinShare(double share) implements Rule {
        @Override
        public double allowed(Measured ours, Reference published) {
            return share * Math.abs(published.value());
        }

        @Override
        public String words() {
            return "within %s %%".formatted(Sentences.number(100 * share));
        }

        @Override
        public boolean needsPublishedTraining() {
            return true;
        }
    }

    /// A share of the published value, or what two trainings that differ only in their seed may be
    /// apart: twice the scatter of one about the mean of ours.
    record WithinShareOrScatter(double share) implements Rule {
        @Override
        public double allowed(Measured ours, Reference published) {
            double bySeed = 2 * ours.scatter() * Math.sqrt(1 + 1.0 / Math.max(1, ours.seeds()));
            double byShare = share * Math.abs(published.value());
            return Double.isNaN(bySeed) ? byShare : Math.max(byShare, bySeed);
        }

        @Override
        public String words() {
            return "within %s %% or twice the scatter of seeds".formatted(Sentences.number(100 * share));
        }

        @Override
        public boolean needsPublishedTraining() {
            return true;
        }
    }
}
