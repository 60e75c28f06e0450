package dev.superpose.checkpoint;

import dev.superpose.result.InputException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A NumPy array on disk, `.npy`: a matrix with one row per thing. What the rows stand for is
/// looked up in the files beside it.
final class NumpyFile {
    private NumpyFile() {}

    /// Opens the matrix; its numbers stay where they are.
    static Checkpoint open(Path file) throws IOException {
        return MappedModel.open(file, NumpyFile::matrices);
    }

    /// Whether a file found in a folder is a matrix, rather than a table or a list of
    /// something else.
    static boolean recognises(Path file) throws IOException {
        try (Checkpoint _ = open(file)) {
            return true;
        } catch (InputException _) {
            return false;
        }
    }

    /// The matrix in `bytes`, the whole of `file`.
    static List<PackedMatrix> matrices(Path file, MemorySegment bytes) throws IOException {
        NpyHeader header = NpyHeader.read(file, "", bytes, bytes.byteSize());
        return List.of(matrix(file, "", header.rows(file, "", bytes), List.of()));
    }

    /// The matrix with what its rows stand for.
    ///
    /// @param name its name in the file; empty if it is the whole
    /// @param notes what is to be said of it already
    static PackedMatrix matrix(Path file, String name, NumpyRows rows, List<String> notes) throws IOException {
        List<String> all = new ArrayList<>(notes);
        MatrixNotes.ofShape(rows.rows(), rows.width(), all);
        if (rows.header().dtype().quantised() || rows.header().dtype() == Dtype.I16) {
            all.add(MatrixNotes.unscaled(rows.header().dtype()));
        }
        Optional<Vocabulary.Found> beside = Vocabulary.find(file.resolveSibling(""), MappedModel.stem(file));
        RowTokens known = RowTokens.of(beside, rows, Role.VECTORS, Optional.empty(), all);
        return new PackedMatrix(
                MappedModel.stem(file),
                file,
                name,
                Role.VECTORS,
                false,
                rows.header().dtype().toString(),
                rows,
                known.firstPaddingRow(),
                known.tokens(),
                all);
    }
}
