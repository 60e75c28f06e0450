package dev.superpose.study;

import java.util.Locale;

/// How large a study is run.
public enum Scale {
    /// Seconds: to see that it runs.
    SMOKE,
    /// Minutes to an evening on a laptop.
    SHORT,
    /// As published.
    FULL;

    /// Its name in a study file and on the command line.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
