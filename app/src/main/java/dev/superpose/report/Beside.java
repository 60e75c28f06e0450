package dev.superpose.report;

import java.util.HashMap;
import java.util.Map;

/// Places for marks of equal width: side by side, 4 % apart.
final class Beside {
    private static final double STEP = 1.04;

    private final Map<Integer, Integer> seen = new HashMap<>();

    /// Where the next mark of `width` stands.
    double place(int width) {
        return width * Math.pow(STEP, seen.merge(width, 1, Integer::sum) - 1);
    }
}
