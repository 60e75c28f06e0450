package dev.superpose.report;

import dev.superpose.plan.Choice;
import dev.superpose.plan.Plan;
import dev.superpose.plan.PlanOutcome;
import dev.superpose.plan.Planner;
import dev.superpose.plan.Restriction;
import dev.superpose.report.Layer.Point;
import dev.superpose.report.Legend.Corner;
import dev.superpose.report.Legend.Entry;
import dev.superpose.report.Legend.Sample;
import dev.superpose.result.Table;
import dev.superpose.result.Table.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The figures of a plan.
final class PlanFigures {
    private static final int WIDTH = 620;
    private static final int HEIGHT = 380;
    private static final int STEPS = 120;
    private static final double MOST_EXCESS = 2.5;
    private static final double DECADES = 1.5;

    private PlanFigures() {}

    /// How flat the optimum is: the loss above the least, along the budget.
    static Figure basin(PlanReport.Answer answer, String command) {
        var plan = answer.plan();
        var line = curve(answer);
        var layers = new ArrayList<Layer>();
        var key = new ArrayList<Entry>();
        plan.spread().ifPresent(spread -> {
            double low = Math.max(spread.parameters().low(), line.getFirst().x());
            double high = Math.min(spread.parameters().high(), line.getLast().x());
            if (low < high) {
                layers.add(new Layer.Band(
                        Ink.BLUE,
                        List.of(new Layer.Interval(low, 0, MOST_EXCESS), new Layer.Interval(high, 0, MOST_EXCESS))));
                key.add(new Entry(
                        "optimum, %s %% of draws"
                                .formatted(Table.brief(100 * spread.parameters().level())),
                        Style.of(Ink.BLUE),
                        Sample.BAR));
            }
        });
        for (double tolerance : Planner.TOLERANCES) {
            layers.add(new Layer.Across(Style.of(Ink.GREY), false, 100 * tolerance));
        }
        key.add(new Entry("0.1, 0.5 and 1 % above", Style.of(Ink.GREY), Sample.LINE));
        layers.add(new Layer.Line(Style.of(Ink.BLUE).with(Style.SOLID), 2, line));
        marks(answer, line, layers, key);
        var plot = new Plot(
                "",
                Axis.logBetween(
                        "parameters N", line.getFirst().x(), line.getLast().x()),
                Axis.linear("loss above the least for this compute, %", 0, MOST_EXCESS),
                layers,
                new Legend(Corner.OUTSIDE, key),
                WIDTH - 120,
                HEIGHT);
        return new Figure(
                "basin",
                "How flat the optimum is",
                "The loss that the law promises along the budget of %s FLOPs, above the least. Between two crossings of a grey line every N is as good to that tolerance."
                        .formatted(Sized.brief(plan.compute())),
                Plot.document(List.of(plot)),
                basinTable(plan),
                command);
    }

    private static void marks(PlanReport.Answer answer, List<Point> line, List<Layer> layers, List<Entry> key) {
        mark("plan", Ink.BLUE, answer.plan().best(), 0, line, layers, key);
        answer.proposal()
                .ifPresent(
                        waste -> mark("proposed", Ink.VERMILLION, waste.proposal(), waste.excess(), line, layers, key));
        var inks = List.of(Ink.GREEN, Ink.PURPLE, Ink.ORANGE, Ink.SKY);
        for (int k = 0; k < Math.min(inks.size(), answer.beside().size()); k++) {
            var rule = answer.beside().get(k);
            mark(rule.name(), inks.get(k), rule.choice(), rule.waste().excess(), line, layers, key);
        }
    }

    private static void mark(
            String name, Ink ink, Choice choice, double over, List<Point> line, List<Layer> layers, List<Entry> key) {
        double excess = 100 * over;
        boolean inside = choice.parameters() >= line.getFirst().x()
                && choice.parameters() <= line.getLast().x()
                && excess <= MOST_EXCESS;
        if (inside) {
            layers.add(new Layer.Points(
                    Style.of(ink), 70, false, List.of(new Point(choice.parameters(), Math.max(0, excess), name))));
        }
        key.add(new Entry(
                inside ? name : name + (excess > MOST_EXCESS ? " (worse, outside)" : " (outside)"),
                Style.of(ink),
                Sample.POINT));
    }

    /// N against the percentage above the least loss, as far as that is below [#MOST_EXCESS].
    private static List<Point> curve(PlanReport.Answer answer) {
        double best = answer.plan().best().parameters();
        var points = new ArrayList<Point>();
        for (int step = -STEPS; step <= STEPS; step++) {
            double parameters = best * Math.pow(10, DECADES * step / STEPS);
            planned(answer.planner(), answer.plan().compute(), parameters).ifPresent(loss -> {
                double excess = 100 * (loss / answer.plan().best().loss() - 1);
                if (excess <= MOST_EXCESS) {
                    points.add(new Point(parameters, Math.max(0, excess), ""));
                }
            });
        }
        return points;
    }

    private static Optional<Double> planned(Planner planner, double compute, double parameters) {
        var bare =
                new Planner(planner.law(), Optional.empty(), planner.level(), planner.flops(), planner.circumstances());
        PlanOutcome outcome = bare.plan(compute, new Restriction.FixedParameters(parameters));
        return outcome instanceof Plan plan && Double.isFinite(plan.best().loss())
                ? Optional.of(plan.best().loss())
                : Optional.empty();
    }

    /// The optimal loss against compute, with the plan, two decades around it.
    static Figure overCompute(PlanReport.Answer answer, String command) {
        var planner = answer.planner();
        var bare =
                new Planner(planner.law(), Optional.empty(), planner.level(), planner.flops(), planner.circumstances());
        var line = new ArrayList<Point>();
        var rows = new ArrayList<List<Table.Cell>>();
        for (int step = -10; step <= 10; step++) {
            double compute = answer.plan().compute() * Math.pow(10, step / 5.0);
            if (bare.plan(compute) instanceof Plan plan) {
                line.add(new Point(compute, plan.best().loss(), ""));
                rows.add(Table.row(
                        compute,
                        plan.best().parameters(),
                        plan.best().tokens(),
                        plan.best().loss()));
            }
        }
        var values = line.stream().map(Point::y).toList();
        var plot = new Plot(
                "",
                Axis.log("compute, FLOPs", line.stream().map(Point::x).toList()),
                Axis.loss("least loss by the law", values),
                List.of(
                        new Layer.Line(Style.of(Ink.BLUE).with(Style.SOLID), 2, line),
                        new Layer.Points(
                                Style.of(Ink.BLUE),
                                70,
                                false,
                                List.of(new Point(
                                        answer.plan().compute(),
                                        answer.plan().best().loss(),
                                        "plan")))),
                Legend.none(),
                WIDTH,
                HEIGHT - 80);
        return new Figure(
                "loss-against-compute",
                "What more compute would buy",
                "The least loss that the law promises for each budget; the mark is the plan.",
                Plot.document(List.of(plot)),
                new Table(
                        List.of(
                                Column.real("compute", "FLOPs"),
                                Column.real("parameters", ""),
                                Column.real("tokens", ""),
                                Column.real("loss", "")),
                        rows),
                command);
    }

    private static Table basinTable(Plan plan) {
        return new Table(
                List.of(
                        Column.real("within", "%"),
                        Column.real("parameters_from", ""),
                        Column.real("parameters_to", ""),
                        Column.real("tokens_from", ""),
                        Column.real("tokens_to", "")),
                plan.basins().stream()
                        .map(basin -> Table.row(
                                100 * basin.tolerance(),
                                basin.lowParameters(),
                                basin.highParameters(),
                                basin.lowTokens(),
                                basin.highTokens()))
                        .toList());
    }
}
