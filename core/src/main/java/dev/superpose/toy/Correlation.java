package dev.superpose.toy;

import java.util.Arrays;

/// Which features tend to be active together. Whatever the law, feature i is active with
/// probability p_i exactly, and its value is U(0, 2), independent of all else: only who is active
/// with whom changes.
///
/// Both laws other than independence put the features into groups. Per sample each group is open
/// with some probability q, independently of the other groups, and only features of open groups
/// can be active. Derivation: docs/derivations/correlated-features.md.
public sealed interface Correlation {

    /// Every feature for itself.
    Correlation INDEPENDENT = new Independent();

    /// A short name for tables, such as `together(0.5, 10, strided)`.
    String label();

    /// Refuses probabilities p_1 .. p_n with which the features cannot be so.
    ///
    /// @throws IllegalArgumentException if a group of exclusive features would need a
    /// probability above 1
    void check(double[] probabilities);

    /// What shares a group. Features are numbered from 0, most frequent first in the usual laws.
    enum Groups {
        /// Adjacent ranks: 0 .. k-1, k .. 2k-1 and so on, features about as frequent as each other.
        NEIGHBOURS,
        /// Ranks g apart, with g = ⌈n/k⌉ groups: i, i+g, i+2g and so on. Topics that
        /// mix frequent and rare.
        STRIDED;

        /// The features of each group, ascending; groups are in the order of their first feature,
        /// and the last ones may be smaller.
        ///
        /// @param n how many features
        /// @param size k, of a full group
        int[][] of(int n, int size) {
            int count = Math.ceilDiv(n, size);
            var groups = new int[count][];
            for (int g = 0; g < count; g++) {
                groups[g] = switch (this) {
                    case NEIGHBOURS -> range(g * size, Math.min(n, (g + 1) * size), 1);
                    case STRIDED -> range(g, n, count);
                };
            }
            return groups;
        }

        /// Which group each feature is in, from 0 on: (n).
        ///
        /// @param n how many features
        /// @param size k, of a full group
        public int[] index(int n, int size) {
            int[][] groups = of(n, size);
            var index = new int[n];
            for (int g = 0; g < groups.length; g++) {
                for (int feature : groups[g]) {
                    index[feature] = g;
                }
            }
            return index;
        }

        private static int[] range(int from, int to, int step) {
            var range = new int[Math.ceilDiv(to - from, step)];
            Arrays.setAll(range, i -> from + i * step);
            return range;
        }
    }

    /// See [#INDEPENDENT].
    record Independent() implements Correlation {
        @Override
        public void check(double[] probabilities) {
            // Whatever the probabilities, they are possible.
        }

        @Override
        public String label() {
            return "independent";
        }
    }

    /// Features of a group co-occur: in an open group each is active with probability p_i / q,
    /// independently, where q = p_max / (p_max + strength (1 - p_max)) and p_max is the
    /// group's highest p_i.
    ///
    /// Two features of a group then have the Pearson correlation strength · √(o_i o_j) / o_max
    /// with the odds o = p / (1 - p): `strength` between two as frequent as the most frequent one,
    /// less for rarer.
    ///
    /// @param strength 0 (independent) to 1 (the group's most frequent feature is active
    /// whenever it is open)
    /// @param groupSize k, at least 2
    /// @param groups who shares a group
    record Together(double strength, int groupSize, Groups groups) implements Correlation {
        public Together {
            if (!(strength >= 0 && strength <= 1)) {
                throw new IllegalArgumentException(
                        "the strength of a correlation must be between 0 and 1, is " + strength);
            }
            atLeastTwo(groupSize);
        }

        /// q, how often a group is open whose most frequent feature has probability `highest`.
        double openProbability(double highest) {
            return highest == 0 ? 0 : highest / (highest + strength * (1 - highest));
        }

        @Override
        public void check(double[] probabilities) {
            // Possible too: q is at least the highest of them.
        }

        @Override
        public String label() {
            return Correlation.label("together(" + strength + ", ", groupSize, groups);
        }
    }

    /// Features of a group exclude each other: in an open group exactly one is active. A group is
    /// open with q = Σ p_i over it, and then i is the one with probability p_i / q.
    ///
    /// @param groupSize k, at least 2
    /// @param groups who shares a group
    record Exclusive(int groupSize, Groups groups) implements Correlation {
        public Exclusive {
            atLeastTwo(groupSize);
        }

        @Override
        public void check(double[] probabilities) {
            for (int[] group : groups.of(probabilities.length, groupSize)) {
                double sum =
                        Arrays.stream(group).mapToDouble(i -> probabilities[i]).sum();
                if (sum > 1 + 1e-12) {
                    throw new IllegalArgumentException(
                            "features that exclude each other must have probabilities that sum to at most 1; those of the group of feature %d sum to %.4g"
                                    .formatted(group[0] + 1, sum));
                }
            }
        }

        @Override
        public String label() {
            return Correlation.label("exclusive(", groupSize, groups);
        }
    }

    private static String label(String start, int groupSize, Groups groups) {
        return start + groupSize + ", " + (groups == Groups.NEIGHBOURS ? "neighbours" : "strided") + ")";
    }

    private static void atLeastTwo(int groupSize) {
        if (groupSize < 2) {
            throw new IllegalArgumentException("the size of a group must be at least 2, is " + groupSize);
        }
    }
}
