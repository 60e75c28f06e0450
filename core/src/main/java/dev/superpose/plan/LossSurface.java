package dev.superpose.plan;

import dev.superpose.runs.Quantity;
import dev.superpose.runs.Sizes;
import dev.superpose.scaling.ScalingLaw;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// The loss of a law at N parameters and D tokens, with all else that the law asks filled in from
/// the circumstances.
final class LossSurface {
    private static final Set<Quantity> FROM_SHAPES =
            EnumSet.of(Quantity.VOCABULARY_PARAMETERS, Quantity.WIDTH, Quantity.DEPTH, Quantity.VOCABULARY);
    private static final double STEP = 1e-5;

    private final ScalingLaw law;
    private final Set<Quantity> asked;
    private final Circumstances circumstances;
    private final Optional<PowerSum> flat;
    private final double unique;
    private final double usefulParameters;

    /// @throws IllegalArgumentException if the law does not depend on size and tokens, or on what
    /// is not given
    LossSurface(ScalingLaw law, Circumstances circumstances) {
        this.law = law;
        this.circumstances = circumstances;
        asked = law.form().quantities();
        check();
        flat = PowerSum.of(law, circumstances.group());
        unique = circumstances.uniqueTokens().orElse(Double.POSITIVE_INFINITY);
        usefulParameters =
                unique == Double.POSITIVE_INFINITY || knowsRepetition() ? Double.POSITIVE_INFINITY : usefulParameters();
    }

    /// The loss of `parameters` after `tokens`, of which at most the given number are different.
    double at(double parameters, double tokens) {
        if (unique == Double.POSITIVE_INFINITY || knowsRepetition()) {
            return plain(parameters, tokens, Math.min(tokens, unique));
        }
        var repetition = circumstances.repetition();
        double worth = repetition.effectiveTokens(tokens, Math.min(tokens, unique));
        return plain(repetition.effectiveParameters(parameters, usefulParameters), worth, worth);
    }

    /// The loss if all tokens were different.
    double fresh(double parameters, double tokens) {
        return plain(parameters, tokens, tokens);
    }

    boolean knowsRepetition() {
        return asked.contains(Quantity.UNIQUE_TOKENS);
    }

    /// Whether the law depends on more of a shape than its N.
    boolean asksShapes() {
        return asked.stream().anyMatch(FROM_SHAPES::contains);
    }

    private double plain(double parameters, double tokens, double different) {
        return flat.isPresent() ? flat.get().at(parameters, tokens) : law.at(sizes(parameters, tokens, different));
    }

    private Sizes sizes(double parameters, double tokens, double different) {
        var values = new EnumMap<Quantity, Double>(Quantity.class);
        values.put(Quantity.TOKENS, tokens);
        values.put(Quantity.PARAMETERS, parameters);
        if (knowsRepetition()) {
            values.put(Quantity.UNIQUE_TOKENS, different);
        }
        if (asksShapes()) {
            var family = circumstances.family().orElseThrow();
            addShape(values, family.at(family.width(parameters, circumstances.counting())));
        } else if (asked.contains(Quantity.NON_VOCABULARY_PARAMETERS)) {
            values.put(Quantity.NON_VOCABULARY_PARAMETERS, withoutVocabulary(parameters));
        }
        return new Sizes(values, circumstances.group());
    }

    /// What is left of N without embeddings; N itself where no family says how much they take.
    private double withoutVocabulary(double parameters) {
        return circumstances
                .family()
                .map(family -> family.at(family.width(parameters, circumstances.counting()))
                        .parameters(ParameterCount.WITHOUT_EMBEDDINGS))
                .orElse(parameters);
    }

    /// What the law is asked for a shape, N counted as the circumstances say.
    double at(Dimensions shape, double tokens) {
        if (!asksShapes()) {
            return at(shape.parameters(circumstances.counting()), tokens);
        }
        var repetition = circumstances.repetition();
        boolean own = knowsRepetition();
        double worth = own ? tokens : repetition.effectiveTokens(tokens, Math.min(tokens, unique));
        var values = new EnumMap<Quantity, Double>(Quantity.class);
        values.put(Quantity.TOKENS, worth);
        values.put(Quantity.UNIQUE_TOKENS, Math.min(worth, own ? unique : worth));
        values.put(Quantity.PARAMETERS, shape.parameters(circumstances.counting()));
        addShape(values, shape);
        return law.at(new Sizes(values, circumstances.group()));
    }

    private static void addShape(EnumMap<Quantity, Double> values, Dimensions shape) {
        values.put(Quantity.WIDTH, shape.width());
        values.put(Quantity.DEPTH, shape.depth());
        values.put(Quantity.VOCABULARY, shape.vocabulary());
        values.put(Quantity.NON_VOCABULARY_PARAMETERS, shape.parameters(ParameterCount.WITHOUT_EMBEDDINGS));
        values.put(Quantity.VOCABULARY_PARAMETERS, shape.embeddings() + shape.unembedding());
    }

    /// N that is optimal for the different tokens seen once at 6 N D: where both elasticities are
    /// equal (Muennighoff et al. 2023, section 3.1). Infinite if the law has no such N.
    private double usefulParameters() {
        double log = Search.root(this::leaning, Math.log(Search.LEAST), Math.log(unique) + 20);
        return Double.isNaN(log) ? Double.POSITIVE_INFINITY : Math.exp(log);
    }

    /// ∂L/∂ln N - ∂L/∂ln D at e^`log` parameters and the different tokens.
    private double leaning(double log) {
        double up = Math.exp(STEP);
        double n = Math.exp(log);
        return fresh(n * up, unique) - fresh(n / up, unique) - fresh(n, unique * up) + fresh(n, unique / up);
    }

    private void check() {
        String name = law.form().word();
        if (!asked.contains(Quantity.TOKENS)) {
            throw new IllegalArgumentException(
                    "the law %s does not depend on tokens: fit one of N and D, such as chinchilla".formatted(name));
        }
        if (asked.contains(Quantity.COMPUTE)) {
            throw new IllegalArgumentException(
                    "the law %s depends on compute itself: fit one of N and D, such as chinchilla".formatted(name));
        }
        boolean shapes = asksShapes();
        if (shapes && circumstances.family().isEmpty()) {
            throw new IllegalArgumentException(
                    "the law %s depends on %s: say of which family the shapes are".formatted(name, asked));
        }
        if (!shapes && !asked.contains(Quantity.PARAMETERS) && !asked.contains(Quantity.NON_VOCABULARY_PARAMETERS)) {
            throw new IllegalArgumentException(
                    "the law %s does not depend on size: fit one of N and D, such as chinchilla".formatted(name));
        }
    }
}
