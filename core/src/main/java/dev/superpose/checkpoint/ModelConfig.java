package dev.superpose.checkpoint;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// What `config.json` says of a model. A hint, never the truth: the tensors have the last word.
///
/// @param modelTypes the names of the architecture, the language model's own before that of a
/// model around it
/// @param tied whether embedding and unembedding are one
/// @param vocabularySize the number of rows
/// @param hiddenSize the width of the layers, which is not always that of the embedding
/// @param scales by which the model multiplies embeddings or logits, or what it bounds these by
/// @param notes what is odd about the file
record ModelConfig(
        List<String> modelTypes,
        Optional<Boolean> tied,
        Optional<Long> vocabularySize,
        Optional<Long> hiddenSize,
        Map<String, Double> scales,
        List<String> notes) {
    private static final Set<String> NESTED = Set.of("text_config", "llm_config", "language_config");

    /// Scales of the input embedding; the others are of the logits.
    static final Set<String> INPUT_SCALES = Set.of("embedding_multiplier", "scale_emb");

    private static final Set<String> SCALES = Set.of(
            "embedding_multiplier",
            "scale_emb",
            "logit_scale",
            "logits_scaling",
            "lm_head_multiplier",
            "dim_model_base",
            "final_logit_softcapping");

    private static final Set<String> SIZES = Set.of("vocab_size", "hidden_size", "n_embd", "d_model");
    private static final String TYPE = "model_type";
    private static final String TIED = "tie_word_embeddings";

    private static final int LONGEST_TYPE = 100;

    ModelConfig {
        modelTypes = List.copyOf(modelTypes);
        scales = Collections.unmodifiableMap(new TreeMap<>(scales));
        notes = List.copyOf(notes);
    }

    /// What is said if there is no such file.
    static ModelConfig none() {
        return new ModelConfig(List.of(), Optional.empty(), Optional.empty(), Optional.empty(), Map.of(), List.of());
    }

    static ModelConfig read(Path file) throws IOException {
        return JsonText.read(file, parser -> new Reading(file).read(parser));
    }

    /// One pass over the file. A value is kept as String, Boolean or Long; what is nested
    /// goes to `inner`.
    private static final class Reading {
        private final Path file;
        private final Map<String, Object> outer = new HashMap<>();
        private final Map<String, Object> inner = new HashMap<>();
        private final Set<String> notes = new LinkedHashSet<>();

        Reading(Path file) {
            this.file = file;
        }

        ModelConfig read(JsonParser parser) throws IOException {
            read(parser, outer, true);
            Object outerTied = outer.get(TIED);
            Object innerTied = inner.get(TIED);
            if (outerTied != null && innerTied != null && !outerTied.equals(innerTied)) {
                notes.add(
                        "config.json contradicts itself on tie_word_embeddings; the language model's own value, %s, counts"
                                .formatted(innerTied));
            }
            List<String> types = Stream.of(inner, outer)
                    .flatMap(level -> Optional.ofNullable(level.get(TYPE)).stream())
                    .filter(String.class::isInstance)
                    .map(String.class::cast)
                    .toList();
            Optional<Long> width = find("hidden_size", Long.class)
                    .or(() -> find("n_embd", Long.class))
                    .or(() -> find("d_model", Long.class));
            Map<String, Double> scales = new TreeMap<>();
            SCALES.forEach(key -> find(key, Double.class).ifPresent(value -> scales.put(key, value)));
            return new ModelConfig(
                    types,
                    find(TIED, Boolean.class),
                    find("vocab_size", Long.class),
                    width,
                    scales,
                    List.copyOf(notes));
        }

        private <T> Optional<T> find(String key, Class<T> type) {
            Object value = inner.getOrDefault(key, outer.get(key));
            return type.isInstance(value) ? Optional.of(type.cast(value)) : Optional.empty();
        }

        private void read(JsonParser parser, Map<String, Object> level, boolean outermost) throws IOException {
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String key = parser.currentName();
                JsonToken token = parser.nextToken();
                if (outermost && token == JsonToken.START_OBJECT && NESTED.contains(key)) {
                    read(parser, inner, false);
                } else if (wanted(key) && token != JsonToken.VALUE_NULL) {
                    keep(parser, key, level);
                } else {
                    parser.skipChildren();
                }
            }
            if (parser.currentToken() != JsonToken.END_OBJECT) {
                throw JsonText.wrong(file, parser, "the rest of the object");
            }
        }

        private static boolean wanted(String key) {
            return key.equals(TYPE) || key.equals(TIED) || SIZES.contains(key) || SCALES.contains(key);
        }

        private void keep(JsonParser parser, String key, Map<String, Object> level) {
            JsonToken token = parser.currentToken();
            boolean fits = switch (key) {
                case TYPE -> token == JsonToken.VALUE_STRING && parser.getStringLength() <= LONGEST_TYPE;
                case TIED -> token.isBoolean();
                default ->
                    SCALES.contains(key)
                            ? token.isNumeric()
                            : token == JsonToken.VALUE_NUMBER_INT
                                    && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
            };
            if (!fits) {
                notes.add("config.json: the value of %s is not of its kind and was passed over".formatted(key));
                parser.skipChildren();
                return;
            }
            Object value = switch (key) {
                case TYPE -> parser.getString();
                case TIED -> parser.getBooleanValue();
                default -> SCALES.contains(key) ? (Object) parser.getDoubleValue() : (Object) parser.getLongValue();
            };
            if (level.put(key, value) != null) {
                notes.add("config.json has %s twice; the last counts".formatted(key));
            }
        }
    }
}
