package dev.superpose.report;

import dev.superpose.report.Legend.Corner;
import dev.superpose.report.Legend.Sample;
import dev.superpose.report.Trainings.Setting;
import dev.superpose.result.Table;
import dev.superpose.result.Table.Column;
import dev.superpose.study.JobResult;
import dev.superpose.theory.WeakRegime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Loss for widths up to and beyond the number of features, where the power law of width ends:
/// nobody has published this.
public final class WidthLimitFigure {
    private static final int MOST_DECAYS = 3;
    private static final int WIDTH = 320;
    private static final int HEIGHT = 250;
    /// The least share of the number of features that must be reached for the end to be in sight.
    private static final double IN_SIGHT = 0.5;

    private WidthLimitFigure() {}

    /// One number of features and one exponent of the frequencies, under one decay.
    private record Curve(Measured loss, Measured exponent, Trainings runs) {}

    /// Loss and local exponent against m/n, a row for each gamma; empty unless a width reaches
    /// half of the features at least.
    public static Optional<Figure> of(List<JobResult> results, String command) {
        var all = new Trainings(results)
                .where(run -> !Double.isNaN(Trainings.alpha(run)) && Trainings.loss(run) > 0)
                .sharingAllBut(Setting.FEATURES, Setting.LAW, Setting.DECAY);
        if (all.runs().stream().noneMatch(run -> share(run) >= IN_SIGHT)) {
            return Optional.empty();
        }
        var rows = new ArrayList<List<Plot>>();
        var curves = new ArrayList<Curve>();
        for (double decay : Trainings.spread(all.values(Trainings::decay), MOST_DECAYS)) {
            List<Curve> those = curves(all.at(Trainings::decay, decay));
            rows.add(row(decay, those, rows.isEmpty()));
            curves.addAll(those);
        }
        return Optional.of(new Figure(
                "width-limit",
                "Where the power law of width ends",
                "Test loss against width over the number of features, and the exponent between neighbouring widths,"
                        + " −Δ ln L / Δ ln m. The line stands at m = n. " + leftThere(curves) + " "
                        + Spread.words(all.runs())
                        + notDrawn(all),
                Plot.rows(rows),
                table(curves),
                command));
    }

    private static List<Curve> curves(Trainings ofDecay) {
        var pairs = new ArrayList<Trainings>();
        ofDecay.by(Trainings::features)
                .values()
                .forEach(ofSize -> pairs.addAll(ofSize.by(Trainings::alpha).values()));
        var curves = new ArrayList<Curve>();
        int most = Math.min(pairs.size(), Measured.MOST);
        for (int i = 0; i < most; i++) {
            var runs = pairs.get(most == 1 ? 0 : (int) Math.round(i * (pairs.size() - 1.0) / (most - 1)));
            String label = "n = %d, α = %s".formatted(runs.features(), Words.number(runs.the(Trainings::alpha)));
            Style style = Measured.look(i);
            List<Spread> losses = Spread.of(runs.runs(), WidthLimitFigure::share, Trainings::loss);
            curves.add(new Curve(
                    new Measured(label, style, losses, List.of()),
                    new Measured(label, style, slopes(losses), List.of()),
                    runs));
        }
        return curves;
    }

    /// The exponents between neighbours, each at the geometric mean of their places.
    private static List<Spread> slopes(List<Spread> losses) {
        var slopes = new ArrayList<Spread>();
        for (int i = 1; i < losses.size(); i++) {
            Spread one = losses.get(i - 1);
            Spread next = losses.get(i);
            double slope = -Math.log(next.mean() / one.mean()) / Math.log(next.x() / one.x());
            slopes.add(new Spread(Math.sqrt(one.x() * next.x()), slope, slope, slope, 1));
        }
        return slopes;
    }

    private static List<Plot> row(double decay, List<Curve> curves, boolean keyed) {
        var left = new Panel("γ = " + Words.twoDecimals(decay));
        var right = new Panel("exponent between neighbours");
        Style end = Style.of(Ink.GREY);
        left.across(end, true, 1);
        right.across(end, true, 1);
        for (Curve curve : curves) {
            left.measured(curve.loss());
            right.measured(curve.exponent());
            if (keyed) {
                right.key(curve.loss().label(), curve.loss().style(), Sample.POINT);
            }
        }
        if (keyed) {
            right.key("m = n", end, Sample.LINE);
        }
        String x = "width over features m/n";
        return List.of(
                left.plot(x, Axis::log, "test loss", Axis::log, Corner.BOTTOM_LEFT, WIDTH, HEIGHT),
                right.plot(x, Axis::log, "exponent", Axis::linear, Corner.OUTSIDE, WIDTH, HEIGHT));
    }

    private static double share(JobResult run) {
        return run.config().width() / (double) run.config().features();
    }

    /// The loss that is left at m = n, over that of answering every feature by its mean.
    private static String leftThere(List<Curve> curves) {
        double[] left = curves.stream()
                .flatMap(curve -> curve.loss().ours().stream()
                        .filter(spread -> Math.abs(spread.x() - 1) < 1e-9)
                        .map(spread -> spread.mean() / trivial(curve.runs())))
                .mapToDouble(value -> value)
                .sorted()
                .toArray();
        return left.length == 0
                ? "No width is the number of features itself."
                : "There the loss is still %s of that of answering every feature by its mean."
                        .formatted(Words.range(left[0], left[left.length - 1]));
    }

    private static String notDrawn(Trainings all) {
        long pairs = all.runs().stream()
                .map(run -> List.of(Trainings.features(run), Trainings.alpha(run)))
                .distinct()
                .count();
        long decays = all.values(Trainings::decay).size();
        return (pairs > Measured.MOST ? " %d of %d pairs of n and α are drawn.".formatted(Measured.MOST, pairs) : "")
                + (decays > MOST_DECAYS ? " %d of %d decays are drawn.".formatted(MOST_DECAYS, decays) : "");
    }

    private static double trivial(Trainings runs) {
        return WeakRegime.trivialLoss(runs.runs().getFirst().config().probabilities());
    }

    private static Table table(List<Curve> curves) {
        var rows = new ArrayList<List<Table.Cell>>();
        for (Curve curve : curves) {
            double trivial = trivial(curve.runs());
            for (Spread spread : curve.loss().ours()) {
                rows.add(Table.row(
                        curve.runs().the(Trainings::decay),
                        curve.runs().features(),
                        curve.runs().the(Trainings::alpha),
                        Math.rint(spread.x() * curve.runs().features()),
                        spread.x(),
                        spread.seeds(),
                        spread.mean(),
                        spread.least(),
                        spread.most(),
                        spread.mean() / trivial));
            }
        }
        return new Table(
                List.of(
                        Column.real("decay", ""),
                        Column.whole("features", ""),
                        Column.real("alpha", ""),
                        Column.real("width", ""),
                        Column.real("width_over_features", ""),
                        Column.whole("seeds", ""),
                        Column.real("test_loss", "sum over features"),
                        Column.real("least", ""),
                        Column.real("most", ""),
                        Column.real("over_trivial", "")),
                rows);
    }
}
