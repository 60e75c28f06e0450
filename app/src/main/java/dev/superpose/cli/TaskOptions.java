package dev.superpose.cli;

import dev.superpose.result.Provenance;
import dev.superpose.study.TaskWords;
import dev.superpose.toy.Correlation;
import dev.superpose.toy.Importance;
import dev.superpose.toy.ToyTask;
import java.io.IOException;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that say what a toy model is asked to do with its data: shared by `train` and
/// `measure`.
final class TaskOptions {
    private static final String IMPORTANCE = "--importance";
    private static final String OUTPUT = "--output";
    private static final String CORRELATION = "--correlation";

    @Option(
            names = IMPORTANCE,
            paramLabel = "I",
            description = "How much the squared error of each feature counts: equal, a ratio (0.9 for 1, 0.9, 0.81, "
                    + "...), or given:FILE, as for --frequencies (default: equal).")
    @Nullable
    String importance;

    @Option(
            names = OUTPUT,
            paramLabel = "NAME",
            description = "What becomes of W Wᵀ x + b: relu or linear (default: relu).")
    @Nullable
    String output;

    @Option(
            names = CORRELATION,
            paramLabel = "LAW",
            description = "Which features are active together, each as often as without it: independent, "
                    + "together:STRENGTH[:SIZE[:GROUPS]], or exclusive[:SIZE[:GROUPS]]. STRENGTH is from 0 to 1, SIZE "
                    + "that of a group (default: 2), GROUPS neighbours in rank or strided, which puts frequent "
                    + "features with rare ones (default: neighbours).")
    @Nullable
    String correlation;

    /// The task asked for.
    ///
    /// @throws dev.superpose.result.InputException if an option says none
    ToyTask task() throws IOException {
        return new ToyTask(
                importance == null ? Importance.EQUAL : TaskWords.importance(IMPORTANCE, importance),
                output == null ? ToyTask.Output.RELU : TaskWords.output(OUTPUT, output),
                correlation == null ? Correlation.INDEPENDENT : TaskWords.correlation(CORRELATION, correlation));
    }

    /// `provenance` with the file of importances, if there is one.
    Provenance provenance(Provenance provenance) throws IOException {
        var file =
                importance == null ? null : TaskWords.importanceFile(importance).orElse(null);
        return file == null ? provenance : provenance.withInput(file);
    }

    /// The part of a headline that tells a task, such as `, linear`; empty for the plain one.
    static String words(ToyTask task) {
        var parts = new ArrayList<String>();
        var rest = task;
        // As with given frequencies, their number stands for thousands of them.
        if (task.importance() instanceof Importance.Given(var weights)) {
            parts.add("importance given(%d)".formatted(weights.size()));
            rest = new ToyTask(Importance.EQUAL, task.output(), task.correlation());
        }
        parts.add(rest.label());
        parts.removeIf(String::isEmpty);
        return parts.isEmpty() ? "" : ", " + String.join(", ", parts);
    }
}
