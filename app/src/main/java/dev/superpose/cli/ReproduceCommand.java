package dev.superpose.cli;

import dev.superpose.report.GeometryFigures;
import dev.superpose.report.ReproductionReport;
import dev.superpose.reproduction.Evidence;
import dev.superpose.reproduction.Findings;
import dev.superpose.reproduction.ItemTable;
import dev.superpose.reproduction.NeededTrainings;
import dev.superpose.reproduction.PaperFigure;
import dev.superpose.reproduction.UnrepresentedLosses;
import dev.superpose.result.InputException;
import dev.superpose.result.Provenance;
import dev.superpose.result.Spelling;
import dev.superpose.result.WholeFile;
import dev.superpose.store.Parquet;
import dev.superpose.study.Job;
import dev.superpose.study.JobResult;
import dev.superpose.study.Scale;
import dev.superpose.study.Study;
import dev.superpose.study.StudyFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Runs what the figures of the paper need and says, item by item, what is reproduced.
@Command(
        name = "reproduce",
        description = {
            "Reproduces \"Superposition Yields Robust Neural Scaling\" (arXiv 2505.10465)",
            "figure by figure: runs the trainings that are missing, and puts ours beside",
            "every published value, with a verdict for each.",
            "What is done stays done: stop it any way, run the same command again, and it",
            "goes on."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Figures of the paper: fig1 fig3 fig4 fig5 fig6 fig8 fig9 fig14 fig16 fig17",
            "fig18. Beyond it: wall (widths up to the number of features and beyond),",
            "correlated (features that occur together), geometry (few features).",
            "",
            "Examples:",
            "  superpose reproduce fig6 fig8      no training: the published numbers of",
            "                                     language models, refitted",
            "  superpose reproduce fig3 fig5      an evening on a laptop",
            "  superpose reproduce --scale full   everything as published: days",
            "  superpose reproduce --no-run       what the trainings done so far say"
        })
final class ReproduceCommand implements Callable<Integer> {
    @CommandLine.Spec
    CommandLine.Model.CommandSpec spec;

    @Parameters(
            arity = "0..*",
            paramLabel = "FIGURE",
            description = "Figures to reproduce, such as fig5 (default: all).")
    List<String> words = List.of();

    @Option(
            names = "--scale",
            paramLabel = "SCALE",
            defaultValue = "short",
            description = "How large: smoke (seconds), short (minutes to an evening for each) or full (as published)"
                    + " (default: ${DEFAULT-VALUE}).")
    Scale scale = Scale.SHORT;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "results/reproduce",
            description = "Where the report goes (default: ${DEFAULT-VALUE}).")
    Path out = Path.of("results", "reproduce");

    @Option(
            names = "--records",
            paramLabel = "DIR",
            description = "Where trainings are kept and found, whatever their scale and seed (default: jobs in --out).")
    @Nullable
    Path records;

    @Option(
            names = "--workers",
            paramLabel = "N",
            description = "Trainings side by side, one core each (default: all cores). Changes no number.")
    @Nullable
    Integer workers;

    @Option(names = "--no-run", description = "Train nothing: judge by the trainings that are there.")
    boolean noRun;

    @Option(names = "--png", description = "Also draw every figure as PNG.")
    boolean png;

    @Option(names = "--json", description = "Print summary.json and nothing else.")
    boolean json;

    /// What became of the trainings that were asked for.
    ///
    /// @param asked how many
    /// @param missing how many have no record
    /// @param failed how many of those failed now
    record Trainings(int asked, int missing, int failed) {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        Set<PaperFigure> figures = figures();
        StudyRun.check(workers);
        var folder = folder();
        var progress = new StudyProgress(spec.commandLine().getErr());
        Optional<Study> study = NeededTrainings.study(figures, scale, StudyRun.home());
        int failed = 0;
        if (study.isPresent() && !noRun) {
            progress.note(
                    "%,d trainings at scale %s".formatted(study.get().jobs().size(), scale.word()));
            var outcome = StudyRun.of(
                    study.get(),
                    folder,
                    workers,
                    progress,
                    "the same command goes on, and with --no-run it tells what they say");
            if (outcome.isEmpty()) {
                return 1;
            }
            failed = outcome.get().failed().size();
        }
        var found = NeededTrainings.found(figures, folder, StudyRun.home(), progress::note);
        var jobs = study.map(Study::jobs).orElse(List.of());
        var unrepresented =
                UnrepresentedLosses.read(found.getOrDefault(PaperFigure.FIG4, List.of()), folder, progress::note);
        var findings = Findings.of(Evidence.of(distinct(found), unrepresented), figures);
        var trainings = new Trainings(jobs.size(), missing(jobs, found), failed);
        var provenance = provenance(study);
        var small =
                GeometryFigures.longest(found.getOrDefault(PaperFigure.GEOMETRY, List.of()), folder, progress::note);
        var report = new ReproductionReport(
                findings,
                found,
                unrepresented,
                small,
                scale.word(),
                trainings.missing(),
                CommandWords.of(spec),
                provenance);
        write(report, trainings);
        return failed == 0 ? 0 : 1;
    }

    private StudyFolder folder() throws IOException {
        if (records == null) {
            return StudyFolder.open(out);
        }
        return noRun ? StudyFolder.reading(out, records) : StudyFolder.open(out, records);
    }

    private Set<PaperFigure> figures() throws InputException {
        if (words.isEmpty()) {
            return new TreeSet<>(Arrays.asList(PaperFigure.values()));
        }
        List<String> known =
                Arrays.stream(PaperFigure.values()).map(PaperFigure::word).toList();
        var figures = new TreeSet<PaperFigure>();
        for (String word : words) {
            var figure = PaperFigure.of(word);
            if (figure.isEmpty()) {
                String near = Spelling.nearest(word, known)
                        .map(guess -> "did you mean " + guess + "? ")
                        .orElse("");
                throw new InputException(
                        "reproduce", "", "a figure", word, near + "known: " + String.join(", ", known));
            }
            figures.add(figure.get());
        }
        return figures;
    }

    private static int missing(List<Job> jobs, Map<PaperFigure, List<JobResult>> found) {
        Set<String> done =
                distinct(found).stream().map(result -> result.job().id()).collect(Collectors.toSet());
        return (int) jobs.stream().filter(job -> !done.contains(job.id())).count();
    }

    private static Collection<JobResult> distinct(Map<PaperFigure, List<JobResult>> found) {
        var results = new LinkedHashMap<String, JobResult>();
        found.values()
                .forEach(some -> some.forEach(result -> results.put(result.job().id(), result)));
        return results.values();
    }

    private static Provenance provenance(Optional<Study> study) {
        var provenance = Provenance.here();
        for (var input : study.map(Study::inputs).orElse(Map.of()).entrySet()) {
            provenance = provenance.withInput(input.getKey(), input.getValue());
        }
        return provenance;
    }

    private void write(ReproductionReport report, Trainings trainings) throws IOException {
        var findings = report.findings();
        var items = ItemTable.of(findings);
        WholeFile.write(out.resolve("items.csv"), items.toCsv());
        Parquet.write(items, out.resolve("items.parquet"));
        String summary = ReproductionSummary.of(findings, scale, trainings, report.provenance())
                .toJson();
        WholeFile.write(out.resolve("summary.json"), summary);
        var page = report.write(out, png);
        var output = spec.commandLine().getOut();
        if (json) {
            output.print(summary);
        } else {
            output.print(ReproduceText.of(findings, scale, trainings));
            output.printf("%nwritten to %s: items.csv, items.parquet, summary.json%n", out);
            output.printf("report: %s%n", page);
        }
        output.flush();
    }
}
