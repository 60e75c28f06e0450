package dev.superpose.report;

import dev.superpose.geometry.Bounds;
import dev.superpose.geometry.RowNorms;
import dev.superpose.result.Provenance;
import dev.superpose.study.Job;
import dev.superpose.study.JobResult;
import dev.superpose.study.ToyReading;
import dev.superpose.toy.FeatureFrequencies;
import dev.superpose.toy.ToyConfig;
import dev.superpose.toy.ToyTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import tools.jackson.databind.JsonNode;

/// Records of trainings that nobody trained, with the numbers a test plants.
final class PlantedRuns {
    static final List<Integer> WIDTHS = List.of(10, 15, 25, 39, 63, 100);

    /// The published settings of training.
    static final ToyConfig.Optimiser PUBLISHED = ToyConfig.Optimiser.small(20_000, 2000);

    private static final Provenance SOMEWHERE =
            new Provenance("0", "0", "25", "Linux", "some", 2, "none", null, Map.of());

    private PlantedRuns() {}

    /// The settings of a training of 1000 features with p ∝ i^-alpha.
    static ToyConfig small(double alpha, double decay, int width, long seed) {
        return small(alpha, 1, decay, width, seed);
    }

    static ToyConfig small(double alpha, double density, double decay, int width, long seed) {
        return new ToyConfig(
                1000, width, new FeatureFrequencies.Power(alpha), density, decay, PUBLISHED, 100, seed, ToyTask.PLAIN);
    }

    /// A record of `config` with this loss and these shares of rows longer than ½ and 1; its
    /// overlaps are those of random directions.
    static JobResult run(ToyConfig config, double loss, double half, double strong) {
        int m = config.width();
        var reading = new ToyReading(
                new ToyReading.Loss(loss, loss, 0.01, 0.001, 100),
                half,
                strong,
                new ToyReading.Overlap(
                        2.0 / m,
                        1.0 / m,
                        0.5,
                        1,
                        1,
                        Bounds.welchMeanSquare(config.features(), m),
                        Bounds.welchMeanSquare(Math.round(strong * config.features()), m),
                        1.0 / m),
                new RowNorms(1, 0.1, 0.5, 1.5, 1),
                new ToyReading.Spectrum(m, m, m),
                -0.5,
                0.01);
        return new JobResult(Job.of(config), reading, 1, SOMEWHERE);
    }

    /// One seed of every width of one condition, with losses by the settings.
    static List<JobResult> condition(double alpha, double decay, ToDoubleFunction<ToyConfig> loss) {
        var runs = new ArrayList<JobResult>();
        for (int m : WIDTHS) {
            ToyConfig config = small(alpha, decay, m, 1);
            double half = decay < 0 ? 1 : Math.min(1, 2.0 * m / 1000);
            runs.add(run(config, loss.applyAsDouble(config), half, decay < 0 ? 0.5 : 0));
        }
        return runs;
    }

    /// The y of the open marks of a document, which are published values, to six digits.
    static List<Double> openMarks(JsonNode document) {
        var values = new TreeSet<Double>();
        for (JsonNode layer : document.findValues("layer").stream()
                .flatMap(layers -> layers.valueStream())
                .toList()) {
            if (layer.at("/mark/type").asString("").equals("point")
                    && !layer.at("/mark/filled").asBoolean()
                    && layer.at("/encoding/y").has("field")) {
                layer.at("/data/values")
                        .forEach(value ->
                                values.add(Math.rint(1e6 * value.get("y").asDouble()) / 1e6));
            }
        }
        return List.copyOf(values);
    }
}
