package dev.superpose.checkpoint;

import dev.superpose.result.InputException;
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

    /// Name, shape and dtype in words, safe to print.
    public String describe() {
        String dimensions = shape.stream().map(String::valueOf).collect(Collectors.joining(", ", "(", ")"));
        String shown = name.length() > 100 ? name.substring(0, 100) + "…" : name;
        return InputException.printable("%s %s %s".formatted(shown, dimensions, dtype));
    }
}
