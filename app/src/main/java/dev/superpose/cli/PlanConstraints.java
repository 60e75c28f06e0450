package dev.superpose.cli;

import dev.superpose.plan.AttentionFlops;
import dev.superpose.plan.Circumstances;
import dev.superpose.plan.FlopModel;
import dev.superpose.plan.Hardware;
import dev.superpose.plan.Memory;
import dev.superpose.plan.ParameterCount;
import dev.superpose.plan.Restriction;
import dev.superpose.plan.ShapeFamily;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What a plan has to live with, and what it is compared with.
final class PlanConstraints {
    @Option(names = "--params", paramLabel = "N", description = "N is given; D is what the budget pays for.")
    @Nullable
    Double parameters;

    @Option(names = "--tokens", paramLabel = "D", description = "D is given; N is what the budget pays for.")
    @Nullable
    Double tokens;

    @Option(names = "--ratio", paramLabel = "D/N", description = "Tokens per parameter are given.")
    @Nullable
    Double ratio;

    @Option(names = "--propose", paramLabel = "N,D", split = ",", description = "Judge this model beside the plan.")
    double @Nullable [] proposal;

    @Option(
            names = "--unique-tokens",
            paramLabel = "U",
            description = "There are only so many different tokens; more are repeats.")
    @Nullable
    Double unique;

    @Option(
            names = "--serve",
            paramLabel = "TOKENS",
            defaultValue = "0",
            description = "The model will process so many tokens after training, paid from the same budget.")
    double served;

    @Option(names = "--largest", paramLabel = "N", description = "No model larger than this.")
    @Nullable
    Double largest;

    @Option(
            names = "--fit-memory",
            description = "No model whose training states (16 bytes a parameter) the accelerators do not hold.")
    boolean fitMemory;

    @Option(
            names = "--flops",
            paramLabel = "COUNT",
            defaultValue = "real",
            description = "six-n, or real (default): matrices, attention and head of a shape.")
    Count count;

    @Option(
            names = "--attention",
            paramLabel = "HOW",
            defaultValue = "full",
            description = "full (default), or causal: only tokens before are paid for.")
    AttentionFlops attention;

    @Option(
            names = "--family",
            paramLabel = "NAME",
            defaultValue = "llama",
            description = "llama (default) or gpt2 shapes.")
    Family family;

    @Option(
            names = "--vocab",
            paramLabel = "V",
            defaultValue = "32000",
            description = "Rows of the embedding (default: ${DEFAULT-VALUE}).")
    double vocabulary;

    @Option(
            names = "--context",
            paramLabel = "TOKENS",
            defaultValue = "2048",
            description = "Tokens of a training sequence (default: ${DEFAULT-VALUE}).")
    double context;

    /// How operations are counted.
    enum Count {
        SIX_N,
        REAL;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /// Looks of a model.
    enum Family {
        LLAMA,
        GPT2
    }

    ShapeFamily shapes() {
        return switch (family) {
            case LLAMA -> ShapeFamily.llama(vocabulary, context);
            case GPT2 -> ShapeFamily.gpt2(vocabulary, context);
        };
    }

    FlopModel flops(ParameterCount counting) {
        return count == Count.SIX_N ? new FlopModel.SixN() : new FlopModel.Shaped(shapes(), counting, attention);
    }

    Circumstances circumstances(ParameterCount counting, Hardware hardware) {
        var circumstances = Circumstances.FREE.withServedTokens(served).withFamily(shapes(), counting);
        if (unique != null) {
            circumstances = circumstances.withUniqueTokens(unique);
        }
        double most = largest == null ? Double.POSITIVE_INFINITY : largest;
        if (fitMemory) {
            most = Math.min(most, Memory.USUAL.largestTrainable(hardware));
        }
        return circumstances.withLargestParameters(most);
    }

    /// What of the plan is settled beforehand.
    ///
    /// @throws IllegalArgumentException if more than one thing is
    Restriction restriction() {
        int given = (parameters == null ? 0 : 1) + (tokens == null ? 0 : 1) + (ratio == null ? 0 : 1);
        if (given > 1) {
            throw new IllegalArgumentException(
                    "the budget settles the rest: give one of --params, --tokens and --ratio");
        }
        if (parameters != null) {
            return new Restriction.FixedParameters(parameters);
        }
        if (tokens != null) {
            return new Restriction.FixedTokens(tokens);
        }
        return ratio == null ? new Restriction.None() : new Restriction.FixedRatio(ratio);
    }

    /// N and D to be judged.
    ///
    /// @throws IllegalArgumentException if they are not two numbers
    Optional<double[]> proposal() {
        if (proposal == null) {
            return Optional.empty();
        }
        if (proposal.length != 2) {
            throw new IllegalArgumentException("a proposal is N,D such as --propose 7e9,1.4e12");
        }
        return Optional.of(proposal);
    }
}
