package dev.superpose.cli;

import dev.superpose.forecast.EquivalentWidth;
import dev.superpose.report.Sized;
import dev.superpose.result.Json;
import dev.superpose.result.Provenance;
import dev.superpose.result.Table;
import dev.superpose.runs.Meaning;
import dev.superpose.runs.Quantity;
import dev.superpose.runs.Runs;
import dev.superpose.stat.Moments;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `equivalent`: what a packing is worth in width.
@Command(
        name = "equivalent",
        description = {
            "What a packing is worth in width.",
            "The width at which ordinary models have the same loss or overlap, read off a monotone curve through the"
                    + " measured widths, never beyond them."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  superpose equivalent results.csv --where decay=-1 --width 63 --value 0.17",
            "  superpose equivalent results.csv --y overlap_mean_square --width 63 --value 0.015"
        })
final class EquivalentCommand implements Callable<Integer> {
    @CommandLine.Spec
    CommandLine.Model.CommandSpec spec;

    @Mixin
    TableOptions table;

    @Option(
            names = "--width",
            paramLabel = "M",
            required = true,
            description = "The width of the packing, or its size in the column of --x.")
    double width;

    @Option(
            names = "--value",
            paramLabel = "V",
            required = true,
            description = "Its loss (or its overlap, with --y naming the column of overlaps).")
    double value;

    @Option(
            names = "--value-error",
            paramLabel = "E",
            defaultValue = "0",
            description = "Standard error of that value (default: unknown).")
    double error;

    @Option(
            names = "--level",
            paramLabel = "P",
            defaultValue = "0.95",
            description = "Confidence level of the interval (default: ${DEFAULT-VALUE}).")
    double level;

    @Option(names = "--json", description = "Print one JSON document, and nothing else.")
    boolean json;

    @Override
    public Integer call() throws IOException {
        var size = table.namedSize().orElse(Quantity.WIDTH);
        var selected = table.select(table.read(), Set.of(size), List.of());
        var runs = selected.subsets().getFirst().runs();
        var packing = new EquivalentWidth.Point(width, value, error / value);
        var answer = EquivalentWidth.of(points(runs, size), packing, level);
        var out = spec.commandLine().getOut();
        if (json) {
            out.print(Json.write(document(answer)));
        } else {
            out.print(text(answer, selected.account().column(Meaning.LOSS)));
        }
        out.flush();
        return 0;
    }

    /// The geometric mean at each size, with its error where there are repeats.
    private static List<EquivalentWidth.Point> points(Runs runs, Quantity size) {
        var byWidth = new TreeMap<Double, Moments>();
        for (int i = 0; i < runs.count(); i++) {
            byWidth.computeIfAbsent(Math.rint(Math.exp(runs.log(size, i)) * 1e6) / 1e6, _ -> new Moments())
                    .add(Math.log(runs.loss(i)));
        }
        return byWidth.entrySet().stream()
                .map(width -> new EquivalentWidth.Point(
                        width.getKey(),
                        Math.exp(width.getValue().mean()),
                        width.getValue().count() > 1 ? width.getValue().standardError() : 0))
                .toList();
    }

    private String text(EquivalentWidth answer, String column) {
        var text = new StringBuilder("%s %s at width %s is worth a width %s %s: %s %s x its own\n"
                .formatted(
                        column,
                        Table.brief(value),
                        Sized.brief(width),
                        answer.relation().sign(),
                        Table.brief(answer.equivalent()),
                        answer.relation().sign(),
                        Table.brief(answer.ratio())));
        var interval = answer.interval();
        text.append(
                Double.isNaN(interval.low())
                        ? "no interval: neither repeats nor --value-error tell how well the losses are known\n"
                        : "%s %% interval: width %s to %s\n"
                                .formatted(
                                        Table.brief(100 * level),
                                        Table.brief(interval.low()),
                                        Table.brief(interval.high())));
        answer.notes().forEach(note -> text.append("note: ").append(note).append('\n'));
        return text.toString();
    }

    private Document document(EquivalentWidth answer) throws IOException {
        return new Document(
                width,
                value,
                answer.equivalent(),
                answer.relation().sign(),
                answer.ratio(),
                Map.of("low", answer.interval().low(), "high", answer.interval().high(), "level", level),
                answer.notes(),
                Provenance.here().withInput(table.file()));
    }

    /// What `--json` prints.
    record Document(
            double width,
            double value,
            double equivalentWidth,
            String relation,
            double ratio,
            Map<String, Double> interval,
            List<String> notes,
            Provenance provenance) {}
}
