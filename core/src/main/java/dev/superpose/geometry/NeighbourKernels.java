package dev.superpose.geometry;

/// The inner loops that look for large and small overlaps in a tile. After the first tiles almost
/// none is found, so that a loop with a branch is as fast as it reads.
final class NeighbourKernels {
    private NeighbourKernels() {}

    /// The first place from `from` on whose overlap reaches `floor`; `end` if there is none.
    static int next(float[] tile, int from, int end, float floor) {
        int k = from;
        while (k < end && !(tile[k] >= floor)) {
            k++;
        }
        return k;
    }

    /// The same where each place has its own floor: place k has `floors[k + shift]`.
    static int next(float[] tile, int from, int end, float[] floors, int shift) {
        int k = from;
        while (k < end && !(tile[k] >= floors[k + shift])) {
            k++;
        }
        return k;
    }

    /// The smallest of `start` and the overlaps at `from` .. `end - 1`.
    static float lowest(float[] tile, int from, int end, float start) {
        float least = start;
        for (int k = from; k < end; k++) {
            if (tile[k] < least) {
                least = tile[k];
            }
        }
        return least;
    }

    /// Lowers each of the `least` from `to` on to the overlap that stands at its place
    /// from `from` on.
    static void lower(float[] tile, int from, int count, float[] least, int to) {
        for (int k = 0; k < count; k++) {
            least[to + k] = Math.min(least[to + k], tile[from + k]);
        }
    }
}
