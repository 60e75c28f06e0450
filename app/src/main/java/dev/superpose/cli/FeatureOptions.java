package dev.superpose.cli;

import dev.superpose.result.Provenance;
import dev.superpose.study.FeatureFile;
import dev.superpose.toy.FeatureFrequencies;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that say what data a toy model sees: shared by `train` and `measure`.
final class FeatureOptions {
    private static final String EXPONENTIAL = "exponential:";
    private static final String GIVEN = "given:";

    @Option(
            names = "--alpha",
            paramLabel = "A",
            description = "Features are active as often as i^-A; the paper's data exponent (default: 1).")
    @Nullable
    Double alpha;

    @Option(
            names = "--frequencies",
            paramLabel = "LAW",
            description = "Another law instead of --alpha: linear, exponential:SCALE (as exp(-i/SCALE)), or given:FILE "
                    + "(one number a line, or the last column of a CSV file).")
    @Nullable
    String frequencies;

    @Option(
            names = "--density",
            paramLabel = "E",
            defaultValue = "1",
            description = "Expected number of active features per sample (default: ${DEFAULT-VALUE}).")
    double density;

    @Option(
            names = "--batch",
            paramLabel = "B",
            defaultValue = "2048",
            description = "Samples per batch (default: ${DEFAULT-VALUE}).")
    int batch;

    @Option(
            names = "--test-batches",
            paramLabel = "K",
            defaultValue = "100",
            description = "Fresh batches the test loss is averaged over (default: ${DEFAULT-VALUE}).")
    int testBatches;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "All randomness starts from it (default: ${DEFAULT-VALUE}).")
    long seed;

    /// The law asked for.
    ///
    /// @throws IllegalArgumentException if it is none, or two
    FeatureFrequencies law() throws IOException {
        if (frequencies == null) {
            return new FeatureFrequencies.Power(alpha == null ? 1 : alpha);
        }
        if (alpha != null) {
            throw new IllegalArgumentException("--alpha and --frequencies exclude each other");
        }
        if (frequencies.equals("linear")) {
            return new FeatureFrequencies.Linear();
        }
        if (frequencies.startsWith(EXPONENTIAL)) {
            return new FeatureFrequencies.Exponential(scale(frequencies.substring(EXPONENTIAL.length())));
        }
        if (frequencies.startsWith(GIVEN)) {
            return FeatureFile.frequencies(Path.of(frequencies.substring(GIVEN.length())));
        }
        throw new IllegalArgumentException(
                "--frequencies is linear, exponential:SCALE or given:FILE, not \"" + frequencies + "\"");
    }

    /// This program on this machine, with the seed and the file of frequencies if there is one.
    Provenance provenance() throws IOException {
        var provenance = Provenance.here().withSeed(seed);
        return frequencies != null && frequencies.startsWith(GIVEN)
                ? provenance.withInput(Path.of(frequencies.substring(GIVEN.length())))
                : provenance;
    }

    private static double scale(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException _) {
            throw new IllegalArgumentException("--frequencies exponential:SCALE needs a number, not \"" + text + "\"");
        }
    }
}
