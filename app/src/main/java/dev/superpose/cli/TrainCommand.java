package dev.superpose.cli;

import dev.superpose.result.InputException;
import dev.superpose.result.WholeFile;
import dev.superpose.study.Job;
import dev.superpose.study.JobResult;
import dev.superpose.study.RunListener.FailedJob;
import dev.superpose.study.StudyFolder;
import dev.superpose.study.TrainingJob;
import dev.superpose.toy.FeatureFrequencies;
import dev.superpose.toy.Importance;
import dev.superpose.toy.ToyConfig;
import dev.superpose.toy.ToyTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Trains one toy model and measures it.
@Command(
        name = "train",
        description = {
            "Trains one toy model, y = ReLU(W Wᵀ x + b) with W (features, width), and measures how it packs.",
            "Source: Liu, Liu and Gore, \"Superposition Yields Robust Neural Scaling\" (arXiv 2505.10465)."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "With --out a long training keeps a checkpoint every minute; the same command goes on from it.",
            "",
            "Examples:",
            "  superpose train --width 63 --alpha 1 --steps 4000",
            "  superpose train --width 63 --decay 1 --frequencies exponential:400 --out results/one",
            "  superpose train --features 1000 --width 63 --alpha 1 --decay -1 --steps 4000 --seed 7 --json",
            "  superpose train --width 63 --correlation together:0.9:10:strided --steps 4000",
            "  superpose train --features 20 --width 5 --density 2 --importance 0.7 --output linear"
        })
final class TrainCommand implements Callable<Integer> {
    @CommandLine.Spec
    CommandLine.Model.CommandSpec spec;

    @Option(
            names = "--features",
            paramLabel = "N",
            description = "How many features (default: 1000, or as many as frequencies or importances are given).")
    @Nullable
    Integer features;

    @Option(names = "--width", paramLabel = "M", required = true, description = "How many dimensions they share.")
    int width;

    @Mixin
    FeatureOptions data = new FeatureOptions();

    @Mixin
    TaskOptions asked = new TaskOptions();

    @Option(
            names = "--decay",
            paramLabel = "G",
            defaultValue = "-1",
            description = "Above 0 weight decay, below 0 the pull of every row to length 1, which makes superposition "
                    + "strong (default: ${DEFAULT-VALUE}).")
    double decay;

    @Option(
            names = "--steps",
            paramLabel = "T",
            defaultValue = "20000",
            description = "Training steps (default: ${DEFAULT-VALUE}).")
    int steps;

    @Option(
            names = "--warmup",
            paramLabel = "T",
            description = "Steps in which the rate rises from 0 (default: a tenth of --steps).")
    @Nullable
    Integer warmup;

    @Option(
            names = "--learning-rate",
            paramLabel = "R",
            defaultValue = "0.01",
            description = "Full rate of W (default: ${DEFAULT-VALUE}).")
    double learningRate;

    @Option(names = "--bias-learning-rate", paramLabel = "R", description = "Full rate of b (default: that of W).")
    @Nullable
    Double biasLearningRate;

    @Option(
            names = "--schedule",
            paramLabel = "NAME",
            defaultValue = "cosine",
            description = "How the rate goes on after the warm-up: cosine, linear, constant "
                    + "(default: ${DEFAULT-VALUE}).")
    ToyConfig.Schedule schedule;

    @Option(
            names = "--final-rate",
            paramLabel = "F",
            defaultValue = "0.05",
            description = "Share of the full rate at the last step (default: ${DEFAULT-VALUE}).")
    double finalRate;

    @Option(
            names = "--gradient-scale",
            paramLabel = "C",
            defaultValue = "1",
            description = "Factor on the gradient; matters only through Adam's epsilon (default: ${DEFAULT-VALUE}).")
    double gradientScale;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Also write weights.safetensors, with W (n, m) and b (n), and result.json there.")
    @Nullable
    Path out;

    @Option(names = "--json", description = "Print one JSON document and nothing else.")
    boolean json;

    @Override
    public Integer call() throws IOException {
        var config = config();
        var provenance = asked.provenance(data.provenance());
        var job = Job.of(config);
        Optional<Path> checkpoint = Optional.ofNullable(out).map(folder -> folder.resolve(job.id() + ".checkpoint"));
        if (out != null) {
            createFolder(out);
        }
        var err = spec.commandLine().getErr();
        var training =
                new TrainingJob(job, checkpoint, Duration.ofMinutes(1), note -> err.println("superpose: " + note));
        train(training);
        return switch (training.finish(provenance)) {
            case TrainingJob.Finished(JobResult.Trained trained) -> {
                if (out != null) {
                    StudyFolder.write(out.resolve("weights.safetensors"), trained.model());
                    WholeFile.write(out.resolve("result.json"), trained.result().toJson());
                }
                training.dropCheckpoint();
                print(trained.result());
                yield 0;
            }
            case TrainingJob.Failed(FailedJob failure) -> {
                training.dropCheckpoint();
                err.println("superpose: the training failed: " + InputException.printable(failure.reason()));
                yield 1;
            }
        };
    }

    private void train(TrainingJob training) throws IOException {
        var progress = new ProgressLine(spec.commandLine().getErr());
        try {
            while (!training.ended()) {
                training.advance();
                double share = training.stepsDone() / (double) steps;
                progress.show(
                        String.format(
                                Locale.ROOT,
                                "step %,d of %,d, loss %.4g, %s left",
                                training.stepsDone(),
                                steps,
                                training.trainLoss(),
                                StudyProgress.duration(training.seconds() * (1 - share) / share)),
                        share);
            }
        } finally {
            progress.clear();
        }
    }

    private ToyConfig config() throws IOException {
        var law = data.law();
        var task = asked.task();
        var optimiser = new ToyConfig.Optimiser(
                data.batch,
                steps,
                warmup == null ? steps / 10 : warmup,
                learningRate,
                biasLearningRate == null ? learningRate : biasLearningRate,
                schedule,
                finalRate,
                gradientScale);
        try {
            return new ToyConfig(
                    features == null ? given(law, task) : features,
                    width,
                    law,
                    data.density,
                    decay,
                    optimiser,
                    data.testBatches,
                    data.seed,
                    task);
        } catch (ArithmeticException _) {
            throw new IllegalArgumentException("features times width and features times batch must stay below 2^31");
        }
    }

    /// How many features there are where that is not said.
    private static int given(FeatureFrequencies law, ToyTask task) {
        if (law instanceof FeatureFrequencies.Given(var weights)) {
            return weights.size();
        }
        return task.importance() instanceof Importance.Given(var weights) ? weights.size() : 1000;
    }

    /// @throws InputException if it cannot be
    static void createFolder(Path folder) throws IOException {
        try {
            Files.createDirectories(folder);
        } catch (IOException refused) {
            if (String.valueOf(refused.getMessage()).contains("No space left")) {
                throw refused;
            }
            throw new InputException(
                    folder, "", "a folder that can be created and written to", refused, "choose another");
        }
        if (!Files.isWritable(folder)) {
            throw new InputException(
                    folder, "", "a folder that can be written to", "no permission to", "choose another");
        }
    }

    private void print(JobResult result) {
        var output = spec.commandLine().getOut();
        if (json) {
            output.print(result.toJson());
        } else {
            var config = result.config();
            output.printf(
                    Locale.ROOT,
                    "%,d features in %d dimensions, %s, decay %s%s: %,d steps in %.1f s (%.0f a second)%n",
                    config.features(),
                    config.width(),
                    config.frequencies().label(),
                    config.decay(),
                    TaskOptions.words(config.task()),
                    config.optimiser().steps(),
                    result.seconds(),
                    result.stepsPerSecond());
            output.print(ReadingText.of(
                    result.reading(), config.features(), config.width(), config.probabilities(), config.task()));
            if (out != null) {
                output.println("written: " + out.resolve("weights.safetensors") + ", " + out.resolve("result.json"));
            }
        }
        output.flush();
    }
}
