package dev.superpose.cli;

import dev.superpose.plan.Gpu;
import dev.superpose.plan.GpuCatalogue;
import dev.superpose.plan.Hardware;
import dev.superpose.plan.OptimumRule;
import dev.superpose.plan.PublishedLaw;
import dev.superpose.plan.PublishedLaws;
import dev.superpose.plan.Waste;
import dev.superpose.report.Sized;
import dev.superpose.result.Table;
import dev.superpose.result.Table.Column;
import dev.superpose.stat.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a terminal shows of a plan.
final class PlanText {
    private PlanText() {}

    static String of(PlanAnswer answer) {
        var text = new StringBuilder();
        text.append("a plan for %s FLOPs by %s\n%s\n\n"
                .formatted(
                        Sized.brief(answer.plan().compute()),
                        answer.source().origin(),
                        answer.source().law().formula()));
        text.append(best(answer)).append('\n');
        if (!answer.plan().basins().isEmpty()) {
            text.append(basins(answer)).append('\n');
        }
        text.append(beside(answer)).append('\n');
        if (!answer.shapes().isEmpty()) {
            text.append(shapes(answer)).append('\n');
        }
        text.append(cost(answer.hardware(), answer.cost())).append('\n');
        answer.target()
                .ifPresent(target -> text.append("target: a loss of %s takes %s FLOPs%s\n"
                        .formatted(
                                Table.brief(target.loss()),
                                Sized.brief(target.plan().compute()),
                                target.compute()
                                        .map(interval -> " (%s)".formatted(range(interval)))
                                        .orElse(""))));
        if (!answer.next().isEmpty()) {
            text.append('\n').append(next(answer));
        }
        answer.notes().forEach(note -> text.append("note: ").append(note).append('\n'));
        return text.toString();
    }

    private static String best(PlanAnswer answer) {
        var best = answer.plan().best();
        var rows = new ArrayList<List<Table.Cell>>();
        var spread = answer.plan().spread();
        rows.add(row("parameters N", Sized.brief(best.parameters()), spread.map(s -> s.parameters())));
        rows.add(row("tokens D", Sized.brief(best.tokens()), spread.map(s -> s.tokens())));
        rows.add(row("tokens per parameter", Sized.brief(best.ratio()), spread.map(s -> s.ratio())));
        rows.add(row("loss", Table.brief(best.loss()), spread.map(s -> s.loss())));
        String table = new Table(
                        List.of(Column.text("plan"), Column.text("best"), Column.text("low"), Column.text("high")),
                        rows)
                .toText();
        return table
                + spread.map(s ->
                                "low to high: %s %% of %d draws, %s; not knowing the law better costs up to %s %% of the loss\n"
                                        .formatted(
                                                Table.brief(100 * s.parameters().level()),
                                                s.draws(),
                                                s.method(),
                                                Table.brief(
                                                        Sized.percent(s.regret().high()))))
                        .orElse("");
    }

    private static List<Table.Cell> row(String name, String best, Optional<Interval> interval) {
        return Table.row(
                name,
                best,
                interval.map(of -> Sized.brief(of.low())).orElse("–"),
                interval.map(of -> Sized.brief(of.high())).orElse("–"));
    }

    private static String range(Interval interval) {
        return "%s to %s, %s %%"
                .formatted(
                        Sized.brief(interval.low()), Sized.brief(interval.high()), Table.brief(100 * interval.level()));
    }

    private static String basins(PlanAnswer answer) {
        var rows = new ArrayList<List<Table.Cell>>();
        for (var basin : answer.plan().basins()) {
            rows.add(Table.row(
                    String.valueOf(Sized.percent(basin.tolerance())) + " %",
                    (basin.lowOpen() ? "< " : "") + Sized.brief(basin.lowParameters()),
                    (basin.highOpen() ? "> " : "") + Sized.brief(basin.highParameters()),
                    Sized.brief(basin.lowTokens()),
                    Sized.brief(basin.highTokens())));
        }
        return new Table(
                        List.of(
                                Column.text("as good to"),
                                Column.text("N from"),
                                Column.text("N to"),
                                Column.text("D from"),
                                Column.text("D to")),
                        rows)
                .toText();
    }

    private static String beside(PlanAnswer answer) {
        var rows = new ArrayList<List<Table.Cell>>();
        answer.proposal().ifPresent(waste -> rows.add(row("your proposal", waste)));
        answer.beside().forEach(rule -> rows.add(row(rule.name(), rule.waste())));
        return new Table(
                        List.of(
                                Column.text("beside"),
                                Column.text("N"),
                                Column.text("D"),
                                Column.real("loss", ""),
                                Column.real("above_least", "%"),
                                Column.real("compute_wasted", "%")),
                        rows)
                .toText();
    }

    private static List<Table.Cell> row(String name, Waste waste) {
        return Table.row(
                name,
                Sized.brief(waste.proposal().parameters()),
                Sized.brief(waste.proposal().tokens()),
                waste.proposal().loss(),
                Sized.percent(waste.excess()),
                Sized.percent(waste.share()));
    }

    private static String shapes(PlanAnswer answer) {
        var rows = new ArrayList<List<Table.Cell>>();
        for (var candidate : answer.shapes()) {
            var shape = candidate.shape();
            rows.add(Table.row(
                    shape.width(),
                    shape.depth(),
                    shape.heads(),
                    shape.feedForward(),
                    shape.vocabulary(),
                    Sized.brief(candidate.parameters()),
                    Sized.brief(candidate.tokens()),
                    Sized.percent(candidate.cost()),
                    candidate.overSixN()));
        }
        return new Table(
                        List.of(
                                Column.whole("width", ""),
                                Column.whole("depth", ""),
                                Column.whole("heads", ""),
                                Column.whole("ff", ""),
                                Column.whole("vocab", ""),
                                Column.text("N"),
                                Column.text("D"),
                                Column.real("above_least", "%"),
                                Column.real("over_6ND", "")),
                        rows)
                .toText();
    }

    private static String cost(Hardware hardware, Hardware.Cost cost) {
        return "cost: %s GPU-hours, %s days on %d %s at %s %% of peak%s"
                .formatted(
                        Sized.brief(cost.gpuHours()),
                        Table.brief(cost.days()),
                        hardware.count(),
                        hardware.gpu().name(),
                        Table.brief(100 * hardware.utilisation()),
                        cost.money().isPresent()
                                ? ", money " + Sized.brief(cost.money().getAsDouble())
                                : "");
    }

    private static String next(PlanAnswer answer) {
        var rows = new ArrayList<List<Table.Cell>>();
        for (var next : answer.next()) {
            var value = next.value();
            rows.add(Table.row(
                    next.reason(),
                    Sized.brief(value.parameters()),
                    Sized.brief(value.tokens()),
                    Sized.percent(value.compute() / answer.plan().compute()),
                    Sized.percent(value.before()),
                    Sized.percent(value.after())));
        }
        return new Table(
                        List.of(
                                Column.text("run next"),
                                Column.text("N"),
                                Column.text("D"),
                                Column.real("of_the_plan", "%"),
                                Column.real("error_now", "%"),
                                Column.real("error_then", "%")),
                        rows)
                .toText();
    }

    /// The published laws, rules and accelerators.
    static String catalogue() {
        var text = new StringBuilder("laws (L in nats per token; %s)\n".formatted(PublishedLaw.MARK));
        for (var law : PublishedLaws.laws()) {
            text.append("  %-20s %d  %s\n%24s%s; %s\n"
                    .formatted(law.name(), law.year(), law.law().formula(), "", law.source(), law.note()));
        }
        text.append("\nrules for the optimum\n");
        for (OptimumRule rule : PublishedLaws.rules()) {
            text.append("  %-20s %s = %s C^%s; %s\n"
                    .formatted(
                            rule.name(),
                            rule.size() == OptimumRule.Size.TOKENS ? "D" : "N",
                            Table.brief(rule.coefficient()),
                            Table.brief(rule.exponent()),
                            rule.source()));
        }
        text.append("\naccelerators, dense BF16 peaks, as of %s; prices are yours to give (--price)\n"
                .formatted(GpuCatalogue.AS_OF));
        for (Gpu gpu : GpuCatalogue.all()) {
            text.append("  %-10s %7.1f TFLOP/s  %4.0f GB  %s\n"
                    .formatted(gpu.name(), gpu.peakFlops() / 1e12, gpu.memoryBytes() / 1e9, gpu.source()));
        }
        return text.toString();
    }
}
