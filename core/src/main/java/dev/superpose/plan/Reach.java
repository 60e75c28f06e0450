package dev.superpose.plan;

import dev.superpose.result.Table;
import dev.superpose.runs.Quantity;
import dev.superpose.runs.Runs;

/// How far a plan lies beyond the runs that its law was fitted to. Intervals from draws take the
/// law for granted, so the further a plan reaches, the less they mean.
///
/// @param parameters N over the largest measured; NaN if the runs have no such size
/// @param tokens D over the largest measured; NaN if the runs have none
/// @param compute N D over the largest measured; NaN if the runs lack one of the two
public record Reach(double parameters, double tokens, double compute) {

    /// The reach of `choice` beyond `runs`.
    public static Reach of(Runs runs, Choice choice) {
        var size = runs.has(Quantity.PARAMETERS) ? Quantity.PARAMETERS : Quantity.NON_VOCABULARY_PARAMETERS;
        boolean both = runs.has(size) && runs.has(Quantity.TOKENS);
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = 0; both && i < runs.count(); i++) {
            largest = Math.max(largest, runs.log(size, i) + runs.log(Quantity.TOKENS, i));
        }
        return new Reach(
                over(runs, size, choice.parameters()),
                over(runs, Quantity.TOKENS, choice.tokens()),
                both ? choice.parameters() * choice.tokens() / Math.exp(largest) : Double.NaN);
    }

    /// Whether the plan lies within what was measured.
    public boolean inside() {
        return parameters <= 1 && tokens <= 1 && compute <= 1;
    }

    /// In words, such as `N is 4.50, D 12.0 and N D 54.0 times the largest measured`.
    public String words() {
        return "N is %s, D %s and N D %s times the largest measured"
                .formatted(Table.brief(parameters), Table.brief(tokens), Table.brief(compute));
    }

    private static double over(Runs runs, Quantity size, double value) {
        return runs.has(size) ? value / runs.range(size).getValue() : Double.NaN;
    }
}
