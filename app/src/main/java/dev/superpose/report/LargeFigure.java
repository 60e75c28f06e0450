package dev.superpose.report;

import dev.superpose.published.PublishedToy;
import dev.superpose.published.ToySetting;
import dev.superpose.report.Layer.Point;
import dev.superpose.report.Legend.Corner;
import dev.superpose.report.Legend.Sample;
import dev.superpose.report.Trainings.Setting;
import dev.superpose.result.Table;
import dev.superpose.result.Table.Column;
import dev.superpose.study.JobResult;
import dev.superpose.study.WidthLaw;
import dev.superpose.toy.FeatureFrequencies;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Loss against width for several laws of frequencies, growth and decay beside each other: figure
/// 1 of Liu, Liu and Gore.
public final class LargeFigure {
    private static final int WIDTH = 345;
    private static final int HEIGHT = 300;
    private static final int FEWEST_WIDTHS = 3;
    private static final int LAST_OF_WEAK_POWER = 5;
    private static final int SKIPPED_OF_STRONG = 2;

    private LargeFigure() {}

    /// One law of frequencies under one decay.
    ///
    /// @param first the narrowest width that is fitted
    private record Curve(
            boolean strong, FeatureFrequencies law, List<JobResult> runs, double first, Optional<WidthLaw> fit) {}

    /// The figure; empty unless trainings have two laws of frequencies of different kinds.
    public static Optional<Figure> of(List<JobResult> results, String command) {
        var all = new Trainings(results).sharingAllBut(Setting.LAW, Setting.DECAY);
        if (all.runs().stream()
                        .map(run -> run.config().frequencies().getClass())
                        .distinct()
                        .count()
                < 2) {
            return Optional.empty();
        }
        List<Curve> curves = curves(all);
        var plots = new ArrayList<Plot>();
        for (boolean strong : new boolean[] {true, false}) {
            List<Curve> those =
                    curves.stream().filter(curve -> curve.strong() == strong).toList();
            if (!those.isEmpty()) {
                plots.add(plot(those));
            }
        }
        return Optional.of(new Figure(
                "loss-by-law",
                "Loss against width by the law of frequencies",
                "Test loss, summed over n = %,d features, with power laws m^−a over the widths the paper fits: weak power law"
                                .formatted(all.features())
                        + " the last five, strong power law and linear from the third, else all. The key has a and its"
                        + " standard error. "
                        + Spread.words(all.runs()),
                Plot.document(plots),
                table(curves),
                command));
    }

    private static List<Curve> curves(Trainings all) {
        var curves = new ArrayList<Curve>();
        for (Trainings ofDecay : all.by(Trainings::decay).values()) {
            boolean strong = ofDecay.runs().getFirst().config().decay() < 0;
            ofDecay.runs().stream()
                    .map(run -> run.config().frequencies())
                    .distinct()
                    .sorted(Comparator.comparingInt(LargeFigure::rank))
                    .forEach(law -> {
                        var runs =
                                ofDecay.where(run -> run.config().frequencies().equals(law));
                        double first = firstFitted(runs.values(Trainings::width), law, strong);
                        var fitted = runs.where(run -> run.config().width() >= first);
                        curves.add(new Curve(strong, law, runs.runs(), first, WidthLaw.ofLoss(fitted.runs())));
                    });
        }
        return curves;
    }

    /// Laws have their places and so their colours, in whatever order trainings are found.
    private static int rank(FeatureFrequencies law) {
        return switch (law) {
            case FeatureFrequencies.Power _ -> 0;
            case FeatureFrequencies.Exponential _ -> 1;
            case FeatureFrequencies.Linear _ -> 2;
            case FeatureFrequencies.Given _ -> 3;
        };
    }

    /// Where the published fit starts, or the first width where that would leave fewer than three.
    private static double firstFitted(List<Double> widths, FeatureFrequencies law, boolean strong) {
        boolean power = law instanceof FeatureFrequencies.Power;
        int from = 0;
        if (strong && (power || law instanceof FeatureFrequencies.Linear)) {
            from = SKIPPED_OF_STRONG;
        } else if (!strong && power) {
            from = widths.size() - LAST_OF_WEAK_POWER;
        }
        return widths.get(from > 0 && widths.size() - from >= FEWEST_WIDTHS ? from : 0);
    }

    private static Plot plot(List<Curve> curves) {
        var first = curves.getFirst();
        List<Double> decays = new Trainings(
                        curves.stream().flatMap(curve -> curve.runs().stream()).toList())
                .values(Trainings::decay);
        var panel = new Panel("%s, γ = %s"
                .formatted(
                        first.strong() ? "strong" : "weak",
                        String.join(", ", decays.stream().map(Words::number).toList())));
        boolean published = false;
        for (int i = 0; i < curves.size(); i++) {
            Curve curve = curves.get(i);
            Style style = Measured.look(i);
            curve.fit().ifPresent(fit -> panel.line(style.with(Style.SOLID), 1.6, line(curve, fit)));
            Measured measured = measured(curve, style).positive();
            panel.marks(measured);
            published |= !measured.published().isEmpty();
            panel.key(label(curve), style.with(Style.SOLID), Sample.POINT_AND_LINE);
        }
        panel.publishedKey(PublishedMarks.key(first.runs()), published);
        return panel.plot("width m", Axis::log, "test loss", Axis::log, Corner.BOTTOM_LEFT, WIDTH, HEIGHT);
    }

    private static Measured measured(Curve curve, Style style) {
        return new Measured(
                Words.law(curve.law()),
                style,
                Spread.of(curve.runs(), Trainings::width, Trainings::loss),
                PublishedMarks.points(PublishedToy.largeLosses(), curve.runs(), ToySetting::width));
    }

    private static String label(Curve curve) {
        String law = Words.law(curve.law());
        return curve.fit()
                .map(fit -> law + ": " + Words.withError(fit.exponent(), fit.standardError()))
                .orElse(law);
    }

    private static List<Point> line(Curve curve, WidthLaw fit) {
        double last = curve.runs().stream().mapToDouble(Trainings::width).max().orElseThrow();
        return List.of(new Point(curve.first(), fit.at(curve.first()), ""), new Point(last, fit.at(last), ""));
    }

    private static Table table(List<Curve> curves) {
        var rows = new ArrayList<List<Table.Cell>>();
        for (Curve curve : curves) {
            Measured measured = measured(curve, Measured.look(0));
            for (Spread spread : measured.ours()) {
                rows.add(Table.row(
                        Words.law(curve.law()),
                        curve.runs().getFirst().config().decay(),
                        spread.x(),
                        spread.seeds(),
                        spread.mean(),
                        spread.least(),
                        spread.most(),
                        measured.publishedAt(spread.x()),
                        curve.fit().map(fit -> fit.at(spread.x())).orElse(Double.NaN),
                        spread.x() >= curve.first() ? "yes" : "no"));
            }
        }
        return new Table(
                List.of(
                        Column.text("frequencies"),
                        Column.real("decay", ""),
                        Column.real("width", ""),
                        Column.whole("seeds", ""),
                        Column.real("test_loss", "sum over features"),
                        Column.real("least", ""),
                        Column.real("most", ""),
                        Column.real("published", ""),
                        Column.real("fit", ""),
                        Column.text("fitted")),
                rows);
    }
}
