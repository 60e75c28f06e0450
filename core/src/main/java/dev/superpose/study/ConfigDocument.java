package dev.superpose.study;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_ABSENT;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.superpose.toy.Correlation;
import dev.superpose.toy.FeatureFrequencies;
import dev.superpose.toy.Importance;
import dev.superpose.toy.ToyConfig;
import dev.superpose.toy.ToyTask;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A training's configuration as it stands in JSON: flat, with the names of the study file.
///
/// @param importance missing where all errors count the same, as all three are in records of
/// version 0.1.0
/// @param output missing for ReLU
/// @param correlation missing for independent features
public record ConfigDocument(
        int features,
        int width,
        Map<String, Object> frequencies,
        double density,
        double decay,
        int batch,
        int steps,
        int warmup,
        double learningRate,
        double biasLearningRate,
        ToyConfig.Schedule schedule,
        double finalRate,
        double gradientScale,
        int testBatches,
        long seed,
        @JsonInclude(NON_ABSENT) Optional<ImportanceDocument> importance,
        @JsonInclude(NON_ABSENT) Optional<ToyTask.Output> output,
        @JsonInclude(NON_ABSENT) Optional<CorrelationDocument> correlation) {

    public ConfigDocument {
        frequencies = Collections.unmodifiableMap(new LinkedHashMap<>(frequencies));
    }

    /// `config` as a document.
    public static ConfigDocument of(ToyConfig config) {
        var optimiser = config.optimiser();
        return new ConfigDocument(
                config.features(),
                config.width(),
                frequencies(config.frequencies()),
                config.density(),
                config.decay(),
                optimiser.batch(),
                optimiser.steps(),
                optimiser.warmup(),
                optimiser.learningRate(),
                optimiser.biasLearningRate(),
                optimiser.schedule(),
                optimiser.finalRate(),
                optimiser.gradientScale(),
                config.testBatches(),
                config.seed(),
                ImportanceDocument.of(config.task().importance()),
                output(config.task()),
                CorrelationDocument.of(config.task().correlation()));
    }

    /// What becomes of the sums; empty for ReLU.
    public static Optional<ToyTask.Output> output(ToyTask task) {
        return Optional.of(task.output()).filter(output -> output != ToyTask.Output.RELU);
    }

    /// The configuration that this describes.
    ///
    /// @throws IllegalArgumentException if there can be none
    public ToyConfig config() {
        return new ToyConfig(
                features,
                width,
                law(),
                density,
                decay,
                new ToyConfig.Optimiser(
                        batch, steps, warmup, learningRate, biasLearningRate, schedule, finalRate, gradientScale),
                testBatches,
                seed,
                new ToyTask(
                        importance.map(ImportanceDocument::importance).orElse(Importance.EQUAL),
                        output.orElse(ToyTask.Output.RELU),
                        correlation.map(CorrelationDocument::correlation).orElse(Correlation.INDEPENDENT)));
    }

    /// A feature law as a document, such as `{law: power, alpha: 1.0}`.
    public static Map<String, Object> frequencies(FeatureFrequencies frequencies) {
        var document = new LinkedHashMap<String, Object>();
        switch (frequencies) {
            case FeatureFrequencies.Power(double alpha) -> {
                document.put("law", "power");
                document.put("alpha", alpha);
            }
            case FeatureFrequencies.Exponential(double scale) -> {
                document.put("law", "exponential");
                document.put("scale", scale);
            }
            case FeatureFrequencies.Linear() -> document.put("law", "linear");
            case FeatureFrequencies.Given(var weights) -> {
                document.put("law", "given");
                document.put("weights", weights);
            }
        }
        return document;
    }

    private FeatureFrequencies law() {
        Object law = frequencies.get("law");
        return switch (String.valueOf(law)) {
            case "power" -> new FeatureFrequencies.Power(number("alpha"));
            case "exponential" -> new FeatureFrequencies.Exponential(number("scale"));
            case "linear" -> new FeatureFrequencies.Linear();
            case "given" -> new FeatureFrequencies.Given(weights());
            default -> throw new IllegalArgumentException("there is no feature law " + law);
        };
    }

    private double number(String key) {
        if (frequencies.get(key) instanceof Number number) {
            return number.doubleValue();
        }
        throw new IllegalArgumentException(key + " must be a number, is " + frequencies.get(key));
    }

    private List<Double> weights() {
        if (frequencies.get("weights") instanceof List<?> list) {
            return list.stream()
                    .map(item -> item instanceof Number number ? number.doubleValue() : Double.NaN)
                    .toList();
        }
        throw new IllegalArgumentException("weights must be a list of numbers");
    }
}
