package dev.superpose.reproduction;

import dev.superpose.published.PublishedModels;
import dev.superpose.published.PublishedModels.ModelOverlap;
import dev.superpose.stat.LineFit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Figures 6 and 8: language models. The values are the published ones; what is ours is the fit.
final class ModelItems {
    private ModelItems() {}

    /// Figure 6.
    static List<Item> overlaps() {
        var items = new ItemList(PaperFigure.FIG6);
        List<ModelOverlap> all = PublishedModels.overlaps();
        var line = LineFit.of(
                all.stream().mapToDouble(model -> Math.log(model.width())).toArray(),
                all.stream().mapToDouble(model -> Math.log(model.meanSquare())).toArray());
        items.fit(
                "exponent of the mean squared overlap",
                "25 published heads",
                Optional.of(Measured.computed(-line.slope(), line.slopeStandardError())),
                Reference.claimed(1),
                new Rule.TwoOwnErrors());
        double[] times = all.stream()
                .mapToDouble(model -> model.width() * model.meanSquare())
                .sorted()
                .toArray();
        items.claim(
                "mean squared overlaps of heads are roughly 1/m",
                Optional.of(Measured.computed(times[times.length / 2], Double.NaN)),
                1,
                "within a factor of 2 of 1/m in the middle",
                times[times.length / 2] <= 2 ? Verdict.REPRODUCED : Verdict.DIFFERS,
                String.format(
                        Locale.ROOT,
                        "They are %.0f to %.0f times 1/m: rows share directions. The line over width explains %.0f %% of their scatter.",
                        times[0],
                        times[times.length - 1],
                        100 * line.rSquared()));
        return items.items();
    }

    /// Figure 8.
    static List<Item> losses() {
        return List.of();
    }
}
