package dev.superpose.geometry;

/// How the Gram matrices were computed, and how far they are off.
///
/// @param products the precision of the products; sums over more than some thousand rows are
///     always float64
/// @param relativeError of the mean squared overlap and of its weighted and centred kin: the
///     largest bound found by multiplying the Gram matrices and the rows themselves with random
///     vectors, in float64
public record Arithmetic(Precision products, double relativeError) {
    /// Precisions of products.
    public enum Precision {
        /// Of 24 bits.
        FLOAT32("float32"),
        /// Of 53 bits.
        FLOAT64("float64");

        private final String label;

        Precision(String label) {
            this.label = label;
        }

        /// The word for it in tables and JSON.
        public String label() {
            return label;
        }
    }
}
