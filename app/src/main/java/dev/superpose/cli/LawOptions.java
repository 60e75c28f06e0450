package dev.superpose.cli;

import dev.superpose.numeric.Seed;
import dev.superpose.scaling.Fitter;
import dev.superpose.scaling.Form;
import dev.superpose.scaling.Objective;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Option;

/// Which law is fitted, and how: shared by all commands that fit laws.
final class LawOptions {
    @Option(
            names = "--hold",
            paramLabel = "NAME=VALUE",
            description = "Give a parameter instead of fitting it, such as E=1.69. Repeatable.")
    Map<String, Double> held = new LinkedHashMap<>();

    @Option(
            names = "--objective",
            paramLabel = "WORD",
            defaultValue = "auto",
            description = {
                "huber (of ln loss), log-squares, squares (of the loss), or huber-density (with a free scale).",
                "By default huber for laws of several sizes, log-squares for laws of one."
            })
    Choice objective;

    @Option(
            names = "--delta",
            paramLabel = "D",
            defaultValue = "0.001",
            description = "Huber's delta: larger deviations of ln loss pull no more (default: ${DEFAULT-VALUE}).")
    double delta;

    @Option(
            names = "--starts",
            paramLabel = "N",
            defaultValue = "" + Fitter.USUAL_STARTS,
            description = "Random starts of the search (default: ${DEFAULT-VALUE}).")
    int starts;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "20250510",
            description = "Seed of starts and resamples (default: ${DEFAULT-VALUE}).")
    long seed;

    /// The objectives by the words of the command line.
    enum Choice {
        AUTO,
        HUBER,
        LOG_SQUARES,
        SQUARES,
        HUBER_DENSITY;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /// The fitter for `form`.
    Fitter fitter(Form form) {
        return new Fitter(objective(form), starts, new Seed(seed));
    }

    private Objective objective(Form form) {
        return switch (objective) {
            case AUTO -> form.quantities().size() > 1 ? new Objective.HuberLog(delta) : new Objective.LogLeastSquares();
            case HUBER -> new Objective.HuberLog(delta);
            case LOG_SQUARES -> new Objective.LogLeastSquares();
            case SQUARES -> new Objective.LeastSquares();
            case HUBER_DENSITY -> new Objective.HuberDensity(delta);
        };
    }

    /// `form` with what `--hold` gives.
    Form held(Form form) {
        var result = form;
        for (var parameter : held.entrySet()) {
            result = result.holding(parameter.getKey(), parameter.getValue());
        }
        return result;
    }

    /// The seed of the resamples.
    Seed resamples() {
        return new Seed(seed).child("resamples");
    }

    /// What a law is called on the command line: several words, such as
    /// `power,chinchilla`, for a choice.
    static List<String> words(String law) {
        return Arrays.stream(law.split(",", -1)).map(String::strip).toList();
    }
}
