package dev.superpose.checkpoint;

import dev.superpose.numeric.FloatMatrix;
import dev.superpose.numeric.RowBlocks;
import dev.superpose.result.InputException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A safetensors file, mapped into memory: its numbers are read when asked for, so a file larger
/// than the heap, or than 2 GiB, costs no more than its header. Several threads may read at once;
/// after [#close] none may.
public final class Safetensors implements TensorFile {
    static final String METADATA = "__metadata__";

    private final Path file;
    private final Arena arena;
    private final MemorySegment bytes;
    private final SafetensorsHeader.Contents contents;

    private Safetensors(Path file, Arena arena, MemorySegment bytes, SafetensorsHeader.Contents contents) {
        this.file = file;
        this.arena = arena;
        this.bytes = bytes;
        this.contents = contents;
    }

    /// Opens `file` and checks its whole header.
    ///
    /// @throws InputException if it is not a sound safetensors file; the message says what it
    /// seems to be
    public static Safetensors open(Path file) throws IOException {
        FileKind.requireFile(file);
        FileKind.refuseUnless(file, FileKind.SAFETENSORS);
        Arena arena = Arena.ofShared();
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            MemorySegment bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            return of(file, arena, bytes);
        } catch (IOException | RuntimeException | Error e) {
            arena.close();
            throw e;
        }
    }

    /// The file whose bytes are `bytes`; closing it closes `arena`.
    static Safetensors of(Path file, Arena arena, MemorySegment bytes) throws InputException {
        return new Safetensors(file, arena, bytes, SafetensorsHeader.read(file, bytes));
    }

    /// The file.
    @Override
    public Path file() {
        return file;
    }

    /// All tensors, in the order of the header.
    @Override
    public Collection<TensorInfo> tensors() {
        return Collections.unmodifiableCollection(contents.tensors().values());
    }

    /// The tensor of that name.
    @Override
    public Optional<TensorInfo> find(String name) {
        return Optional.ofNullable(contents.tensors().get(name));
    }

    /// The strings that the file carries about itself.
    public Map<String, String> metadata() {
        return Collections.unmodifiableMap(contents.metadata());
    }

    /// The rows of a matrix (n, m), read on demand.
    ///
    /// @throws InputException if there is no such tensor, it is no matrix, or its numbers
    /// have no float32 form
    @Override
    public RowBlocks rows(String name) throws InputException {
        TensorInfo tensor = require(name, 2);
        int width = tensor.rowWidth(file);
        MemorySegment numbers = bytes.asSlice(tensor.offset(), tensor.bytes());
        return new MappedRows(file, numbers, tensor.dtype(), tensor.shape().get(0), width);
    }

    /// A whole matrix (n, m) in memory.
    ///
    /// @throws InputException as [#rows], or if it has more numbers than one array can hold
    public FloatMatrix matrix(String name) throws IOException {
        RowBlocks rows = rows(name);
        if (rows.rows() > Integer.MAX_VALUE / 2 / rows.width()) {
            throw new InputException(
                    file,
                    "tensor '%s'".formatted(name),
                    "at most 2^30 numbers",
                    require(name, 2).describe(),
                    "");
        }
        FloatMatrix matrix = FloatMatrix.zeros((int) rows.rows(), rows.width());
        rows.read(0, matrix.rows(), matrix.data());
        return matrix;
    }

    /// A whole vector (n) in memory.
    ///
    /// @throws InputException if there is no such tensor, it is no vector, or its numbers
    /// have no float32 form
    public float[] vector(String name) throws IOException {
        TensorInfo tensor = require(name, 1);
        long length = tensor.shape().get(0);
        if (!tensor.dtype().readable() || length > Integer.MAX_VALUE / 2) {
            throw new InputException(
                    file,
                    "tensor '%s'".formatted(name),
                    "at most 2^30 numbers that can be read as float32",
                    tensor.describe(),
                    "convert the tensor to F32");
        }
        float[] vector = new float[(int) length];
        MemorySegment numbers = bytes.asSlice(tensor.offset(), tensor.bytes());
        tensor.dtype().decode(numbers, 0, vector, 0, vector.length);
        return vector;
    }

    /// The names of all tensors.
    @Override
    public Set<String> names() {
        return Collections.unmodifiableSet(contents.tensors().keySet());
    }

    /// This file.
    @Override
    public Safetensors holding(String name) throws InputException {
        return this;
    }

    /// This file.
    @Override
    public List<TensorFile> files() {
        return List.of(this);
    }

    @Override
    public Optional<MemorySegment> rowMajor(TensorInfo tensor) {
        return Optional.of(bytes.asSlice(tensor.offset(), tensor.bytes()));
    }

    private TensorInfo require(String name, int dimensions) throws InputException {
        TensorInfo tensor = contents.tensors().get(name);
        if (tensor == null) {
            throw new InputException(file, "header", "a tensor '%s'".formatted(name), "none of that name", "");
        }
        if (tensor.shape().size() != dimensions) {
            throw new InputException(
                    file,
                    "tensor '%s'".formatted(name),
                    "%d dimension%s".formatted(dimensions, dimensions == 1 ? "" : "s"),
                    tensor.describe(),
                    "");
        }
        return tensor;
    }

    @Override
    public void close() {
        arena.close();
    }
}
