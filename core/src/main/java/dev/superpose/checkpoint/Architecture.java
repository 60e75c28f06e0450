package dev.superpose.checkpoint;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Under which names a family of models stores its embedding and unembedding, and whether they are one matrix where
/// `config.json` does not say. After the sources of Hugging Face transformers 5.18.0; the names of original files, from
/// before a conversion, come last.
///
/// @param types the `model_type`s of the family
/// @param embedding names of the input embedding, likeliest first
/// @param unembedding names of the unembedding, likeliest first
/// @param tied the default of `tie_word_embeddings`; empty where there is no one default
record Architecture(Set<String> types, List<String> embedding, List<String> unembedding, Optional<Boolean> tied) {
    private static final List<String> LM_HEAD = List.of("lm_head.weight");
    private static final List<String> EMBED_TOKENS = List.of("model.embed_tokens.weight");
    private static final List<String> WTE = List.of("transformer.wte.weight");

    private static final List<Architecture> KNOWN = List.of(
            untied(
                    "llama mistral mixtral qwen2 qwen2_moe qwen3 qwen3_moe qwen3_next qwen3_5 qwen3_5_text qwen3_5_moe "
                            + "phi3 olmo olmo2 olmo3 olmoe granite granitemoe stablelm nemotron glm glm4 exaone4 "
                            + "deepseek_v2 deepseek_v3 gpt_oss jamba falcon_h1 minicpm baichuan internlm persimmon",
                    List.of("model.embed_tokens.weight", "tok_embeddings.weight"),
                    List.of("lm_head.weight", "output.weight")),
            tied(
                    "gemma gemma2 gemma3 gemma3_text gemma3n gemma3n_text gemma4 gemma4_text cohere cohere2 starcoder2 "
                            + "smollm3 lfm2",
                    EMBED_TOKENS,
                    LM_HEAD),
            tied("gpt2 gpt_bigcode gpt_neo mpt", WTE, LM_HEAD),
            untied("gptj codegen qwen", WTE, LM_HEAD),
            tied("opt", List.of("model.decoder.embed_tokens.weight"), LM_HEAD),
            untied("gpt_neox", List.of("gpt_neox.embed_in.weight"), List.of("embed_out.weight")),
            untied(
                    "phi",
                    List.of("model.embed_tokens.weight", "transformer.embd.wte.weight"),
                    List.of("lm_head.weight", "lm_head.linear.weight")),
            tied("falcon bloom", List.of("transformer.word_embeddings.weight"), LM_HEAD),
            untied("internlm2", List.of("model.tok_embeddings.weight"), List.of("output.weight")),
            untied(
                    "chatglm",
                    List.of("transformer.embedding.word_embeddings.weight"),
                    List.of("transformer.output_layer.weight")),
            tied("bert", List.of("bert.embeddings.word_embeddings.weight"), List.of("cls.predictions.decoder.weight")),
            tied(
                    "roberta xlm-roberta camembert",
                    List.of("roberta.embeddings.word_embeddings.weight"),
                    List.of("lm_head.decoder.weight")),
            tied(
                    "distilbert",
                    List.of("distilbert.embeddings.word_embeddings.weight"),
                    List.of("vocab_projector.weight")),
            tied("albert", List.of("albert.embeddings.word_embeddings.weight"), List.of("predictions.decoder.weight")),
            tied("electra", List.of("electra.embeddings.word_embeddings.weight"), List.of("generator_lm_head.weight")),
            tied("mamba", List.of("backbone.embeddings.weight", "backbone.embedding.weight"), LM_HEAD),
            untied("mamba2", List.of("backbone.embeddings.weight", "backbone.embedding.weight"), LM_HEAD),
            untied("rwkv", List.of("rwkv.embeddings.weight", "emb.weight"), List.of("head.weight")),
            untied("rwkv7", List.of("model.embeddings.weight"), LM_HEAD),
            tied(
                    "t5 mt5",
                    List.of("shared.weight", "decoder.embed_tokens.weight", "encoder.embed_tokens.weight"),
                    LM_HEAD));

    /// What models wrapped in others, and tools that save them, put in front of a name.
    private static final List<String> PREFIXES = List.of(
            "",
            "model.",
            "transformer.",
            "language_model.",
            "model.language_model.",
            "language_model.model.",
            "text_model.",
            "model.text_model.",
            "base_model.model.",
            "module.",
            "_orig_mod.");

    private static Architecture tied(String types, List<String> embedding, List<String> unembedding) {
        return new Architecture(Set.of(types.split(" ")), embedding, unembedding, Optional.of(true));
    }

    private static Architecture untied(String types, List<String> embedding, List<String> unembedding) {
        return new Architecture(Set.of(types.split(" ")), embedding, unembedding, Optional.of(false));
    }

    /// The architecture of that `model_type`.
    static Optional<Architecture> named(String type) {
        return KNOWN.stream().filter(known -> known.types.contains(type)).findFirst();
    }

    /// All names that any architecture uses, for a model of an unknown one.
    static Architecture unknown() {
        Set<String> embedding = new LinkedHashSet<>();
        Set<String> unembedding = new LinkedHashSet<>();
        for (Architecture known : KNOWN) {
            embedding.addAll(known.embedding);
            unembedding.addAll(known.unembedding);
        }
        return new Architecture(Set.of(), List.copyOf(embedding), List.copyOf(unembedding), Optional.empty());
    }

    /// The name under which the input embedding is among `names`.
    Optional<String> findEmbedding(Set<String> names) {
        List<String> candidates = new ArrayList<>();
        for (String name : embedding) {
            candidates.add(name);
            // A model saved without its head lacks the leading part, or parts, of each name.
            String rest = name;
            while (rest.indexOf('.') != rest.lastIndexOf('.')) {
                rest = rest.substring(rest.indexOf('.') + 1);
                candidates.add(rest);
            }
        }
        return find(candidates, names);
    }

    /// The name under which the unembedding is among `names`.
    Optional<String> findUnembedding(Set<String> names) {
        return find(unembedding, names);
    }

    private static Optional<String> find(List<String> candidates, Set<String> names) {
        for (String prefix : PREFIXES) {
            for (String candidate : candidates) {
                if (names.contains(prefix + candidate)) {
                    return Optional.of(prefix + candidate);
                }
            }
        }
        return Optional.empty();
    }
}
