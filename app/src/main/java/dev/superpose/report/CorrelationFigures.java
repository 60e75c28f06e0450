package dev.superpose.report;

import dev.superpose.report.Legend.Corner;
import dev.superpose.report.Legend.Sample;
import dev.superpose.report.Trainings.Setting;
import dev.superpose.result.Table;
import dev.superpose.result.Table.Column;
import dev.superpose.study.JobResult;
import dev.superpose.study.WidthLaw;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What features that tend to be active together do to the loss, every feature being as frequent as
/// without it.
public final class CorrelationFigures {
    private static final int FEWEST = 2;
    private static final int HALF = 320;
    private static final int HEIGHT = 300;
    /// Beside the least and the largest strength, 0 and 1.
    private static final double AIR = 0.05;

    private CorrelationFigures() {}

    /// One seed's exponent.
    private record OfSeed(double alpha, double strength, long seed, WidthLaw law) {}

    /// Loss against width for each strength in one way of grouping, and the exponent of the loss
    /// against the strength in every way, with its spread over seeds. Empty with fewer than two
    /// strengths.
    public static Optional<Figure> loss(List<JobResult> results, String command) {
        var all = new Trainings(results)
                .where(run -> !Double.isNaN(FeatureGroups.strength(run)) && !Double.isNaN(Trainings.alpha(run)))
                .where(run -> Trainings.loss(run) > 0)
                .sharingAllBut(Setting.LAW, Setting.TASK);
        Map<FeatureGroups, Trainings> groupings = FeatureGroups.split(all);
        if (groupings.isEmpty() || all.values(FeatureGroups::strength).size() < FEWEST) {
            return Optional.empty();
        }
        var shown = groupings.entrySet().iterator().next();
        var runs = shown.getValue().nearest(Trainings::alpha, 1);
        var left = lossPanel(runs);
        var right = new Panel("exponent");
        var rows = new ArrayList<List<Table.Cell>>();
        int curves = 0;
        for (var grouping : groupings.entrySet()) {
            for (var ofAlpha : grouping.getValue().by(Trainings::alpha).entrySet()) {
                List<OfSeed> seeds = exponents(ofAlpha.getKey(), ofAlpha.getValue());
                var curve = exponentCurve(grouping.getKey(), ofAlpha.getKey(), seeds, curves++);
                right.measured(curve).key(curve.label(), curve.style(), Sample.POINT);
                seeds.forEach(of -> rows.add(row(grouping.getKey(), of)));
            }
        }
        return Optional.of(new Figure(
                "correlation",
                "Loss where features occur together",
                "Left: test loss at α = %s, %s. Right: the exponent of the loss against the strength of the correlation,"
                                .formatted(
                                        Words.number(runs.the(Trainings::alpha)),
                                        shown.getKey().words())
                        + " fitted for each seed; every feature is as frequent as without it. "
                        + Spread.words(all.runs()),
                Plot.document(List.of(
                        left.plot("width m", Axis::log, "test loss", Axis::log, Corner.BOTTOM_LEFT, HALF, HEIGHT),
                        right.plot(
                                "strength of the correlation",
                                (title, _) -> Axis.linear(title, -AIR, 1 + AIR),
                                "exponent of the loss α_m",
                                Axis::linear,
                                Corner.OUTSIDE,
                                HALF,
                                HEIGHT))),
                table(rows),
                command));
    }

    private static Panel lossPanel(Trainings runs) {
        var panel = new Panel("loss");
        int number = 0;
        for (double strength : Trainings.spread(runs.values(FeatureGroups::strength), Measured.MOST)) {
            var curve = new Measured(
                    "strength " + Words.number(strength),
                    Measured.look(number++),
                    Spread.of(runs.at(FeatureGroups::strength, strength).runs(), Trainings::width, Trainings::loss),
                    List.of());
            panel.measured(curve).key(curve.label(), curve.style(), Sample.POINT);
        }
        return panel;
    }

    private static List<OfSeed> exponents(double alpha, Trainings runs) {
        var exponents = new ArrayList<OfSeed>();
        for (var ofStrength : runs.by(FeatureGroups::strength).entrySet()) {
            for (var ofSeed :
                    ofStrength.getValue().by(run -> run.config().seed()).values()) {
                WidthLaw.ofLoss(ofSeed.runs())
                        .ifPresent(law -> exponents.add(new OfSeed(
                                alpha,
                                ofStrength.getKey(),
                                ofSeed.runs().getFirst().config().seed(),
                                law)));
            }
        }
        return exponents;
    }

    private static Measured exponentCurve(FeatureGroups grouping, double alpha, List<OfSeed> seeds, int number) {
        var byStrength = new LinkedHashMap<Double, List<Double>>();
        seeds.forEach(of -> byStrength
                .computeIfAbsent(of.strength(), _ -> new ArrayList<>())
                .add(of.law().exponent()));
        return new Measured(
                "α = %s, %s".formatted(Words.number(alpha), grouping.words()),
                Measured.look(number),
                byStrength.entrySet().stream()
                        .map(entry -> Spread.of(entry.getKey(), entry.getValue()))
                        .toList(),
                List.of());
    }

    private static List<Table.Cell> row(FeatureGroups grouping, OfSeed of) {
        return Table.row(
                grouping.words(),
                of.alpha(),
                of.strength(),
                of.seed(),
                of.law().exponent(),
                of.law().standardError(),
                of.law().rSquared());
    }

    private static Table table(List<List<Table.Cell>> rows) {
        return new Table(
                List.of(
                        Column.text("groups"),
                        Column.real("alpha", ""),
                        Column.real("strength", ""),
                        Column.whole("seed", ""),
                        Column.real("exponent", ""),
                        Column.real("standard_error", ""),
                        Column.real("r_squared", "")),
                rows);
    }
}
