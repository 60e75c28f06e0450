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
import java.util.Set;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// A model whose tensors are spread over several files, by an index: `{"metadata": ...,
/// "weight_map": {tensor: file}}`. A file is opened when a tensor of it is asked for, so that the
/// embeddings of a large model can be read where only their files were fetched.
final class Shards implements TensorFiles {
    private static final int MOST_TENSORS = 1_000_000;

    private final Path index;
    private final Part part;
    private final Map<String, String> places;
    private final Map<String, TensorFile> opened = new HashMap<>();

    private Shards(Path index, Part part, Map<String, String> places) {
        this.index = index;
        this.part = part;
        this.places = places;
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
        JsonText.read(index, parser -> {
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean map = parser.currentName().equals("weight_map");
                if (parser.nextToken() == JsonToken.START_OBJECT && map) {
                    readMap(index, part, parser, places);
                } else {
                    parser.skipChildren();
                }
            }
            return places;
        });
        if (places.isEmpty()) {
            throw new InputException(index, "", "tensors under weight_map", "none", "fetch it again");
        }
        return new Shards(index, part, places);
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
