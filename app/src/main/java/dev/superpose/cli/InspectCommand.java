package dev.superpose.cli;

import dev.superpose.checkpoint.Frequencies;
import dev.superpose.checkpoint.ModelPaths;
import dev.superpose.checkpoint.PackedMatrix;
import dev.superpose.geometry.Geometry;
import dev.superpose.numeric.Seed;
import dev.superpose.report.InspectReport;
import dev.superpose.result.InputException;
import dev.superpose.result.Provenance;
import dev.superpose.store.CountsFile;
import dev.superpose.store.GeometryRecords;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Measures the embeddings and unembeddings of models on disk.
@Command(
        name = "inspect",
        description = {
            "How real models pack: measures the rows of their unembedding and embedding.",
            "Reads safetensors, PyTorch and GGUF files, model folders (Hugging Face layout), NumPy matrices (.npy, .npz),"
                    + " llama2.c models, and word vectors (GloVe, fastText, word2vec; text or binary)."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  superpose inspect samples/glove             three widths, and the slope",
            "  superpose inspect samples/glove --near year",
            "  superpose inspect models --group-by type --report models.html",
            "  superpose inspect model.safetensors --json > geometry.json",
            "",
            "A model that cannot be read does not stop the others: it is told of at the end, and the exit code is 2.",
            "Interrupted in any way, the same command goes on with the matrices that are not yet measured."
        })
final class InspectCommand implements Callable<Integer> {
    @CommandLine.Spec
    CommandLine.Model.CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "PATH",
            description = {
                "A file; a folder (one of several models stands for all of them); a pattern such as 'models/**/*.gguf';"
                        + " or org/name[@revision] of a model in the Hugging Face cache."
            })
    List<String> paths;

    @Option(names = "--json", description = "Print one JSON array, an element per matrix, and nothing else.")
    boolean json;

    @Option(names = "--report", paramLabel = "FILE.html", description = "Also write a report with figures.")
    @Nullable
    Path report;

    @Option(
            names = "--near",
            paramLabel = "TOKEN",
            description = "List this token's nearest and strongest interferers.")
    @Nullable
    String near;

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "10",
            description = "How many of each (default: ${DEFAULT-VALUE}).")
    int count;

    @Option(
            names = "--pairs",
            paramLabel = "WHICH",
            defaultValue = "auto",
            description = {
                "Pairs looked at for the mean and largest |cosine|: exact (all), sample (drawn rows against all), none, or"
                        + " auto: all where that takes seconds (default: ${DEFAULT-VALUE}).",
                "All other measures are exact in any case."
            })
    Geometry.Pairs pairs;

    @Option(
            names = "--no-centred",
            description = "Leave out the overlaps of rows with the mean row taken off: they take a third of the time.")
    boolean noCentred;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "0",
            description = "Seed of the sample (default: ${DEFAULT-VALUE}).")
    long seed;

    @Option(names = "--all-rows", description = "Measure padding rows too.")
    boolean allRows;

    @Option(
            names = "--tokens",
            paramLabel = "FILE",
            description = "Also write a table with a line per row of every matrix, as FILE.csv or FILE.parquet: norm,"
                    + " interference received, nearest rows, repeats, candidates for too little training.")
    @Nullable
    Path tokens;

    @Option(
            names = "--neighbours",
            paramLabel = "K",
            defaultValue = "5",
            description =
                    "How many nearest rows --tokens gives of each; they take all pairs of rows, and 0 leaves them out"
                            + " (default: ${DEFAULT-VALUE}).")
    int neighbours;

    @Option(
            names = "--frequencies",
            paramLabel = "FILE",
            description =
                    "Counts of the tokens (npy, JSON, CSV, Parquet or lines): overlaps as they are met in use. superpose tokens"
                            + " makes such a file.")
    @Nullable
    Path frequencies;

    @Option(
            names = "--group-by",
            paramLabel = "WHAT",
            defaultValue = "folder",
            description = {
                "What makes models one family: folder (those of a named folder, and those named side by side), type (the"
                        + " architecture that their own files name), all, or name=REGEX (what its first group finds in the"
                        + " model's name) (default: ${DEFAULT-VALUE})."
            })
    String groupBy;

    @Option(
            names = "--resume",
            paramLabel = "DIR",
            description = "Where results are kept, so that no unchanged matrix is measured twice"
                    + " (default: superpose/inspect in the user's cache folder).")
    @Nullable
    Path resume;

    @Option(names = "--fresh", description = "Measure all again, whatever is kept.")
    boolean fresh;

    @Override
    public Integer call() throws IOException {
        var wanted = new Inspector.Wanted(allRows, Grouping.parse(groupBy), Optional.ofNullable(near), count);
        var records = new GeometryRecords(
                resume == null ? GeometryRecords.folderOf(System.getenv()) : resume, fresh, this::say);
        Optional<Frequencies> known =
                frequencies == null ? Optional.empty() : Optional.of(CountsFile.read(frequencies));
        var measuring = new Measuring(pairs, !noCentred, new Seed(seed), known, Optional.of(records));
        var progress = new ProgressLine(spec.commandLine().getErr());
        Optional<TokenTable> table = Optional.ofNullable(tokens)
                .map(file -> new TokenTable(
                        file, neighbours, allRows, matrix -> weights(known, matrix), progress, this::say));
        Inspections inspections = new Inspector(wanted, measuring, progress).inspect(paths);
        if (table.isPresent()) {
            table.get().write(readable(inspections));
        }
        if (!inspections.found().isEmpty()) {
            print(inspections, new InputHashes(records));
        }
        inspections.failures().forEach(failure -> say(InputException.oneLine(failure.cause())));
        return inspections.failures().isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.USAGE;
    }

    private void print(Inspections inspections, InputHashes hashes) throws IOException {
        List<Inspection> found = inspections.found();
        if (report != null) {
            Provenance provenance = Provenance.here().withSeed(seed);
            for (Path file : found.stream().map(Inspection::file).distinct().toList()) {
                provenance = hashes.addTo(provenance, file);
            }
            new InspectReport(inspections.forReport(), missing(inspections), CommandWords.of(spec), provenance)
                    .write(report);
        }
        var out = spec.commandLine().getOut();
        out.print(json ? InspectJson.of(inspections, hashes) : InspectText.of(inspections));
        out.flush();
    }

    /// The models that could be measured.
    private List<Path> readable(Inspections inspections) {
        List<String> failed =
                inspections.failures().stream().map(Inspections.Failure::name).toList();
        return ModelSources.of(paths, ModelPaths.standard()).models().stream()
                .map(ModelSources.Model::path)
                .filter(path -> !failed.contains(path.toString()))
                .toList();
    }

    private static List<String> missing(Inspections inspections) {
        return inspections.failures().stream()
                .map(failure -> InputException.oneLine(failure.cause()))
                .toList();
    }

    /// The frequencies of a matrix's rows. What does not fit is told with the measurements.
    private static Optional<double[]> weights(Optional<Frequencies> known, PackedMatrix matrix) throws IOException {
        return known.isEmpty() ? Optional.empty() : Optional.of(known.get().of(matrix, new ArrayList<>()));
    }

    private void say(String sentence) {
        spec.commandLine().getErr().println("superpose: " + InputException.printable(sentence));
    }
}
