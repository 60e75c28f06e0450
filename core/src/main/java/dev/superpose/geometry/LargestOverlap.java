package dev.superpose.geometry;

/// The largest |overlap| so far.
///
/// @param size that |overlap|, of float32 unit rows
/// @param row one of its rows
/// @param other the other
record LargestOverlap(float size, int row, int other) {
    /// The larger of the two, this one if they are equal.
    LargestOverlap or(LargestOverlap that) {
        return that.size > size ? that : this;
    }
}
