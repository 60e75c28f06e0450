package dev.superpose.store;

import dev.superpose.result.Table.Cell;
import java.io.IOException;
import java.util.List;

/// The rows of a table too long to hold in memory.
@FunctionalInterface
public interface TableRows {
    /// Hands all rows to `sink`, in their order.
    ///
    /// @throws IOException if they cannot be had, or `sink` fails
    void into(Sink sink) throws IOException;

    /// What takes rows in.
    @FunctionalInterface
    interface Sink {
        /// Takes one row, with a cell for each column.
        void add(List<Cell> row) throws IOException;
    }
}
