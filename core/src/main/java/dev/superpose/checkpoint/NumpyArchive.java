package dev.superpose.checkpoint;

import dev.superpose.result.InputException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/// An archive of NumPy arrays, `.npz`: a zip file with an `.npy` file for each. The one matrix in
/// it is taken, or the one that is named like an embedding. Stored arrays stay where they are; a
/// compressed one is unpacked beside the heap.
final class NumpyArchive {
    private static final String EXTENSION = ".npy";
    private static final Set<String> NAMES = Set.of(
            "embedding", "embeddings", "embed", "emb", "wte", "vectors", "embedding.weight", "embeddings.weight");
    private static final int SHOWN = 8;
    private static final int LONGEST_SHOWN = 100;
    private static final int PREFIX = NpyHeader.LONGEST + 12;
    private static final int BLOCK = 1 << 16;
    private static final int LEAST_BLOCK = 1 << 9;
    private static final String STORE = "save it with numpy.savez, which does not compress";

    private final Path file;
    private final MemorySegment bytes;
    private final ZipDirectory zip;
    private final List<Candidate> matrices = new ArrayList<>();
    private final List<String> others = new ArrayList<>();
    private Optional<InputException> unreadable = Optional.empty();

    private NumpyArchive(Path file, MemorySegment bytes) throws InputException {
        this.file = file;
        this.bytes = bytes;
        this.zip = ZipDirectory.read(file, bytes);
    }

    /// A matrix that may be meant.
    private record Candidate(String entry, NpyHeader header) {
        String describe() {
            return "'%s' %s".formatted(shown(entry), header.describe());
        }
    }

    /// Opens the matrix; its numbers stay where they are unless they are compressed.
    static Checkpoint open(Path file) throws IOException {
        return MappedModel.open(file, NumpyArchive::matrices);
    }

    /// The matrix in `bytes`, the whole of `file`.
    static List<PackedMatrix> matrices(Path file, MemorySegment bytes) throws IOException {
        return new NumpyArchive(file, bytes).matrices();
    }

    /// Whether a file found in a folder has a matrix that can be chosen.
    static boolean recognises(Path file) throws IOException {
        try (Checkpoint _ = open(file)) {
            return true;
        } catch (InputException _) {
            return false;
        }
    }

    private List<PackedMatrix> matrices() throws IOException {
        for (String entry : zip.names()) {
            if (entry.endsWith(EXTENSION)) {
                readHeader(entry);
            }
        }
        Candidate chosen = choose();
        String entry = chosen.entry;
        List<String> notes = new ArrayList<>();
        if (matrices.size() > 1) {
            notes.add("one of %d matrices, taken because of its name".formatted(matrices.size()));
        }
        NumpyRows rows = chosen.header.rows(file, place(entry), whole(entry));
        return List.of(NumpyFile.matrix(file, name(entry), rows, notes));
    }

    /// Arrays that cannot be read do no harm as long as the matrix is another one.
    private void readHeader(String entry) throws IOException {
        try {
            ZipDirectory.Packed packed = zip.locate(entry);
            NpyHeader header = NpyHeader.read(file, place(entry), prefix(entry, packed), packed.size());
            if (header.isMatrix()) {
                matrices.add(new Candidate(entry, header));
            } else {
                others.add("'%s' %s".formatted(shown(entry), header.describe()));
            }
        } catch (InputException e) {
            unreadable = unreadable.or(() -> Optional.of(e));
        }
    }

    private Candidate choose() throws InputException {
        if (matrices.size() == 1) {
            return matrices.getFirst();
        }
        List<Candidate> named = matrices.stream()
                .filter(matrix -> NAMES.contains(name(matrix.entry).toLowerCase(Locale.ROOT)))
                .toList();
        if (named.size() == 1) {
            return named.getFirst();
        }
        if (matrices.isEmpty() && others.isEmpty() && unreadable.isPresent()) {
            throw unreadable.get();
        }
        List<String> all = matrices.isEmpty()
                ? others
                : matrices.stream().map(Candidate::describe).toList();
        String shown = all.stream().limit(SHOWN).collect(Collectors.joining("; "));
        // Put together here: a list must not be cut as other findings are.
        throw new InputException("%s: expected one matrix, or one that is named like an embedding, found %s (%s)"
                .formatted(
                        file,
                        all.isEmpty() ? "no array" : shown + (all.size() > SHOWN ? "; …" : ""),
                        "save the one you mean by itself"));
    }

    private MemorySegment prefix(String entry, ZipDirectory.Packed packed) throws IOException {
        if (!packed.deflated()) {
            return bytes.asSlice(packed.offset(), packed.bytes());
        }
        byte[] prefix = inflate(entry, packed, new byte[Math.clamp(packed.size(), 0, PREFIX)]);
        return MemorySegment.ofArray(prefix);
    }

    private byte[] inflate(String entry, ZipDirectory.Packed packed, byte[] target) throws IOException {
        try (InputStream in = inflated(packed)) {
            if (in.readNBytes(target, 0, target.length) < target.length) {
                throw cut(entry, packed);
            }
            return target;
        } catch (ZipException | EOFException e) {
            throw broken(entry, e);
        }
    }

    private MemorySegment whole(String entry) throws IOException {
        ZipDirectory.Packed packed = zip.locate(entry);
        if (!packed.deflated()) {
            return bytes.asSlice(packed.offset(), packed.bytes());
        }
        long most = Math.min(
                BoundedExpansion.most(packed.bytes()),
                Math.min(1L << 30, Runtime.getRuntime().maxMemory() / 2));
        if (packed.size() > most) {
            throw new InputException(
                    file,
                    place(entry) + "directory",
                    "an array that unpacks to at most %,d bytes".formatted(most),
                    "%,d".formatted(packed.size()),
                    STORE);
        }
        MemorySegment target = Arena.ofAuto().allocate(packed.size());
        try (InputStream in = inflated(packed)) {
            byte[] block = new byte[BLOCK];
            long done = 0;
            for (int n = in.read(block); n > 0; n = in.read(block)) {
                if (n > target.byteSize() - done) {
                    throw new InputException(
                            file, place(entry) + "data", "%,d bytes".formatted(packed.size()), "more", STORE);
                }
                MemorySegment.copy(block, 0, target, ValueLayout.JAVA_BYTE, done, n);
                done += n;
            }
            if (done < target.byteSize()) {
                throw cut(entry, packed);
            }
            return target;
        } catch (ZipException | EOFException e) {
            throw broken(entry, e);
        }
    }

    private InputStream inflated(ZipDirectory.Packed packed) {
        var inflater = new Inflater(true);
        // An archive may have a million small entries, each of which is looked at.
        int block = Math.clamp(packed.bytes(), LEAST_BLOCK, BLOCK);
        return new InflaterInputStream(
                new SegmentStream(bytes.asSlice(packed.offset(), packed.bytes())), inflater, block) {
            @Override
            public void close() {
                inflater.end();
            }
        };
    }

    private InputException cut(String entry, ZipDirectory.Packed packed) {
        return new InputException(
                file,
                place(entry) + "data",
                "%,d bytes, as the directory says".formatted(packed.size()),
                "fewer",
                "fetch or save it again");
    }

    private InputException broken(String entry, IOException cause) {
        var broken = new InputException(
                file,
                place(entry) + "data",
                "whole deflated data",
                String.valueOf(cause.getMessage()),
                "fetch or save it again");
        broken.initCause(cause);
        return broken;
    }

    private static String place(String entry) {
        return "array '%s', ".formatted(shown(entry));
    }

    private static String shown(String entry) {
        String name = name(entry);
        return name.length() > LONGEST_SHOWN ? name.substring(0, LONGEST_SHOWN) + "…" : name;
    }

    private static String name(String entry) {
        return entry.substring(0, entry.length() - EXTENSION.length());
    }
}
