package dev.superpose.study;

import java.util.HashSet;
import java.util.List;

/// The widths of a grid: the same for every number of features, or shares of it.
public sealed interface Widths {

    /// The m to train with n features, all different, as declared.
    List<Integer> of(int n);

    /// The same m whatever n is.
    ///
    /// @param widths m, each once
    record Fixed(List<Integer> widths) implements Widths {
        public Fixed {
            widths = distinct("widths", widths);
            if (widths.stream().anyMatch(m -> m < 1)) {
                throw new IllegalArgumentException("widths must be at least 1, are " + widths);
            }
        }

        @Override
        public List<Integer> of(int n) {
            return widths;
        }
    }

    /// m = ratio · n, rounded, at least 1; ratios that round to one width give it once.
    ///
    /// @param ratios m/n, each once
    record Ratios(List<Double> ratios) implements Widths {
        public Ratios {
            ratios = distinct("width ratios", ratios);
            if (!ratios.stream().allMatch(ratio -> ratio > 0 && ratio <= 1e6)) {
                throw new IllegalArgumentException("width ratios must be above 0, are " + ratios);
            }
        }

        @Override
        public List<Integer> of(int n) {
            return ratios.stream()
                    .map(ratio -> Math.toIntExact(Math.max(1, Math.round(ratio * n))))
                    .distinct()
                    .toList();
        }
    }

    private static <T> List<T> distinct(String name, List<T> values) {
        if (values.isEmpty() || new HashSet<>(values).size() < values.size()) {
            throw new IllegalArgumentException(name + " must be there, each once: " + values);
        }
        return List.copyOf(values);
    }
}
