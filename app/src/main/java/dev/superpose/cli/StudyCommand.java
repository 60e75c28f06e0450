package dev.superpose.cli;

import dev.superpose.report.StudyReport;
import dev.superpose.result.InputException;
import dev.superpose.result.WholeFile;
import dev.superpose.store.Parquet;
import dev.superpose.study.BuiltInStudies;
import dev.superpose.study.LocalRunner;
import dev.superpose.study.Scale;
import dev.superpose.study.Study;
import dev.superpose.study.StudyFile;
import dev.superpose.study.StudyFolder;
import dev.superpose.study.StudyResults;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Runs studies and says what they found.
@Command(
        name = "study",
        description = {
            "Runs declared grids of trainings, fits, concludes and reports.",
            "Without a name it runs the built-in study quick: both regimes in a few minutes",
            "on two cores.",
            "What is done stays done: stop it any way, run the same command again, and it",
            "goes on."
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
            "  superpose study --list-built-in",
            "  superpose study wall --scale smoke",
            "  superpose study wall --yaml > mine.yaml",
            "  superpose study mine.yaml --scale short --out results/mine --workers 2",
            "  superpose study mine.yaml --list"
        })
final class StudyCommand implements Callable<Integer> {
    @CommandLine.Spec
    CommandLine.Model.CommandSpec spec;

    @Parameters(
            arity = "0..*",
            paramLabel = "STUDY",
            defaultValue = "quick",
            description = "Studies in YAML, or names of built-in ones (default: ${DEFAULT-VALUE}).")
    List<String> names = List.of();

    @Option(
            names = "--scale",
            paramLabel = "SCALE",
            description = "How large: smoke (seconds), short (minutes to an evening) or full (as published), where the"
                    + " study declares it (default: short).")
    @Nullable
    Scale scale;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where results go (default: results/NAME, of a study with scales results/NAME/SCALE); with"
                    + " several studies, where their folders go (default: results).")
    @Nullable
    Path out;

    @Option(
            names = "--records",
            paramLabel = "DIR",
            description = "Where trainings are kept and found, for studies that share some (default: jobs in the"
                    + " study's folder; with several studies, jobs in --out).")
    @Nullable
    Path records;

    @Option(
            names = "--workers",
            paramLabel = "N",
            description = "Trainings side by side, one core each (default: all cores). Changes no number.")
    @Nullable
    Integer workers;

    @Option(names = "--list", description = "Only list the trainings and which of them are done.")
    boolean list;

    @Option(names = "--list-built-in", description = "Only list the built-in studies, what for, and their sizes.")
    boolean listBuiltIn;

    @Option(names = "--yaml", description = "Only print the file of a built-in study, to copy and change.")
    boolean yaml;

    @Option(names = "--png", description = "Also draw every figure as PNG.")
    boolean png;

    @Option(names = "--no-report", description = "Leave the report and its figures out.")
    boolean noReport;

    @Option(names = "--json", description = "Print summary.json and nothing else.")
    boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (listBuiltIn) {
            return print(BuiltInText.of(StudyRun.home()));
        }
        if (yaml) {
            for (String name : names) {
                print(BuiltInStudies.yaml(name));
            }
            return 0;
        }
        StudyRun.check(workers);
        if (json && names.size() > 1) {
            throw new InputException("--json", "", "one study", names.size() + " studies", "run them one by one");
        }
        // All are read first, so that a mistake in the last is told before hours of the first.
        var studies = new ArrayList<Study>();
        for (String name : names) {
            studies.add(study(name));
        }
        int code = 0;
        for (int i = 0; i < studies.size(); i++) {
            var study = studies.get(i);
            if (list) {
                list(study, folder(study));
            } else {
                code = Math.max(code, run(study, builtIn(names.get(i))));
            }
        }
        return code;
    }

    private int print(String text) {
        var output = spec.commandLine().getOut();
        output.print(text);
        output.flush();
        return 0;
    }

    /// Runs what is missing of `study`, and tells; 1 if something failed or was stopped.
    private int run(Study study, boolean optionalSamples) throws IOException, InterruptedException {
        var places = folder(study);
        var folder = StudyFolder.open(places.root(), places.jobs());
        var err = spec.commandLine().getErr();
        var progress = new StudyProgress(err);
        // First, so that a sample that cannot be read is told before hours of training.
        var samples = SampleModels.of(study, optionalSamples, new ProgressLine(err), progress::note);
        study.scale()
                .ifPresent(size -> progress.note("%s at scale %s: %,d trainings"
                        .formatted(study.name(), size.word(), study.jobs().size())));
        var outcome = StudyRun.of(study, folder, workers, progress, "the same command goes on");
        if (outcome.isEmpty()) {
            return 1;
        }
        var results = StudyResults.load(study, folder, progress::note);
        write(results, outcome.get(), folder, samples);
        return outcome.get().failed().isEmpty() ? 0 : 1;
    }

    private Study study(String name) throws IOException {
        return builtIn(name)
                ? BuiltInStudies.study(name, Optional.ofNullable(scale), StudyRun.home())
                : StudyFile.read(Path.of(name), Optional.ofNullable(scale));
    }

    private static boolean builtIn(String name) {
        return name.matches("[a-z]+") && !Files.isRegularFile(Path.of(name));
    }

    /// Where the results and records of `study` go. The scales of one study share their records.
    private StudyFolder folder(Study study) {
        boolean alone = names.size() == 1;
        if (alone && out != null) {
            return folder(out, out);
        }
        Path results = out == null ? Path.of("results") : out;
        Path own = results.resolve(study.name());
        Path root = study.scale().map(size -> own.resolve(size.word())).orElse(own);
        return folder(root, alone ? own : results);
    }

    private StudyFolder folder(Path root, Path shared) {
        return new StudyFolder(root, records == null ? shared.resolve("jobs") : records);
    }

    private void list(Study study, StudyFolder folder) throws IOException {
        var err = spec.commandLine().getErr();
        Set<String> finished =
                StudyResults.load(study, folder, note -> err.println("superpose: " + note)).results().stream()
                        .map(result -> result.job().id())
                        .collect(Collectors.toSet());
        print(StudyText.jobs(study, finished).toText());
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
                "%s%s: %,d of %,d trainings done, %s of training in all%n",
                results.study().name(),
                results.study().scale().map(size -> ", " + size.word()).orElse(""),
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
