package dev.superpose.checkpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What a reader should know of a matrix besides its numbers: where it and `config.json` disagree,
/// and what the model does with its rows that they do not show.
final class ConfigNotes {
    /// Biases of heads that are not called like the head itself.
    private static final List<String> BIASES = List.of(
            "lm_head.bias",
            "cls.predictions.bias",
            "cls.predictions.decoder.bias",
            "predictions.bias",
            "generator_lm_head.bias",
            "vocab_projector.bias",
            "final_logits_bias");

    private final TensorFiles weights;
    private final ModelConfig config;

    ConfigNotes(TensorFiles weights, ModelConfig config) {
        this.weights = weights;
        this.config = config;
    }

    /// The notes on the matrix `name` of `rows` rows, each `width` wide.
    List<String> of(String name, long rows, long width, Role role, boolean tied) {
        List<String> notes = new ArrayList<>();
        if (config.vocabularySize().isPresent() && config.vocabularySize().get() != rows) {
            notes.add("config.json says vocab_size %,d, the matrix has %,d rows"
                    .formatted(config.vocabularySize().get(), rows));
        }
        width(width, role).ifPresent(notes::add);
        MatrixNotes.ofShape(rows, width, notes);
        if (role == Role.UNEMBEDDING) {
            bias(name).ifPresent(notes::add);
        }
        if (role != Role.VECTORS) {
            scales(role, tied).ifPresent(notes::add);
        }
        return notes;
    }

    private Optional<String> width(long width, Role role) {
        if (role == Role.VECTORS
                || config.hiddenSize().isEmpty()
                || config.hiddenSize().get() == width) {
            return Optional.empty();
        }
        String projection = Stream.of(
                        "project_out.weight", "embedding_hidden_mapping_in.weight", "embeddings_project.weight")
                .flatMap(end -> weights.names().stream().filter(name -> name.endsWith(end)))
                .findFirst()
                .map("; '%s' leads from one to the other"::formatted)
                .orElse("");
        return Optional.of("the rows are %,d wide, the layers %,d (hidden_size)%s"
                .formatted(width, config.hiddenSize().get(), projection));
    }

    private Optional<String> bias(String name) {
        String own = name.endsWith(".weight") ? name.substring(0, name.length() - "weight".length()) + "bias" : "";
        return Stream.concat(Stream.of(own), BIASES.stream())
                .filter(weights.names()::contains)
                .findFirst()
                .map(bias -> weights.known(bias).map(TensorInfo::describe).orElse(bias))
                .map(MatrixNotes::bias);
    }

    private Optional<String> scales(Role role, boolean tied) {
        List<String> scales = new ArrayList<>();
        boolean input = role == Role.EMBEDDING || tied;
        boolean output = role == Role.UNEMBEDDING;
        config.scales().forEach((key, value) -> {
            if (ModelConfig.INPUT_SCALES.contains(key) ? input : output) {
                scales.add("%s %s".formatted(key, value));
            }
        });
        boolean root = config.modelTypes().stream().anyMatch(type -> type.matches("gemma.*|t5gemma.*"));
        if (input && root) {
            scales.add("√hidden_size at the input");
        }
        boolean t5 = config.modelTypes().stream().anyMatch(type -> type.matches("m?t5|umt5"));
        if (tied && t5) {
            scales.add("1/√d_model at the output");
        }
        return scales.isEmpty()
                ? Optional.empty()
                : Optional.of("the model scales outside these rows (%s): angles are the same, norms are as stored"
                        .formatted(String.join(", ", scales)));
    }
}
