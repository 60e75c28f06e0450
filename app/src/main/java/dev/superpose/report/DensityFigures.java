package dev.superpose.report;

import dev.superpose.published.PublishedToy;
import dev.superpose.published.ToySetting;
import dev.superpose.report.Layer.Point;
import dev.superpose.report.Legend.Corner;
import dev.superpose.report.Legend.Sample;
import dev.superpose.report.Trainings.Setting;
import dev.superpose.study.JobResult;
import dev.superpose.study.WidthLaw;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Loss against the number of features active at a time, E: figure 14 of Liu, Liu and Gore.
public final class DensityFigures {
    private static final int FEWEST = 3;
    private static final int PUBLISHED_WIDTH = 63;
    private static final int HALF = 320;
    private static final int HEIGHT = 300;
    private static final String ACTIVE = "mean number of active features E";

    private DensityFigures() {}

    /// Loss and loss per active feature against E for each gamma, at m = 63 and alpha = 1 or next
    /// to them: figure 14a. Empty with fewer than three E.
    public static Optional<Figure> againstDensity(List<JobResult> results, String command) {
        var all = atPublishedWidth(new Trainings(results)
                .sharingAllBut(
                        part -> mostDensities(atPublishedWidth(part)), Setting.LAW, Setting.DECAY, Setting.DENSITY));
        // A mark alone, of another study with the same settings, says nothing of density.
        var runs = new Trainings(all.by(Trainings::decay).values().stream()
                .filter(curve -> curve.values(Trainings::density).size() >= FEWEST)
                .flatMap(curve -> curve.runs().stream())
                .toList());
        if (runs.isEmpty()) {
            return Optional.empty();
        }
        var left = new Panel("loss");
        var right = new Panel("loss per active feature");
        var curves = new ArrayList<Measured>();
        for (double decay : Trainings.spread(runs.values(Trainings::decay), Measured.MOST)) {
            List<JobResult> those = runs.at(Trainings::decay, decay).runs();
            List<Point> published = PublishedMarks.points(PublishedToy.densityLosses(), those, ToySetting::density);
            var curve = new Measured(
                    "γ = " + Words.twoDecimals(decay),
                    Measured.look(curves.size()),
                    Spread.of(those, Trainings::density, Trainings::loss),
                    published);
            left.measured(curve.positive());
            right.measured(perFeature(curve, those).positive()).key(curve.label(), curve.style(), Sample.POINT);
            curves.add(curve);
        }
        right.publishedKey(
                PublishedMarks.key(runs.runs()),
                curves.stream().anyMatch(curve -> !curve.published().isEmpty()));
        return Optional.of(new Figure(
                "loss-against-density",
                "Loss against density",
                "Test loss, summed over features, and the same over E, at m = %s and α = %s. Where the loss were"
                                .formatted(
                                        Words.number(runs.the(Trainings::width)),
                                        Words.number(runs.the(Trainings::alpha)))
                        + " proportional to E the right curves would be level." + rise(curves) + " "
                        + Spread.words(runs.runs()),
                Plot.document(List.of(
                        left.plot(ACTIVE, Axis::linear, "test loss", Axis::log, Corner.BOTTOM_RIGHT, HALF, HEIGHT),
                        right.plot(ACTIVE, Axis::linear, "test loss / E", Axis::log, Corner.OUTSIDE, HALF, HEIGHT))),
                Measured.table("decay", "density", "test_loss", "sum over features", curves),
                command));
    }

    /// Loss against width for each E, with exponents, at gamma = -5/9 or next to it: figure 14b.
    /// Empty with fewer than three E or two widths.
    public static Optional<Figure> againstWidth(List<JobResult> results, String command) {
        var runs = atPublishedDecay(new Trainings(results)
                .sharingAllBut(
                        part -> curves(atPublishedDecay(part)).size(), Setting.LAW, Setting.DECAY, Setting.DENSITY));
        List<Double> densities = curves(runs);
        if (densities.size() < FEWEST) {
            return Optional.empty();
        }
        var panel = new Panel("");
        var curves = new ArrayList<Measured>();
        var exponents = new ArrayList<Double>();
        for (double density : Trainings.spread(densities, Measured.MOST)) {
            List<JobResult> those = runs.at(Trainings::density, density).runs();
            var curve = new Measured(
                            "E = " + Words.twoDecimals(density),
                            Measured.look(curves.size()),
                            Spread.of(those, Trainings::width, Trainings::loss),
                            PublishedMarks.points(PublishedToy.densityWidthLosses(), those, ToySetting::width))
                    .positive();
            var law = WidthLaw.ofLoss(those);
            law.ifPresent(fit -> exponents.add(fit.exponent()));
            panel.measured(curve)
                    .key(
                            curve.label()
                                    + law.map(fit -> ": " + Words.withError(fit.exponent(), fit.standardError()))
                                            .orElse(""),
                            curve.style(),
                            Sample.POINT);
            curves.add(curve);
        }
        panel.publishedKey(
                PublishedMarks.key(runs.runs()),
                curves.stream().anyMatch(curve -> !curve.published().isEmpty()));
        var plot = panel.plot(
                "width m", Axis::log, "test loss, summed over features", Axis::log, Corner.BOTTOM_LEFT, 520, 340);
        return Optional.of(new Figure(
                "density-exponents",
                "Loss against width by density",
                "Test loss for several E at γ = %s and α = %s; the key has the exponents of power laws, which go from %s. "
                                .formatted(
                                        Words.twoDecimals(runs.the(Trainings::decay)),
                                        Words.number(runs.the(Trainings::alpha)),
                                        Words.range(exponents.stream().mapToDouble(value -> value)))
                        + Spread.words(runs.runs()),
                Plot.document(List.of(plot)),
                Measured.table("density", "width", "test_loss", "sum over features", curves),
                command));
    }

    private static Trainings atPublishedWidth(Trainings all) {
        return all.nearest(Trainings::alpha, 1).nearest(Trainings::width, PUBLISHED_WIDTH);
    }

    /// How many densities the decay has that has most.
    private static int mostDensities(Trainings runs) {
        return runs.by(Trainings::decay).values().stream()
                .mapToInt(curve -> curve.values(Trainings::density).size())
                .max()
                .orElse(0);
    }

    private static Trainings atPublishedDecay(Trainings all) {
        return all.nearest(Trainings::alpha, 1).nearest(Trainings::decay, PublishedToy.STRONG_DECAY);
    }

    /// The densities with at least two widths.
    private static List<Double> curves(Trainings runs) {
        return runs.by(Trainings::density).entrySet().stream()
                .filter(curve -> curve.getValue().values(Trainings::width).size() > 1)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static Measured perFeature(Measured curve, List<JobResult> those) {
        return new Measured(
                curve.label(),
                curve.style(),
                Spread.of(those, Trainings::density, run -> Trainings.loss(run) / Trainings.density(run)),
                curve.published().stream()
                        .map(point -> new Point(point.x(), point.y() / point.x(), point.note()))
                        .toList());
    }

    /// By how much the loss per active feature grows from the least E to the largest.
    private static String rise(List<Measured> curves) {
        double[] factors = curves.stream()
                .filter(curve -> curve.ours().size() > 1)
                .mapToDouble(curve -> {
                    Spread first = curve.ours().getFirst();
                    Spread last = curve.ours().getLast();
                    return last.mean() / last.x() / (first.mean() / first.x());
                })
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        return factors.length == 0
                ? ""
                : " From the least E to the largest the loss per active feature changes by a factor of %s."
                        .formatted(Words.range(factors[0], factors[factors.length - 1]));
    }
}
