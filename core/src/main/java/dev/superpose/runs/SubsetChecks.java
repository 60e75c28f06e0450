package dev.superpose.runs;

import dev.superpose.runs.Findings.Journal;
import java.util.List;

/// What may spoil a fit to runs that each look right.
final class SubsetChecks {
    private final List<Measurement> rows;
    private final Journal journal;

    SubsetChecks(List<Measurement> rows, TextTable table, ColumnFinder.Found found, List<String> by, Journal journal) {
        this.rows = rows;
        this.journal = journal;
    }

    void check() {
        if (rows.size() < 5) {
            journal.warn("There are only %d runs.".formatted(rows.size()));
        }
    }
}
