package dev.superpose.cli;

import dev.superpose.report.StudyReport;
import dev.superpose.result.WholeFile;
import dev.superpose.store.Parquet;
import dev.superpose.study.LocalRunner;
import dev.superpose.study.Study;
import dev.superpose.study.StudyFile;
import dev.superpose.study.StudyFolder;
import dev.superpose.study.StudyResults;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Runs a study and says what it found.
@Command(
        name = "study",
        description = {
            "Runs a declared grid of trainings, fits, concludes and reports.",
            "Without a file it runs the built-in study, quick: both regimes in a few minutes on two cores.",
            "What is done stays done: stop it any way, run the same command again, and it goes on."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "A study file (docs/formats.md lists the keys):",
            "  widths: [10, 15, 25, 39, 63, 100]",
            "  alpha: [0, 1, 2]",
            "  decay: [-1, 1]",
            "  seeds: 2",
            "  steps: 20000",
            "",
            "Examples:",
            "  superpose study",
            "  superpose study grid.yaml --out results/grid --workers 2",
            "  superpose study grid.yaml --list"
        })
final class StudyCommand implements Callable<Integer> {
    @CommandLine.Spec
    CommandLine.Model.CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            defaultValue = "quick",
            description = "A study in YAML, or the name of a built-in one (default: ${DEFAULT-VALUE}).")
    String file;

    @Option(names = "--out", paramLabel = "DIR", description = "Where results go (default: results/NAME).")
    @Nullable
    Path out;

    @Option(
            names = "--workers",
            paramLabel = "N",
            description = "Trainings side by side, one core each (default: all cores). Changes no number.")
    @Nullable
    Integer workers;

    @Option(names = "--list", description = "Only list the trainings and which of them are done.")
    boolean list;

    @Option(names = "--png", description = "Also draw every figure as PNG.")
    boolean png;

    @Option(names = "--no-report", description = "Leave the report and its figures out.")
    boolean noReport;

    @Option(names = "--json", description = "Print summary.json and nothing else.")
    boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var study = study();
        Path root = out == null ? Path.of("results", study.name()) : out;
        if (list) {
            return list(study, root);
        }
        var folder = StudyFolder.open(root);
        var err = spec.commandLine().getErr();
        var progress = new StudyProgress(err);
        // First, so that a sample that cannot be read is told before hours of training.
        var samples = SampleModels.of(study, builtIn(), new ProgressLine(err), progress::note);
        var standard = LocalRunner.Options.standard();
        var options =
                new LocalRunner.Options(workers == null ? standard.workers() : workers, standard.checkpointEvery());
        var runner = new LocalRunner(folder, options, progress);
        LocalRunner.Outcome outcome;
        try (var _ = new StopOnSignal(runner::stop)) {
            outcome = runner.run(study);
            progress.clear();
            if (outcome.stopped()) {
                err.printf(
                        "superpose: stopped with %,d of %,d trainings done; the same command goes on%n",
                        outcome.finished(), study.jobs().size());
                err.flush();
                return 1;
            }
        }
        var results = StudyResults.load(study, folder, progress::note);
        write(results, outcome, folder, samples);
        return outcome.failed().isEmpty() ? 0 : 1;
    }

    private Study study() throws IOException {
        return builtIn()
                ? StudyFile.builtIn(file, Path.of(System.getProperty("superpose.home", "")))
                : StudyFile.read(Path.of(file));
    }

    private boolean builtIn() {
        return file.matches("[a-z]+") && !Files.exists(Path.of(file));
    }

    private int list(Study study, Path root) throws IOException {
        var err = spec.commandLine().getErr();
        Set<String> finished =
                StudyResults.load(study, new StudyFolder(root), note -> err.println("superpose: " + note))
                        .results()
                        .stream()
                        .map(result -> result.job().id())
                        .collect(Collectors.toSet());
        var output = spec.commandLine().getOut();
        output.print(StudyText.jobs(study, finished).toText());
        output.flush();
        return 0;
    }

    private void write(StudyResults results, LocalRunner.Outcome outcome, StudyFolder folder, SampleModels samples)
            throws IOException {
        Path root = folder.root();
        var table = results.table();
        WholeFile.write(root.resolve("results.csv"), table.toCsv());
        Parquet.write(table, root.resolve("results.parquet"));
        WholeFile.write(root.resolve("timings.csv"), results.timings().toCsv());
        var summary = StudySummary.of(results, outcome.failed(), samples).toJson();
        WholeFile.write(root.resolve("summary.json"), summary);
        Optional<Path> page = noReport
                ? Optional.empty()
                : Optional.of(new StudyReport(
                                results, folder, samples.matrices(), CommandWords.of(spec), samples.provenance())
                        .write(png));
        var output = spec.commandLine().getOut();
        if (json) {
            output.print(summary);
        } else {
            print(output, results, outcome);
            output.printf("%nwritten to %s: results.csv, results.parquet, summary.json%n", root);
            page.ifPresent(written -> output.printf("report: %s%n", written));
        }
        output.flush();
    }

    private static void print(PrintWriter output, StudyResults results, LocalRunner.Outcome outcome) {
        double seconds = results.results().stream()
                .mapToDouble(result -> result.seconds())
                .sum();
        output.printf(
                "%s: %,d of %,d trainings done, %s of training in all%n",
                results.study().name(),
                results.results().size(),
                results.results().size() + results.missing().size(),
                StudyProgress.duration(seconds));
        if (!outcome.failed().isEmpty()) {
            output.printf(
                    "%,d trainings failed; summary.json says why%n",
                    outcome.failed().size());
        }
        output.print(StudyText.of(results));
    }
}
