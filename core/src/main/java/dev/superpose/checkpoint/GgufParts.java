package dev.superpose.checkpoint;

import dev.superpose.result.InputException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The files of one GGUF model: one, or several that were split by `gguf-split`, named
/// `<name>-00001-of-0000N.gguf`. The first has the metadata; each has its own tensors.
final class GgufParts {
    private static final Pattern PART = Pattern.compile("(?<stem>.*)-(?<number>[0-9]{5})-of-(?<count>[0-9]{5})\\.gguf");
    private static final String COUNT = "split.count";
    private static final String NUMBER = "split.no";
    private static final String TENSORS = "split.tensors.count";
    private static final String FETCH_ALL = "fetch all parts of the model again";

    private final List<Part> parts;

    private GgufParts(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    /// One mapped file.
    record Part(Path file, MemorySegment bytes, GgufHeader header) {
        static Part map(Path file, Arena arena) throws IOException {
            MemorySegment bytes = MappedModel.map(file, arena);
            return new Part(file, bytes, GgufHeader.read(file, bytes));
        }

        private Optional<Long> integer(String key) {
            return header.metadata().integer(key);
        }

        private void require(String key, long value) throws InputException {
            if (integer(key).orElse(-1L) != value) {
                throw new InputException(
                        file,
                        "'%s'".formatted(key),
                        "%,d".formatted(value),
                        integer(key).map("%,d"::formatted).orElse("none"),
                        FETCH_ALL);
            }
        }
    }

    /// A tensor and the file it is in.
    record Located(Part part, GgufTensor tensor) {
        GgufRows rows() throws InputException {
            return tensor.rows(part.file, part.bytes);
        }

        /// Whether both are the same numbers stored alike.
        boolean sameAs(Located other) {
            return tensor.type() == other.tensor.type()
                    && tensor.shape().equals(other.tensor.shape())
                    && stored().mismatch(other.stored()) < 0;
        }

        private MemorySegment stored() {
            return part.bytes.asSlice(tensor.offset(), tensor.bytes());
        }
    }

    /// What the name of a part says.
    private record Place(String stem, int number, int count) {
        static Optional<Place> of(Path file) {
            Matcher name = PART.matcher(String.valueOf(file.getFileName()));
            return name.matches()
                    ? Optional.of(new Place(
                            name.group("stem"),
                            Integer.parseInt(name.group("number")),
                            Integer.parseInt(name.group("count"))))
                    : Optional.empty();
        }

        String file(int of) {
            return "%s-%05d-of-%05d.gguf".formatted(stem, of, count);
        }
    }

    /// Whether `file` is not named as the second or a later part of a model.
    static boolean isFirst(Path file) {
        return Place.of(file).map(place -> place.number == 1).orElse(true);
    }

    /// The name of the model by the name of its file, or of any part of it.
    static String stem(Path file) {
        return Place.of(file).map(Place::stem).orElseGet(() -> MappedModel.stem(file));
    }

    /// Maps `file`, and if it is a part of a model, all others.
    ///
    /// @throws InputException if a part is missing or damaged, or belongs to another model
    static GgufParts map(Path file, Arena arena) throws IOException {
        Part named = Part.map(file, arena);
        Optional<Place> place = Place.of(file);
        long count = named.integer(COUNT).orElse(1L);
        if (count <= 1 && place.isEmpty()) {
            return new GgufParts(List.of(named));
        }
        if (place.isEmpty()) {
            throw new InputException(
                    file,
                    "",
                    "a name that ends in -00001-of-%05d.gguf, as one of %,d parts of a model".formatted(count, count),
                    file.getFileName(),
                    "give the parts the names they had");
        }
        named.require(COUNT, place.get().count);
        named.require(NUMBER, place.get().number - 1);
        List<Part> parts = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            parts.add(
                    i == place.get().number
                            ? named
                            : other(file.resolveSibling(""), place.get().file(i), arena));
        }
        check(parts);
        return new GgufParts(parts);
    }

    private static Part other(Path folder, String name, Arena arena) throws IOException {
        Path file = folder.resolve(name);
        if (Confinement.find(folder, name).isEmpty()) {
            throw new InputException(file, "", "a part of the model", "no such file", "fetch it");
        }
        FileKind.requireFile(file);
        FileKind.refuseUnless(file, FileKind.GGUF);
        return Part.map(file, arena);
    }

    private static void check(List<Part> parts) throws InputException {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            part.require(COUNT, parts.size());
            part.require(NUMBER, i);
            for (String name : part.header.tensors().keySet()) {
                if (!names.add(name)) {
                    throw new InputException(
                            part.file, "", "each tensor in one part", "'%s' again".formatted(name), FETCH_ALL);
                }
            }
        }
        for (Part part : parts) {
            part.require(TENSORS, names.size());
        }
    }

    /// What the model says of itself.
    GgufMetadata metadata() {
        return first().header.metadata();
    }

    /// The first file, which has the metadata.
    Part first() {
        return parts.getFirst();
    }

    /// The tensors of all files.
    List<GgufTensor> tensors() {
        return parts.stream()
                .flatMap(part -> part.header.tensors().values().stream())
                .toList();
    }

    /// The tensor of that name.
    Optional<Located> find(String name) {
        return parts.stream()
                .flatMap(part ->
                        Optional.ofNullable(part.header.tensors().get(name))
                                .map(tensor -> new Located(part, tensor))
                                .stream())
                .findFirst();
    }
}
