package dev.superpose.study;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// How large a study is run.
public enum Scale {
    /// Seconds: to see that it runs.
    SMOKE,
    /// Minutes to an evening on a laptop.
    SHORT,
    /// As published.
    FULL;

    /// The one called `word`, whatever its case.
    public static Optional<Scale> of(String word) {
        return Arrays.stream(values())
                .filter(scale -> scale.word().equalsIgnoreCase(word))
                .findFirst();
    }

    /// Its name in a study file and on the command line.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
