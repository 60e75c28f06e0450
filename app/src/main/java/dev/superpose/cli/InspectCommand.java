package dev.superpose.cli;

import dev.superpose.geometry.Geometry;
import dev.superpose.numeric.Seed;
import dev.superpose.report.InspectReport;
import dev.superpose.result.Provenance;
import java.io.IOException;
import java.nio.file.Path;
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
            "Reads safetensors and PyTorch files, model folders (Hugging Face layout), NumPy matrices (.npy, .npz),",
            "llama2.c models, and word vectors (GloVe, fastText, word2vec; text or binary)."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  superpose inspect samples/glove             three widths, and the slope",
            "  superpose inspect samples/glove --near year",
            "  superpose inspect model.safetensors --json > geometry.json"
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
                "Pairs looked at for the mean and largest |cosine|: exact (all), sample (drawn rows against all), or auto:"
                        + " all where that takes seconds (default: ${DEFAULT-VALUE}).",
                "All other measures are exact in any case."
            })
    Geometry.Pairs pairs;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "0",
            description = "Seed of the sample (default: ${DEFAULT-VALUE}).")
    long seed;

    @Option(names = "--all-rows", description = "Measure padding rows too.")
    boolean allRows;

    @Override
    public Integer call() throws IOException {
        var progress = new ProgressLine(spec.commandLine().getErr());
        var inspector = new Inspector(pairs, new Seed(seed), allRows, Optional.ofNullable(near), count, progress);
        List<Inspection> inspections = inspector.inspect(paths);
        if (report != null) {
            new InspectReport(
                            inspections.stream().map(Inspection::forReport).toList(),
                            CommandWords.of(spec),
                            provenance(inspections))
                    .write(report);
        }
        var out = spec.commandLine().getOut();
        out.print(json ? InspectJson.of(inspections, new Seed(seed)) : InspectText.of(inspections));
        out.flush();
        return 0;
    }

    private Provenance provenance(List<Inspection> inspections) throws IOException {
        Provenance provenance = Provenance.here().withSeed(seed);
        for (Path file : inspections.stream().map(Inspection::file).distinct().toList()) {
            provenance = provenance.withInput(file);
        }
        return provenance;
    }
}
