package dev.superpose.checkpoint;

import dev.superpose.result.InputException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/// What a file says of one of its tensors, checked against the file's size.
///
/// @param name its name, as the file has it: any characters may be in it
/// @param dtype how its numbers are stored
/// @param shape its dimensions, slowest first; none for a scalar
/// @param offset where its bytes begin, counted from the start of the file
/// @param bytes how many they are
public record TensorInfo(String name, Dtype dtype, List<Long> shape, long offset, long bytes) {
    public TensorInfo {
        shape = List.copyOf(shape);
    }

    /// The length of a row, if this is a matrix whose rows can be read as float32.
    ///
    /// @param file the file that holds it, for messages
    int rowWidth(Path file) throws InputException {
        if (shape.size() != 2) {
            throw new InputException(file, "tensor '%s'".formatted(name), "2 dimensions", describe(), "");
        }
        if (!dtype.readable()) {
            throw new InputException(
                    file,
                    "byte %,d, tensor '%s'".formatted(offset, name),
                    "numbers of a dtype that can be read as float32",
                    dtype,
                    "convert the tensor to F32, F16 or BF16");
        }
        long width = shape.get(1);
        if (width < 1 || width > MappedRows.WIDEST) {
            throw new InputException(
                    file,
                    "tensor '%s'".formatted(name),
                    "rows of 1 to %,d numbers".formatted(MappedRows.WIDEST),
                    describe(),
                    "");
        }
        return (int) width;
    }

    /// Name, shape and dtype in words, safe to print.
    public String describe() {
        String dimensions = shape.stream().map(String::valueOf).collect(Collectors.joining(", ", "(", ")"));
        String shown = name.length() > 100 ? name.substring(0, 100) + "…" : name;
        return InputException.printable("%s %s %s".formatted(shown, dimensions, dtype));
    }
}
