package dev.superpose.checkpoint;

import dev.superpose.numeric.RowBlocks;
import dev.superpose.result.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A file of `torch.save` (PyTorch 1.6 or later), mapped into memory: a zip archive of a pickle,
/// which says what the tensors are, and of their numbers. The pickle is read as data ([Pickle]);
/// nothing in it is run.
///
/// Format: PyTorch, `torch/serialization.py` and `caffe2/serialize/inline_container.h`.
final class TorchFile implements TensorFile {
    private static final List<String> EXTENSIONS = List.of(".bin", ".pt", ".pth", ".ckpt");
    private static final String PICKLE = "data.pkl";
    private static final int PREFIX = 512;
    private static final int LONGEST_WORD = 64;

    private final Path file;
    private final Arena arena;
    private final MemorySegment bytes;
    private final StateDict contents;

    private TorchFile(Path file, Arena arena, MemorySegment bytes, StateDict contents) {
        this.file = file;
        this.arena = arena;
        this.bytes = bytes;
        this.contents = contents;
    }

    /// Opens `file` and checks all tensors of its state dict.
    ///
    /// @throws InputException if it is no sound file of PyTorch, or holds no state dict
    static TorchFile open(Path file) throws IOException {
        FileKind.requireFile(file);
        FileKind kind = FileKind.of(file);
        if (kind != FileKind.ZIP) {
            throw kind.refusal(file, "a zip archive of torch.save");
        }
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
    static TorchFile of(Path file, Arena arena, MemorySegment bytes) throws InputException {
        return new TorchFile(file, arena, bytes, read(file, bytes));
    }

    /// Whether a file is named as files of PyTorch are.
    static boolean named(Path file) {
        return !stem(file).equals(String.valueOf(file.getFileName()));
    }

    /// The file's name without the extension, if it is one of PyTorch's.
    static String stem(Path file) {
        String name = String.valueOf(file.getFileName());
        return EXTENSIONS.stream()
                .filter(name::endsWith)
                .findFirst()
                .map(extension -> name.substring(0, name.length() - extension.length()))
                .orElse(name);
    }

    /// Whether a regular file is named as files of PyTorch are, and begins like one.
    static boolean recognises(Path file) throws IOException {
        if (!named(file) || FileKind.of(file) != FileKind.ZIP) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(PREFIX), StandardCharsets.ISO_8859_1).contains("/" + PICKLE);
        }
    }

    private static StateDict read(Path file, MemorySegment bytes) throws InputException {
        ZipDirectory zip = ZipDirectory.read(file, bytes);
        String pickle = findPickle(file, zip);
        String folder = pickle.substring(0, pickle.length() - PICKLE.length());
        if (zip.has(folder + "constants.pkl")) {
            throw new InputException(
                    file,
                    "",
                    "a file of torch.save",
                    "a TorchScript archive",
                    "load it with torch.jit.load and save its state_dict() with torch.save");
        }
        requireLittleEndian(file, bytes, zip, folder + "byteorder");
        ZipDirectory.Span span = zip.find(pickle);
        if (span.bytes() > Pickle.LONGEST) {
            throw new InputException(
                    file,
                    "entry '%s'".formatted(pickle),
                    "at most %,d bytes".formatted(Pickle.LONGEST),
                    "%,d".formatted(span.bytes()),
                    "save model.state_dict() by itself");
        }
        byte[] program = bytes.asSlice(span.offset(), span.bytes()).toArray(ValueLayout.JAVA_BYTE);
        return StateDict.find(file, pickle, Pickle.read(file, pickle, program), zip, folder);
    }

    private static String findPickle(Path file, ZipDirectory zip) throws InputException {
        for (String name : zip.names()) {
            if (name.endsWith("/" + PICKLE) && name.indexOf('/') == name.length() - PICKLE.length() - 1) {
                return name;
            }
        }
        throw new InputException(
                file,
                "directory",
                "an entry '<name>/%s', as torch.save writes it".formatted(PICKLE),
                "none: a zip archive of another kind",
                "give a file of torch.save, or safetensors");
    }

    private static void requireLittleEndian(Path file, MemorySegment bytes, ZipDirectory zip, String entry)
            throws InputException {
        if (!zip.has(entry)) {
            return;
        }
        ZipDirectory.Span span = zip.find(entry);
        byte[] text = bytes.asSlice(span.offset(), Math.min(span.bytes(), LONGEST_WORD))
                .toArray(ValueLayout.JAVA_BYTE);
        String order = new String(text, StandardCharsets.ISO_8859_1);
        if (!order.equals("little")) {
            throw new InputException(
                    file,
                    "entry '%s'".formatted(entry),
                    "'little'",
                    "'%s'".formatted(order),
                    "save it again on a little-endian machine");
        }
    }

    @Override
    public Path file() {
        return file;
    }

    @Override
    public Set<String> names() {
        Set<String> names = new LinkedHashSet<>(contents.tensors().keySet());
        names.addAll(contents.opaque().keySet());
        return Collections.unmodifiableSet(names);
    }

    /// This file, which refuses tensors whose kind it cannot read.
    @Override
    public TorchFile holding(String name) throws InputException {
        String what = contents.opaque().get(name);
        if (what != null) {
            throw new InputException(
                    file,
                    "tensor '%s'".formatted(name),
                    "a dense tensor",
                    "an object made by " + what,
                    "save it dense and not quantised, by itself if need be");
        }
        return this;
    }

    @Override
    public List<TensorFile> files() {
        return List.of(this);
    }

    @Override
    public Collection<TensorInfo> tensors() {
        return contents.tensors().values().stream().map(StateDict.Placed::info).toList();
    }

    @Override
    public Optional<TensorInfo> find(String name) {
        return Optional.ofNullable(contents.tensors().get(name)).map(StateDict.Placed::info);
    }

    @Override
    public RowBlocks rows(String name) throws InputException {
        StateDict.Placed tensor = contents.tensors().get(name);
        if (tensor == null) {
            throw new InputException(file, "", "a tensor '%s'".formatted(name), "none of that name", "");
        }
        TensorInfo info = tensor.info();
        int width = info.rowWidth(file);
        long rows = info.shape().get(0);
        if (rows == 0 || tensor.rowMajor()) {
            return new MappedRows(file, bytes.asSlice(info.offset(), info.bytes()), info.dtype(), rows, width);
        }
        long rowStep = tensor.strides().get(0);
        long columnStep = tensor.strides().get(1);
        return new StridedRows(file, bytes.asSlice(info.offset()), info.dtype(), rows, width, rowStep, columnStep);
    }

    @Override
    public Optional<MemorySegment> rowMajor(TensorInfo tensor) {
        StateDict.Placed placed = contents.tensors().get(tensor.name());
        return (placed != null && placed.rowMajor())
                ? Optional.of(bytes.asSlice(tensor.offset(), tensor.bytes()))
                : Optional.empty();
    }

    @Override
    public void close() {
        arena.close();
    }
}
