package dev.superpose.cli;

import dev.superpose.report.OptimumReport;
import dev.superpose.report.Sized;
import dev.superpose.result.Provenance;
import dev.superpose.result.Table;
import dev.superpose.result.Table.Column;
import dev.superpose.runs.Quantity;
import dev.superpose.runs.Runs;
import dev.superpose.runs.SelectedRuns;
import dev.superpose.scaling.Allocation;
import dev.superpose.scaling.ComputeFrontier;
import dev.superpose.scaling.Fit;
import dev.superpose.scaling.Forms;
import dev.superpose.scaling.IsoFlops;
import dev.superpose.stat.Interval;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The compute-optimal sizes as powers of compute, by Approach 1 or 2 of Hoffmann et al. (2022): what `fit`
/// says for `--law approach-1` and `--law approach-2`.
///
/// @param approach `approach-1` or `approach-2`
/// @param group the values of the columns by which the table was divided
/// @param runs that were used
/// @param optima x* = k C^a; empty if refused
/// @param loss L(C) through the optima; empty if refused or not fixed
/// @param points the optima that were found, with compute, sizes and loss
/// @param isoFlops the parabolas of approach 2
/// @param leftOut budgets without a minimum, as sentences
/// @param reason why there is no law; empty if there is one
/// @param remedy what to do then
record ComputeOptimal(
        String approach,
        Map<String, String> group,
        Runs runs,
        List<Allocation> optima,
        Optional<Fit.Fitted> loss,
        Optional<Runs> points,
        Optional<IsoFlops.Found> isoFlops,
        List<String> leftOut,
        String reason,
        String remedy) {
    static final String FRONTIER = "approach-1";
    static final String ISOFLOPS = "approach-2";
    private static final double LEVEL = 0.95;

    /// Whether `law` is one of the two.
    static boolean named(String law) {
        return law.equals(FRONTIER) || law.equals(ISOFLOPS);
    }

    /// @param axis of approach 2: the size over which parabolas are fitted
    /// @param tolerance of approach 2: runs of one budget differ in compute by no more
    /// than this share
    /// @param bins of approach 1: bins of compute per decade
    static ComputeOptimal of(
            String approach,
            SelectedRuns.Subset subset,
            LawOptions options,
            Quantity axis,
            double tolerance,
            int bins) {
        return approach.equals(FRONTIER) ? frontier(subset, options, bins) : isoFlops(subset, options, axis, tolerance);
    }

    private static ComputeOptimal frontier(SelectedRuns.Subset subset, LawOptions options, int bins) {
        return switch (ComputeFrontier.of(subset.runs(), bins)) {
            case ComputeFrontier.Found found ->
                new ComputeOptimal(
                        FRONTIER,
                        subset.values(),
                        subset.runs(),
                        found.optima(),
                        fitted(found.loss(options.fitter(Forms.powerWithFloor(Quantity.COMPUTE)))),
                        Optional.of(found.frontier()),
                        Optional.empty(),
                        List.of(),
                        "",
                        "");
            case ComputeFrontier.Refused(var reason, var remedy) ->
                refused(FRONTIER, subset, List.of(), reason, remedy);
        };
    }

    private static ComputeOptimal isoFlops(
            SelectedRuns.Subset subset, LawOptions options, Quantity axis, double tolerance) {
        var usual = IsoFlops.Options.along(axis);
        var asked = new IsoFlops.Options(axis, tolerance, usual.leastSizes());
        return switch (IsoFlops.of(subset.runs(), asked)) {
            case IsoFlops.Found found -> {
                var form = Forms.powerWithFloor(Quantity.COMPUTE);
                yield new ComputeOptimal(
                        ISOFLOPS,
                        subset.values(),
                        subset.runs(),
                        found.optima(),
                        fitted(options.fitter(form).fit(form, found.minima())),
                        Optional.of(found.minima()),
                        Optional.of(found),
                        leftOut(found.leftOut()),
                        "",
                        "");
            }
            case IsoFlops.Refused refused ->
                refused(ISOFLOPS, subset, leftOut(refused.leftOut()), refused.reason(), refused.remedy());
        };
    }

    private static ComputeOptimal refused(
            String approach, SelectedRuns.Subset subset, List<String> leftOut, String reason, String remedy) {
        return new ComputeOptimal(
                approach,
                subset.values(),
                subset.runs(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                leftOut,
                reason,
                remedy);
    }

    private static Optional<Fit.Fitted> fitted(Fit fit) {
        return fit instanceof Fit.Fitted fitted ? Optional.of(fitted) : Optional.empty();
    }

    /// Budgets without a minimum, by what is wrong with them.
    private static List<String> leftOut(List<IsoFlops.LeftOut> budgets) {
        var byFlaw = new EnumMap<IsoFlops.Flaw, List<IsoFlops.LeftOut>>(IsoFlops.Flaw.class);
        budgets.forEach(budget ->
                byFlaw.computeIfAbsent(budget.flaw(), _ -> new ArrayList<>()).add(budget));
        return byFlaw.entrySet().stream()
                .map(entry -> "%d budgets (%d runs, %s to %s FLOPs) with %s; %s"
                        .formatted(
                                entry.getValue().size(),
                                entry.getValue().stream()
                                        .mapToInt(budget -> budget.runs().size())
                                        .sum(),
                                Sized.brief(entry.getValue().getFirst().compute()),
                                Sized.brief(entry.getValue().getLast().compute()),
                                entry.getKey().words(),
                                entry.getKey().remedy()))
                .toList();
    }

    boolean found() {
        return !optima.isEmpty();
    }

    /// What a terminal shows.
    String text() {
        var text = new StringBuilder(approach);
        group.forEach((key, value) -> text.append(' ').append(key).append('=').append(value));
        text.append(": the compute-optimal sizes of %d runs\n\n".formatted(runs.count()));
        if (!found()) {
            text.append("not found: %s; %s\n".formatted(reason, remedy));
        } else {
            var rows = new ArrayList<List<Table.Cell>>();
            for (var optimum : optima) {
                var interval = optimum.line().slopeInterval(LEVEL);
                rows.add(Table.row(
                        optimum.quantity().symbol() + "* = k C^a",
                        optimum.coefficient(),
                        optimum.exponent(),
                        optimum.line().slopeStandardError(),
                        interval.low(),
                        interval.high(),
                        optimum.line().points()));
            }
            text.append(new Table(
                            List.of(
                                    Column.text("optimum"),
                                    Column.real("k", ""),
                                    Column.real("a", ""),
                                    Column.real("std_error", ""),
                                    Column.real("low", ""),
                                    Column.real("high", ""),
                                    Column.whole("budgets", "")),
                            rows)
                    .toText());
            loss.ifPresent(law ->
                    text.append("\nat the optimum ").append(law.law().formula()).append('\n'));
        }
        leftOut.forEach(budget -> text.append("left out: ").append(budget).append('\n'));
        return text.append('\n').toString();
    }

    /// What `--json` prints.
    record Document(
            Map<String, String> group,
            String law,
            String outcome,
            List<Optimum> optima,
            @Nullable String lossFormula,
            Map<String, Double> lossParameters,
            int used,
            List<String> leftOut,
            @Nullable String reason,
            @Nullable String remedy,
            Provenance provenance) {}

    record Optimum(
            String size, double coefficient, double exponent, double standardError, Interval interval, int budgets) {}

    Document document(Provenance provenance) {
        return new Document(
                group,
                approach,
                found() ? "fitted" : "not_identified",
                optima.stream()
                        .map(optimum -> new Optimum(
                                optimum.quantity().symbol(),
                                optimum.coefficient(),
                                optimum.exponent(),
                                optimum.line().slopeStandardError(),
                                optimum.line().slopeInterval(LEVEL),
                                optimum.line().points()))
                        .toList(),
                loss.map(law -> law.law().formula()).orElse(null),
                loss.map(law -> law.law().parameters()).orElse(Map.of()),
                runs.count(),
                leftOut,
                reason.isEmpty() ? null : reason,
                remedy.isEmpty() ? null : remedy,
                provenance);
    }

    Optional<OptimumReport.Part> forReport() {
        return points.map(minima -> new OptimumReport.Part(approach, runs, optima, minima, isoFlops));
    }
}
