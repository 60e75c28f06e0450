package dev.superpose.checkpoint;

import dev.superpose.numeric.RowBlocks;
import dev.superpose.result.InputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// A matrix of a model whose rows share fewer dimensions than there are rows: (n, m), one row
/// per token or word.
///
/// @param model the model's name, for people
/// @param file the file that holds the numbers
/// @param tensor its name in that file; as the file has it, so make it printable before showing it
/// @param role what it does in the model
/// @param tied whether the input embedding and the unembedding are this one matrix
/// @param dtype how the numbers are stored, in the words of the format (`F32`, `BF16`, ...;
/// `Q8_0/64` with the
///     size of a group; `text`)
/// @param rows the numbers; readable until the checkpoint they come from is closed
/// @param firstPaddingRow the first row that stands for no token, the rows after it neither; the
///     number of rows if there is none, or if it is not known (then a note says so)
/// @param tokens what the rows stand for, where that is known
/// @param notes what a reader of the result should know: contradictions, guesses, padding; one
///     sentence each, safe to print
public record PackedMatrix(
        String model,
        Path file,
        String tensor,
        Role role,
        boolean tied,
        String dtype,
        RowBlocks rows,
        long firstPaddingRow,
        Optional<Tokens> tokens,
        List<String> notes) {
    public PackedMatrix {
        Objects.requireNonNull(rows);
        if (firstPaddingRow < 0 || firstPaddingRow > rows.rows()) {
            throw new IllegalArgumentException(
                    "padding cannot begin at row %,d of %,d".formatted(firstPaddingRow, rows.rows()));
        }
        notes = notes.stream().map(InputException::printable).toList();
    }
}
