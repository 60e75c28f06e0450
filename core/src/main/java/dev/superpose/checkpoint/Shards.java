package dev.superpose.checkpoint;

import dev.superpose.result.InputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// A model whose tensors are spread over several files, by an index: `{"metadata": ...,
/// "weight_map": {tensor: file}}`. A file is opened when a tensor of it is asked for, so that the
/// embeddings of a large model can be read where only their files were fetched.
final class Shards implements TensorFiles {
    private static final int MOST_TENSORS = 1_000_000;
    private static final int MOST_NOTES = 3;

    private final Path index;
    private final Part part;
    private final Map<String, String> places;
    private final OptionalLong totalSize;
    private final Map<String, TensorFile> opened = new HashMap<>();

    private Shards(Path index, Part part, Map<String, String> places, OptionalLong totalSize) {
        this.index = index;
        this.part = part;
        this.places = places;
        this.totalSize = totalSize;
    }

    /// The kind of files that an index leads to.
    enum Part {
        SAFETENSORS("model", ModelFolder.EXTENSION),
        TORCH("pytorch_model", ".bin");

        private final String stem;
        private final String extension;

        Part(String stem, String extension) {
            this.stem = stem;
            this.extension = extension;
        }

        /// What a model that is one such file is called in its folder.
        String standardName() {
            return stem + extension;
        }

        /// Whether a regular file under any name is of this kind.
        boolean recognises(Path file) throws IOException {
            return switch (this) {
                case SAFETENSORS -> ModelFolder.isSafetensors(file);
                case TORCH -> TorchFile.recognises(file);
            };
        }

        /// Opens a file of this kind.
        TensorFile open(Path file) throws IOException {
            return switch (this) {
                case SAFETENSORS -> Safetensors.open(file);
                case TORCH -> TorchFile.open(file);
            };
        }

        /// Whether `name` can only be a file in the index's own folder: no separator of any
        /// system, no drive, no way up.
        private boolean plain(String name) {
            return name.endsWith(extension)
                    && !name.startsWith(".")
                    && name.length() <= 255
                    && name.chars().allMatch(c -> c > ' ' && c != '/' && c != '\\' && c != ':' && c != 127);
        }
    }

    /// Reads `index`, whose files are of the kind `part`.
    static Shards open(Path index, Part part) throws IOException {
        Map<String, String> places = new LinkedHashMap<>();
        OptionalLong totalSize = JsonText.read(index, parser -> {
            OptionalLong said = OptionalLong.empty();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String key = parser.currentName();
                boolean object = parser.nextToken() == JsonToken.START_OBJECT;
                if (object && key.equals("weight_map")) {
                    readMap(index, part, parser, places);
                } else if (object && key.equals("metadata")) {
                    said = readTotalSize(parser);
                } else {
                    parser.skipChildren();
                }
            }
            return said;
        });
        if (places.isEmpty()) {
            throw new InputException(index, "", "tensors under weight_map", "none", "fetch it again");
        }
        return new Shards(index, part, places, totalSize);
    }

    /// The size of all tensors in bytes, where the index gives it; some writers give it as `1.5e9`.
    private static OptionalLong readTotalSize(JsonParser parser) {
        OptionalLong said = OptionalLong.empty();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            boolean total = parser.currentName().equals("total_size");
            if (parser.nextToken().isNumeric() && total) {
                said = OptionalLong.of((long) parser.getDoubleValue());
            } else {
                parser.skipChildren();
            }
        }
        return said;
    }

    private static void readMap(Path index, Part part, JsonParser parser, Map<String, String> places)
            throws IOException {
        // Many tensors share few files: one string for each file.
        Map<String, String> files = new HashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String tensor = parser.currentName();
            if (parser.nextToken() != JsonToken.VALUE_STRING || !part.plain(parser.getString())) {
                throw JsonText.wrong(index, parser, "the name of a file in the same folder");
            }
            String file = files.computeIfAbsent(parser.getString(), name -> name);
            if (places.putIfAbsent(tensor, file) != null) {
                throw JsonText.wrong(index, parser, "each tensor once, not '%s' again".formatted(tensor));
            }
            if (places.size() > MOST_TENSORS) {
                throw JsonText.wrong(index, parser, "at most %,d tensors".formatted(MOST_TENSORS));
            }
        }
    }

    @Override
    public Path file() {
        return index;
    }

    @Override
    public Set<String> names() {
        return Collections.unmodifiableSet(places.keySet());
    }

    @Override
    public TensorFile holding(String name) throws IOException {
        String place = places.get(name);
        if (place == null) {
            throw new InputException(index, "weight_map", "a tensor '%s'".formatted(name), "none of that name", "");
        }
        TensorFile shard = shard(place).holding(name);
        if (shard.find(name).isEmpty()) {
            throw new InputException(
                    shard.file(),
                    "header",
                    "tensor '%s', as %s says".formatted(name, index.getFileName()),
                    "none of that name",
                    "index and weights do not belong together; fetch both again");
        }
        return shard;
    }

    @Override
    public Optional<TensorInfo> known(String name) {
        return Optional.ofNullable(places.get(name))
                .flatMap(place -> Optional.ofNullable(opened.get(place)))
                .flatMap(shard -> shard.find(name));
    }

    @Override
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        long found = 0;
        for (var shard : opened.entrySet()) {
            for (TensorInfo tensor : shard.getValue().tensors()) {
                found += tensor.bytes();
                if (!shard.getKey().equals(places.get(tensor.name())) && notes.size() < MOST_NOTES) {
                    notes.add("%s lies in %s, where the index does not look for it: passed over"
                            .formatted(tensor.describe(), shard.getKey()));
                }
            }
        }
        boolean all = opened.keySet().containsAll(places.values());
        if (all && totalSize.isPresent() && totalSize.getAsLong() != found) {
            notes.add("the index says %,d bytes in all, its files hold %,d".formatted(totalSize.getAsLong(), found));
        }
        return notes;
    }

    @Override
    public List<TensorFile> files() throws IOException {
        List<TensorFile> files = new ArrayList<>();
        for (String place : new LinkedHashSet<>(places.values())) {
            files.add(shard(place));
        }
        return files;
    }

    private TensorFile shard(String name) throws IOException {
        TensorFile shard = opened.get(name);
        if (shard == null) {
            Path file = index.resolveSibling(name);
            if (Confinement.find(index.resolveSibling(""), name).isEmpty()) {
                throw new InputException(file, "", "a part of the model", "no such file", "fetch it");
            }
            shard = part.open(file);
            opened.put(name, shard);
        }
        return shard;
    }

    @Override
    public void close() {
        opened.values().forEach(TensorFile::close);
        opened.clear();
    }
}
