package dev.superpose.cli;

import dev.superpose.checkpoint.Checkpoint;
import dev.superpose.report.TokensReport;
import dev.superpose.result.Json;
import dev.superpose.result.Provenance;
import dev.superpose.stat.RankFrequency;
import dev.superpose.store.CountsFile;
import dev.superpose.text.TextFiles;
import dev.superpose.text.TokenCounter;
import dev.superpose.text.TokenCounts;
import dev.superpose.text.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Counts the tokens of texts.
@Command(
        name = "tokens",
        description = {
            "Counts the tokens of texts, and fits how their frequencies fall with rank.",
            "No special token is added; what is written in the text as one counts as itself."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "A plain file is one document; .json and .jsonl files hold one in each string, or in a field of each object.",
            "",
            "Examples:",
            "  superpose tokens model/ corpus/ --out counts.npy",
            "  superpose tokens tokenizer.json stories.jsonl.gz --field story --report r.html",
            "  zcat big.gz | superpose tokens tokenizer.json - --json"
        })
final class TokensCommand implements Callable<Integer> {
    private static final int INTERRUPTED = 130;

    @CommandLine.Spec
    CommandLine.Model.CommandSpec spec;

    @Parameters(
            index = "0",
            paramLabel = "TOKENIZER",
            description =
                    "A tokenizer.json, a folder with one or with vocab.json and merges.txt, or the name of a model"
                            + " in the Hugging Face cache.")
    String tokenizer;

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "TEXT",
            description = "Files, folders or patterns; - for standard input. May be packed by gzip.")
    List<String> texts;

    @Option(
            names = "--field",
            paramLabel = "NAME",
            defaultValue = "text",
            description = "Field of JSON objects that holds the text (default: ${DEFAULT-VALUE}).")
    String field;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "End after so many tokens; published exponents rest on 1e6 (default: none).")
    @Nullable
    Double limit;

    @Option(
            names = "--ranks",
            paramLabel = "FROM:TO",
            description = "Fit these ranks only, such as 1:5000 (default: all that occur).")
    @Nullable
    String ranks;

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "10",
            description = "How many of the most frequent tokens to list (default: ${DEFAULT-VALUE}).")
    int count;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Also write the counts of all rows: .json, .csv, .npy or .parquet.")
    @Nullable
    Path out;

    @Option(names = "--report", paramLabel = "FILE.html", description = "Also write a report with a figure.")
    @Nullable
    Path report;

    @Option(names = "--json", description = "Print one JSON document and nothing else.")
    boolean json;

    @Override
    public Integer call() throws IOException {
        if (out != null) {
            CountsFile.check(out);
        }
        var options = new TokenCounter.Options(
                field, limit(), TokenCounter.Options.standard().longest());
        List<Path> files = TextFiles.of(texts);
        try (Tokenizer opened = Tokenizer.open(tokenizerPath())) {
            var counter = TokenCounter.of(opened, options);
            try (var _ = new StopOnSignal(counter::stop)) {
                TokenCounts counts = count(counter, files);
                if (counts.interrupted()) {
                    spec.commandLine()
                            .getErr()
                            .printf("superpose: stopped after %,d tokens; nothing is written%n", counts.tokens());
                    return INTERRUPTED;
                }
                tell(opened, files, counts);
                return 0;
            }
        }
    }

    private TokenCounts count(TokenCounter counter, List<Path> files) throws IOException {
        var progress = new ProgressLine(spec.commandLine().getErr());
        OptionalLong bytes = TokenCounter.bytes(files);
        try {
            return counter.count(
                    files,
                    System.in,
                    (tokens, read) -> progress.show(
                            "%,d tokens".formatted(tokens),
                            bytes.isPresent() ? read / (double) Math.max(1, bytes.getAsLong()) : Double.NaN));
        } finally {
            progress.clear();
        }
    }

    private void tell(Tokenizer opened, List<Path> files, TokenCounts counts) throws IOException {
        var frequencies = RankFrequency.of(
                Arrays.stream(counts.counts()).mapToDouble(each -> each).toArray());
        var reading = TokensReading.of(opened, files, counts, frequencies, ranks, count, provenance(opened, files));
        if (out != null) {
            CountsFile.write(out, counts.counts(), opened.tokens(), reading.facts());
        }
        if (report != null) {
            new TokensReport(
                            reading.title(),
                            reading.sentences(),
                            reading.mostFrequentTable(),
                            frequencies,
                            reading.laws(),
                            CommandWords.of(spec),
                            reading.provenance())
                    .write(report);
        }
        var output = spec.commandLine().getOut();
        output.print(json ? Json.write(reading.document()) : reading.text());
        output.flush();
    }

    /// What is no path may be the name of a model.
    private Path tokenizerPath() throws IOException {
        Path path = Path.of(tokenizer);
        if (Files.exists(path)) {
            return path;
        }
        Path model = Checkpoint.find(tokenizer).getFirst();
        return Files.isDirectory(model) ? model : model.resolveSibling("");
    }

    private OptionalLong limit() {
        if (limit == null) {
            return OptionalLong.empty();
        }
        if (!(limit >= 1 && limit <= 0x1p53 && limit == Math.rint(limit))) {
            throw new IllegalArgumentException("--limit must be a whole number of at least 1, is " + limit);
        }
        return OptionalLong.of(limit.longValue());
    }

    private static Provenance provenance(Tokenizer opened, List<Path> files) throws IOException {
        Provenance provenance = Provenance.here().withInput(opened.file());
        for (Path file : files) {
            if (Files.isRegularFile(file)) {
                provenance = provenance.withInput(file);
            }
        }
        return provenance;
    }
}
