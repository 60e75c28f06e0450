package dev.superpose.runs;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a column of a table of runs may mean, and the names it usually bears.
///
/// Names are compared without regard to case, spaces, underscores, hyphens, dots, slashes and parentheses; only
/// the single letters `L` (loss), `l` (layers) and `m` (width) are taken as they stand.
public enum Meaning {
    /// N.
    PARAMETERS(
            "parameters",
            Quantity.PARAMETERS,
            "N, params, parameters, num_params, n_params, param_count, parameter_count, num_parameters, n_parameters, "
                    + "total_params, model_size, model_params"),
    /// N without the parameters of the vocabulary.
    NON_VOCABULARY_PARAMETERS(
            "non-vocabulary-parameters",
            Quantity.NON_VOCABULARY_PARAMETERS,
            "N_nv, N_nonemb, non_vocabulary_parameters, non_embedding_params, non_embedding_parameters, "
                    + "non_emb_params, nonemb_params, params_non_embedding, params_no_embedding"),
    /// N_v.
    VOCABULARY_PARAMETERS(
            "vocabulary-parameters",
            Quantity.VOCABULARY_PARAMETERS,
            "N_v, N_emb, vocabulary_parameters, vocab_params, embedding_params, embedding_parameters, emb_params"),
    /// D.
    TOKENS(
            "tokens",
            Quantity.TOKENS,
            "D, tokens, n_tokens, num_tokens, token_num, train_tokens, training_tokens, tokens_seen, total_tokens, "
                    + "dataset_tokens"),
    /// U.
    UNIQUE_TOKENS("unique-tokens", Quantity.UNIQUE_TOKENS, "U, unique_tokens, n_unique_tokens, num_unique_tokens"),
    /// C.
    COMPUTE(
            "flops",
            Quantity.COMPUTE,
            "C, flops, flop, compute, training_flops, training_flop, train_flops, total_flops, compute_budget, "
                    + "flops_budget, budget"),
    /// m.
    WIDTH("width", Quantity.WIDTH, "m, width, d_model, dmodel, hidden_size, hidden_dim, n_embd, model_dim"),
    /// l.
    DEPTH("depth", Quantity.DEPTH, "l, depth, layers, n_layers, n_layer, num_layers, num_hidden_layers, num_blocks"),
    /// V.
    VOCABULARY("vocabulary", Quantity.VOCABULARY, "V, vocab, vocabulary, vocab_size, vocabulary_size, n_vocab"),
    /// How often the unique tokens were gone through.
    EPOCHS("epochs", null, "epochs, n_epochs, num_epochs"),
    /// The loss.
    LOSS(
            "loss",
            null,
            "L, loss, test_loss, val_loss, valid_loss, validation_loss, eval_loss, final_loss, final_val_loss"),
    /// A weight inversely proportional to the variance of ln loss.
    WEIGHT("weight", null, "weight, weights"),
    /// The group within one fit, such as a data set with constants of its own.
    GROUP("group", null, "group"),
    /// The training of which a row is one of several measurements.
    RUN("run", null, "run, run_id, run_name");

    private final String word;
    private final @Nullable Quantity quantity;
    private final String aliases;

    Meaning(String word, @Nullable Quantity quantity, String aliases) {
        this.word = word;
        this.quantity = quantity;
        this.aliases = aliases;
    }

    /// What the command line calls it, such as `unique-tokens`.
    public String word() {
        return word;
    }

    /// The size that it is; empty for epochs, losses, weights, groups and runs.
    public Optional<Quantity> quantity() {
        return Optional.ofNullable(quantity);
    }

    /// The usual names of such a column.
    public List<String> aliases() {
        return List.of(aliases.split(", "));
    }

    /// Whether its cells are numbers.
    public boolean isNumber() {
        return this != GROUP && this != RUN;
    }

    /// The meaning of `quantity`.
    public static Meaning of(Quantity quantity) {
        return Arrays.stream(values())
                .filter(meaning -> meaning.quantity == quantity)
                .findFirst()
                .orElseThrow();
    }

    /// What a column called `name` usually means; empty if the name says nothing.
    public static Optional<Meaning> usual(String name) {
        return Arrays.stream(values()).filter(meaning -> meaning.isUsual(name)).findFirst();
    }

    /// What a column called `name` means, by its name or, in a document with parts such as
    /// `config.n_params`, by the last part of it.
    public static Optional<Meaning> ofColumn(String name) {
        return usual(name).or(() -> usual(name.substring(name.lastIndexOf('.') + 1)));
    }

    /// The meaning that `text` names, by its word or any usual name.
    ///
    /// @throws IllegalArgumentException if it names none
    public static Meaning parse(String text) {
        return Arrays.stream(values())
                .filter(meaning -> key(meaning.word).equals(key(text)))
                .findFirst()
                .or(() -> usual(text))
                .orElseThrow(() -> new IllegalArgumentException("a column means one of %s, not \"%s\""
                        .formatted(
                                String.join(
                                        ", ",
                                        Arrays.stream(values())
                                                .map(Meaning::word)
                                                .toList()),
                                text)));
    }

    /// Whether a column called `name` usually means this.
    boolean isUsual(String name) {
        String key = key(name);
        return aliases().stream().anyMatch(alias -> key(alias).equals(key));
    }

    /// What of a name counts.
    static String key(String name) {
        String bare = name.replaceAll("[\\s_\\-()./\\[\\]]", "");
        return List.of("L", "l", "M", "m").contains(bare) ? bare : bare.toLowerCase(Locale.ROOT);
    }
}
