package dev.superpose.cli;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_ABSENT;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.superpose.result.Json;
import dev.superpose.result.Provenance;
import dev.superpose.study.ConfigDocument;
import dev.superpose.study.CorrelationDocument;
import dev.superpose.study.ImportanceDocument;
import dev.superpose.study.StudyFolder;
import dev.superpose.study.ToyReading;
import dev.superpose.toy.FeatureFrequencies;
import dev.superpose.toy.ToyModel;
import dev.superpose.toy.ToyTask;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Measures the weights of a toy model from a file, as `train` measures its own.
@Command(
        name = "measure",
        description = {
            "Measures a toy model's weights, wherever they were trained: W (n, m) and b (n) in a safetensors file.",
            "The same numbers as train gives; training loss and positive share are null, for nothing is trained.",
            "Besides, of a plain task, the exact loss where one feature alone is active."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  superpose measure results/one/weights.safetensors --alpha 1",
            "  superpose measure weights.safetensors --alpha 1.5 --density 2 --seed 3 --json",
            "  superpose measure weights.safetensors --correlation together:0.9:10:strided"
        })
final class MeasureCommand implements Callable<Integer> {
    @CommandLine.Spec
    CommandLine.Model.CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "A safetensors file with the tensors W (n, m) and b (n).")
    Path file;

    @Mixin
    FeatureOptions data = new FeatureOptions();

    @Mixin
    TaskOptions asked = new TaskOptions();

    @Option(names = "--json", description = "Print one JSON document and nothing else.")
    boolean json;

    /// What the measurement rests on, where `train` has its configuration.
    private record Config(
            int features,
            int width,
            Map<String, Object> frequencies,
            double density,
            int batch,
            int testBatches,
            long seed,
            @JsonInclude(NON_ABSENT) Optional<ImportanceDocument> importance,
            @JsonInclude(NON_ABSENT) Optional<ToyTask.Output> output,
            @JsonInclude(NON_ABSENT) Optional<CorrelationDocument> correlation) {}

    private record Document(
            String file,
            Config config,
            @JsonUnwrapped ToyReading reading,
            @Nullable OneFeatureReading oneFeature,
            Provenance provenance) {}

    @Override
    public Integer call() throws IOException {
        var law = data.law();
        var task = asked.task();
        var model = StudyFolder.read(file);
        double[] probabilities = law.probabilities(model.features(), data.density);
        var reading = ToyReading.of(model, probabilities, task, data.batch, data.testBatches, data.seed);
        // Its closed form is that of the plain task.
        var oneFeature = task.equals(ToyTask.PLAIN)
                ? OneFeatureReading.of(model, probabilities, reading.loss().test())
                : null;
        var output = spec.commandLine().getOut();
        if (json) {
            output.print(Json.write(new Document(
                    file.toString(),
                    config(model, law, task),
                    reading,
                    oneFeature,
                    asked.provenance(data.provenance()).withInput(file))));
        } else {
            output.printf(
                    "%,d features in %d dimensions, %s, density %s%s%n",
                    model.features(), model.width(), law.label(), data.density, TaskOptions.words(task));
            var lines = ReadingText.lines(reading, model.features(), model.width(), probabilities, task);
            if (oneFeature != null) {
                lines.put("sparse loss", oneFeature.words());
                lines.put("one feature", oneFeature.shareWords());
            }
            output.print(ReadingText.aligned(lines));
        }
        output.flush();
        return 0;
    }

    private Config config(ToyModel model, FeatureFrequencies law, ToyTask task) {
        return new Config(
                model.features(),
                model.width(),
                ConfigDocument.frequencies(law),
                data.density,
                data.batch,
                data.testBatches,
                data.seed,
                ImportanceDocument.of(task.importance()),
                ConfigDocument.output(task),
                CorrelationDocument.of(task.correlation()));
    }
}
