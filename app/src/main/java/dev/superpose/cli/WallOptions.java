package dev.superpose.cli;

import dev.superpose.forecast.Wall.Gain;
import dev.superpose.forecast.WallStudy;
import dev.superpose.result.InputException;
import dev.superpose.runs.Quantity;
import dev.superpose.runs.Sizes;
import dev.superpose.runs.TextTable;
import dev.superpose.store.TableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What is asked about the end of a law.
final class WallOptions {
    @Option(
            names = "--target-loss",
            paramLabel = "LOSS",
            description = "At which size this loss is reached: along --along, other sizes as in the first --at.")
    @Nullable
    Double target;

    @Option(
            names = "--along",
            paramLabel = "SIZE",
            description = "The size that grows for --target-loss and --gain: width, params, tokens (default: the law's"
                    + " width, else its first); ratio:20 for N with D = 20 N.")
    @Nullable
    String along;

    @Option(
            names = "--gain",
            paramLabel = "PERCENT",
            defaultValue = "1",
            description =
                    "From which size doubling it lowers the loss by less than this (default: ${DEFAULT-VALUE} %%).")
    double gain;

    @Option(
            names = "--features",
            paramLabel = "COUNT",
            description = "How many things the width has to tell apart, such as the vocabulary: there theory ends the"
                    + " law.")
    @Nullable
    Double features;

    @Option(
            names = "--wall-study",
            paramLabel = "FILE",
            description = "A study's results.csv with widths up to the number of features: where the toy model's law"
                    + " ended.")
    @Nullable
    Path study;

    @Option(
            names = "--price-per-flop",
            paramLabel = "AMOUNT",
            description = "What a FLOP costs, to say what a nat costs (such as 2e-18: 2.5 an hour at 3.5e14 a second).")
    @Nullable
    Double price;

    Gain unit() {
        return Gain.PERCENT;
    }

    /// Dollars of a run by 6 N D; NaN where that is not known.
    ToDoubleFunction<Sizes> cost() {
        return sizes -> price != null && sizes.has(Quantity.PARAMETERS) && sizes.has(Quantity.TOKENS)
                ? price * 6 * sizes.get(Quantity.PARAMETERS) * sizes.get(Quantity.TOKENS)
                : Double.NaN;
    }

    /// The wall as a toy study measured it; empty without a study, or where it has too few widths.
    ///
    /// @throws InputException if the file lacks the columns of a study
    Optional<WallStudy> measured() throws IOException {
        if (study == null) {
            return Optional.empty();
        }
        var file = Files.isDirectory(study) ? study.resolve("results.csv") : study;
        var table = TableFiles.read(file);
        var trainings = trainings(file, table);
        var measured = WallStudy.of(trainings);
        if (measured.isEmpty()) {
            throw new InputException(
                    file,
                    "",
                    "trainings at three widths up to a tenth of the features and two beyond",
                    "%d trainings, widths %s"
                            .formatted(
                                    trainings.size(),
                                    trainings.stream()
                                            .map(training -> (long) training.width())
                                            .distinct()
                                            .sorted()
                                            .toList()),
                    "run a study whose widths go on to the number of features");
        }
        return measured;
    }

    private static List<WallStudy.Training> trainings(Path file, TextTable table) throws InputException {
        int width = table.require("width");
        int features = table.require("features");
        int loss = table.require("test_loss");
        var trainings = new ArrayList<WallStudy.Training>();
        for (var row : table.rows()) {
            try {
                trainings.add(new WallStudy.Training(
                        Double.parseDouble(row.cells().get(features)),
                        Double.parseDouble(row.cells().get(width)),
                        Double.parseDouble(row.cells().get(loss))));
            } catch (NumberFormatException e) {
                throw new InputException(
                        file,
                        row.place(),
                        "numbers of width, features and test_loss",
                        row.cells().toString(),
                        "");
            }
        }
        return trainings;
    }
}
