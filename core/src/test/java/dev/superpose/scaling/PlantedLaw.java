package dev.superpose.scaling;

import dev.superpose.numeric.Seed;
import dev.superpose.numeric.SplitRandom;
import dev.superpose.runs.Quantity;
import dev.superpose.runs.Runs;
import dev.superpose.runs.Sizes;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// A law with known parameters and runs that follow it without noise.
record PlantedLaw(ScalingLaw law, Runs runs) {
    private static final Map<String, Map<String, Double>> TRUTHS = Map.ofEntries(
            Map.entry("power", Map.of("scale", 30.0, "exponent", 0.4)),
            Map.entry("power-floor", Map.of("scale", 30.0, "exponent", 0.4, "floor", 1.5)),
            Map.entry("broken-power", Map.of("A", 30.0, "E", 0.4, "x_b", 1000.0, "f", 0.5, "c_0", 0.2, "c_1", 0.4)),
            Map.entry("chinchilla", Map.of("A", 482.0, "B", 2085.0, "E", 1.82, "alpha", 0.348, "beta", 0.366)),
            Map.entry("chinchilla-tied", Map.of("A", 520.0, "B", 1488.0, "E", 1.87, "alpha", 0.353)),
            Map.entry("kaplan", Map.of("N_c", 6.4e13, "D_c", 1.8e13, "alpha_N", 0.076, "alpha_D", 0.103)),
            Map.entry(
                    "repeated",
                    Map.of("A", 520.3, "B", 1487.7, "E", 1.8692, "alpha", 0.35266, "R_D", 15.388, "R_N", 5.3097)),
            Map.entry(
                    "repeated-untied",
                    Map.of("A", 300.0, "B", 2500.0, "E", 1.7, "alpha", 0.33, "beta", 0.38, "R_D", 12.0, "R_N", 4.0)),
            Map.entry("width-groups", Map.of("A", 400.0, "B[one]", 1.7, "B[two]", 2.2, "B[three]", 2.0, "alpha", 0.9)),
            Map.entry(
                    "width-depth-data",
                    Map.of("c_m", 274.7, "c_l", 2.0, "c_D", 500.0, "E", 1.75, "a_m", 0.95, "a_l", 1.3, "a_D", 0.3)),
            Map.entry(
                    "gemstones",
                    Map.of(
                            "A", 5.0, "B", 2.0, "C", 500.0, "F", 3e3, "E", 1.2, "alpha", 0.4, "beta", 0.7, "gamma",
                            0.35, "zeta", 0.42)),
            Map.entry(
                    "vocabulary",
                    Map.of(
                            "A_1", 400.0, "A_2", 50.0, "B", 2000.0, "E", 1.7, "alpha_1", 0.36, "alpha_2", 0.28, "beta",
                            0.36)));

    /// The law called `word` over `count` runs of random sizes.
    static PlantedLaw of(String word, int count, Seed seed) {
        var form = Forms.named(word, Quantity.WIDTH);
        var groups = word.equals("width-groups") ? List.of("one", "two", "three") : List.of("");
        var parameters = form.parameters(groups);
        double[] vector = new double[parameters.size()];
        for (int p = 0; p < vector.length; p++) {
            double value = TRUTHS.getOrDefault(word, Map.of())
                    .getOrDefault(parameters.get(p).name(), Double.NaN);
            vector[p] = parameters.get(p).kind().logarithmic() ? Math.log(value) : value;
        }
        var law = new ScalingLaw(form, groups, vector);
        var random = seed.child(word).random();
        var runs = new ArrayList<Runs.Run>();
        for (int i = 0; i < count; i++) {
            var sizes = sizes(random).in(groups.get(i % groups.size()));
            runs.add(new Runs.Run("run " + i, sizes, law.at(sizes)));
        }
        return new PlantedLaw(law, Runs.of(runs));
    }

    private static Sizes sizes(SplitRandom random) {
        var values = new EnumMap<Quantity, Double>(Quantity.class);
        put(values, Quantity.PARAMETERS, random, 1e7, 1e10);
        put(values, Quantity.NON_VOCABULARY_PARAMETERS, random, 1e7, 1e10);
        put(values, Quantity.VOCABULARY_PARAMETERS, random, 1e6, 1e9);
        put(values, Quantity.TOKENS, random, 1e9, 1e12);
        put(values, Quantity.COMPUTE, random, 1e18, 1e22);
        put(values, Quantity.WIDTH, random, 64, 16384);
        put(values, Quantity.DEPTH, random, 2, 80);
        put(values, Quantity.VOCABULARY, random, 1e4, 1e6);
        var sizes = new Sizes(values, "");
        double passes = Math.exp(4 * random.nextDouble());
        return sizes.with(Quantity.UNIQUE_TOKENS, sizes.get(Quantity.TOKENS) / passes);
    }

    private static void put(
            Map<Quantity, Double> values, Quantity quantity, SplitRandom random, double low, double high) {
        values.put(quantity, low * Math.pow(high / low, random.nextDouble()));
    }
}
