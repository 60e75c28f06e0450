package dev.superpose.checkpoint;

import dev.superpose.numeric.RowBlocks;
import dev.superpose.result.InputException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A model in one of the three layouts of llama2.c. The embedding is found by counting; where the
/// unembedding is not shared, it is the last matrix of the file.
final class LlamaFile {
    private LlamaFile() {}

    /// Opens the model; its numbers stay where they are.
    static Checkpoint open(Path file) throws IOException {
        return MappedModel.open(file, LlamaFile::matrices);
    }

    /// The matrices in `bytes`, the whole of `file`.
    static List<PackedMatrix> matrices(Path file, MemorySegment bytes) throws IOException {
        LlamaHeader header = LlamaHeader.read(file, bytes);
        Optional<Vocabulary.Found> tokens = vocabulary(file, header);
        if (header.shared()) {
            return List.of(matrix(file, header, bytes, header.embeddingAt(), Role.UNEMBEDDING, tokens));
        }
        long last = bytes.byteSize() - header.matrixBytes();
        return List.of(
                matrix(file, header, bytes, last, Role.UNEMBEDDING, tokens),
                matrix(file, header, bytes, header.embeddingAt(), Role.EMBEDDING, tokens));
    }

    private static PackedMatrix matrix(
            Path file, LlamaHeader header, MemorySegment bytes, long at, Role role, Optional<Vocabulary.Found> tokens)
            throws IOException {
        List<String> notes = new ArrayList<>();
        RowBlocks rows = rows(file, header, bytes, at);
        RowTokens known = RowTokens.of(tokens, rows, role, Optional.empty(), notes);
        return new PackedMatrix(
                MappedModel.stem(file),
                file,
                role == Role.EMBEDDING || header.shared() ? "tok_embeddings" : "output",
                role,
                header.shared(),
                header.version() == 2 ? "Q8_0/" + header.group() : Dtype.F32.name(),
                rows,
                known.firstPaddingRow(),
                known.tokens(),
                notes);
    }

    private static RowBlocks rows(Path file, LlamaHeader header, MemorySegment bytes, long at) throws InputException {
        MemorySegment matrix = bytes.asSlice(at, header.matrixBytes());
        if (header.version() != 2) {
            return new MappedRows(file, matrix, Dtype.F32, header.vocabulary(), header.width());
        }
        var rows = new GroupScaledRows(
                file,
                matrix.asSlice(0, header.numbers()),
                matrix.asSlice(header.numbers()),
                header.group(),
                header.vocabulary(),
                header.width());
        rows.checkScales(at + header.numbers());
        return rows;
    }

    /// The list of tokens beside the model: one by lines as with other formats, else a tokenizer
    /// of llama2.c that has as many tokens as the model.
    private static Optional<Vocabulary.Found> vocabulary(Path file, LlamaHeader header) throws IOException {
        Path folder = file.resolveSibling("");
        Optional<Vocabulary.Found> listed = Vocabulary.find(folder, MappedModel.stem(file));
        return listed.isPresent() ? listed : LlamaTokens.find(folder, header.vocabulary());
    }
}
