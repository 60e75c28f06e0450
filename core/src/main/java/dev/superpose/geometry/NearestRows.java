package dev.superpose.geometry;

import java.util.Arrays;

/// For each of some rows, the other rows whose cosine with it is largest, the nearest first and
/// of equals the lower row, and its least cosine. What is kept does not depend on the order in
/// which rows are offered. Not thread-safe.
final class NearestRows {
    private static final int NONE = -1;

    private final int count;
    // (rows, count)
    private final int[] others;
    private final float[] cosines;
    // The last of the cosines above: what a row must reach to be taken in.
    private final float[] floors;
    private final float[] least;

    /// Room for `count` neighbours of each of `rows` rows.
    NearestRows(int rows, int count) {
        this.count = count;
        this.others = new int[Math.multiplyExact(rows, count)];
        this.cosines = new float[others.length];
        this.floors = new float[rows];
        this.least = new float[rows];
        Arrays.fill(others, NONE);
        Arrays.fill(cosines, Float.NEGATIVE_INFINITY);
        Arrays.fill(floors, Float.NEGATIVE_INFINITY);
        Arrays.fill(least, Float.POSITIVE_INFINITY);
    }

    /// What `row` takes in reaches this.
    float floor(int row) {
        return floors[row];
    }

    /// [#floor] of each row; not a copy.
    float[] floors() {
        return floors;
    }

    /// The least cosine of each row; not a copy.
    float[] least() {
        return least;
    }

    /// Takes `other` in for `row` if it is among the nearest so far.
    void offer(int row, int other, float cosine) {
        int from = row * count;
        int place = count;
        while (place > 0 && isNearer(cosine, other, from + place - 1)) {
            place--;
        }
        if (place < count) {
            int moved = count - 1 - place;
            System.arraycopy(cosines, from + place, cosines, from + place + 1, moved);
            System.arraycopy(others, from + place, others, from + place + 1, moved);
            cosines[from + place] = cosine;
            others[from + place] = other;
            floors[row] = cosines[from + count - 1];
        }
    }

    private boolean isNearer(float cosine, int other, int slot) {
        return cosine > cosines[slot] || (cosine == cosines[slot] && (others[slot] == NONE || other < others[slot]));
    }

    /// Takes in what `part` has found for its rows, which are these from `first` on.
    void merge(NearestRows part, int first) {
        for (int i = 0; i < part.floors.length; i++) {
            for (int k = 0; k < count && part.others[i * count + k] != NONE; k++) {
                offer(first + i, part.others[i * count + k], part.cosines[i * count + k]);
            }
            least[first + i] = Math.min(least[first + i], part.least[i]);
        }
    }

    /// How many neighbours `row` has.
    int size(int row) {
        int size = 0;
        while (size < count && others[row * count + size] != NONE) {
            size++;
        }
        return size;
    }

    /// The `k`-th nearest of `row`, from 0.
    int other(int row, int k) {
        return others[row * count + k];
    }

    /// Its cosine, at most 1.
    double cosine(int row, int k) {
        return Math.min(cosines[row * count + k], 1);
    }

    /// The largest |cosine| of `row` with another; NaN if there is none.
    double largest(int row) {
        return size(row) == 0 ? Double.NaN : Math.clamp(Math.max(cosines[row * count], -least[row]), 0, 1);
    }
}
