package dev.superpose.plan;

import dev.superpose.scaling.Repetition;
import java.util.Optional;
import java.util.OptionalDouble;

/// What a plan has to live with.
///
/// @param group of the law, such as a data set; empty where it has only one
/// @param uniqueTokens how many different tokens there are; empty if more than any plan needs
/// @param repetition what repeated tokens are worth if the law does not say so itself
/// @param servedTokens that the trained model will process later, each for the price of a forward
/// pass; 0 if training is all that counts
/// @param largestParameters what memory can hold; infinite if it is no matter
/// @param family from which width, depth and vocabulary follow for laws that ask them
/// @param counting what the law's N counts
public record Circumstances(
        String group,
        OptionalDouble uniqueTokens,
        Repetition repetition,
        double servedTokens,
        double largestParameters,
        Optional<ShapeFamily> family,
        ParameterCount counting) {

    /// Fresh tokens without end, training alone, any size.
    public static final Circumstances FREE = new Circumstances(
            "",
            OptionalDouble.empty(),
            Repetition.PUBLISHED,
            0,
            Double.POSITIVE_INFINITY,
            Optional.empty(),
            ParameterCount.ALL);

    public Circumstances {
        if (uniqueTokens.isPresent() && !(uniqueTokens.getAsDouble() >= 1)) {
            throw new IllegalArgumentException("at least 1 different token is needed, not " + uniqueTokens);
        }
        if (!(servedTokens >= 0 && servedTokens < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("served tokens cannot be " + servedTokens);
        }
        if (!(largestParameters >= 1)) {
            throw new IllegalArgumentException("a largest model of %s parameters".formatted(largestParameters));
        }
    }

    /// The same in one group of the law.
    public Circumstances inGroup(String name) {
        return new Circumstances(name, uniqueTokens, repetition, servedTokens, largestParameters, family, counting);
    }

    /// The same with only `tokens` different ones.
    public Circumstances withUniqueTokens(double tokens) {
        return new Circumstances(
                group, OptionalDouble.of(tokens), repetition, servedTokens, largestParameters, family, counting);
    }

    /// The same with another worth of repeated tokens.
    public Circumstances withRepetition(Repetition other) {
        return new Circumstances(group, uniqueTokens, other, servedTokens, largestParameters, family, counting);
    }

    /// The same with `tokens` to be served.
    public Circumstances withServedTokens(double tokens) {
        return new Circumstances(group, uniqueTokens, repetition, tokens, largestParameters, family, counting);
    }

    /// The same with models of at most `parameters`.
    public Circumstances withLargestParameters(double parameters) {
        return new Circumstances(group, uniqueTokens, repetition, servedTokens, parameters, family, counting);
    }

    /// The same with shapes of `shapes`, whose parameters are counted as `count` says.
    public Circumstances withFamily(ShapeFamily shapes, ParameterCount count) {
        return new Circumstances(
                group, uniqueTokens, repetition, servedTokens, largestParameters, Optional.of(shapes), count);
    }
}
