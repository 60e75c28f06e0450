package dev.superpose.runs;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The runs picked from a table, with an account of how.
///
/// @param account of the whole table
/// @param subsets to be fitted apart, in the order in which they first come in the table; at least one, each
/// with at least one run
public record SelectedRuns(Account account, List<Subset> subsets) {
    public SelectedRuns {
        subsets = List.copyOf(subsets);
    }

    /// How a table was read.
    ///
    /// @param source the table
    /// @param rows in the table
    /// @param matching rows that meet the conditions
    /// @param columns that were used
    /// @param unused the names of the other columns
    /// @param lossUnit `nats per token` or `bits per byte`; `as given` if nothing says
    /// what the losses are in
    /// @param findings that concern the table as a whole
    public record Account(
            String source,
            int rows,
            int matching,
            List<UsedColumn> columns,
            List<String> unused,
            String lossUnit,
            Findings findings) {
        public Account {
            columns = List.copyOf(columns);
            unused = List.copyOf(unused);
        }

        /// The column that means `meaning`; empty if none was used.
        public String column(Meaning meaning) {
            return columns.stream()
                    .filter(column -> column.meaning().equals(meaning.word()))
                    .map(UsedColumn::name)
                    .findFirst()
                    .orElse("");
        }
    }

    /// A column that was used.
    ///
    /// @param meaning such as `tokens`
    /// @param name in the table
    /// @param unit such as `ones` or `billions`; empty of a column of names
    /// @param named whether it was named, not found by its usual name
    public record UsedColumn(String meaning, String name, String unit, boolean named) {}

    /// Runs that are fitted together.
    ///
    /// @param values of the columns by which the table was divided, in the order asked
    /// for; empty if it was not
    /// @param runs at least one
    /// @param findings that concern these runs
    public record Subset(Map<String, String> values, Runs runs, Findings findings) {
        public Subset {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }
    }
}
