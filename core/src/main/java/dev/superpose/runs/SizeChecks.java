package dev.superpose.runs;

import dev.superpose.runs.Findings.Journal;
import java.util.List;

/// Whether the sizes of the runs agree with each other.
final class SizeChecks {
    private SizeChecks() {}

    static void check(List<Measurement> rows, Journal journal) {
        if (rows.isEmpty()) {
            journal.warn("No run is left.");
        }
    }
}
