package dev.superpose.checkpoint;

import dev.superpose.result.InputException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/// What a GGUF file says of one of its tensors, checked against the file's size.
///
/// @param shape its dimensions as the file has them: the length of a row first; none for a scalar
/// @param offset where its bytes begin, counted from the start of the file
/// @param bytes how many they are
record GgufTensor(String name, GgufType type, List<Long> shape, long offset, long bytes) {
    GgufTensor {
        shape = List.copyOf(shape);
    }

    /// The rows of this tensor of `file`, whose bytes are `whole`.
    ///
    /// @throws InputException if it is no matrix, or its numbers cannot be read as float32
    GgufRows rows(Path file, MemorySegment whole) throws InputException {
        if (shape.size() != 2 || shape.getFirst() > MappedRows.WIDEST) {
            throw new InputException(
                    file,
                    "tensor '%s'".formatted(name),
                    "a matrix with rows of at most %,d numbers".formatted(MappedRows.WIDEST),
                    describe(),
                    "");
        }
        if (!type.readable()) {
            throw new InputException(
                    file,
                    "%s, tensor '%s'".formatted(GgufCursor.place(offset), name),
                    "numbers of a type that can be read as float32",
                    type,
                    "quantise the model with --token-embedding-type and --output-tensor-type of llama-quantize set to"
                            + " q8_0, q6_K or the like, or use it unquantised");
        }
        return new GgufRows(file, whole.asSlice(offset, bytes), type, shape.get(1), Math.toIntExact(shape.getFirst()));
    }

    /// Name, shape and type in words, slowest dimension first as elsewhere; safe to print.
    String describe() {
        String dimensions = shape.reversed().stream().map(String::valueOf).collect(Collectors.joining(", ", "(", ")"));
        return InputException.printable("%s %s %s".formatted(name, dimensions, type));
    }
}
