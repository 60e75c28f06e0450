package dev.superpose.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.superpose.geometry.Geometry.Options;
import dev.superpose.numeric.FloatMatrix;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Spectra, isotropy and weighted overlaps against `gram-oracle.json`, which
/// `src/test/python/gram_oracle.py` makes by explicit pairs: more rows than dimensions and fewer,
/// one dimension, equal rows, a common direction, a falling spectrum, denormal numbers and norms
/// beyond float16.
class GramOracleTest {
    private static final List<String> SHAPES = List.of("60x7", "20x33", "40x40", "700x130", "9x1");
    private static final List<String> KINDS = List.of("plain", "common", "decaying", "tiny", "large");
    private static final JsonNode ORACLE = oracle();

    private static JsonNode oracle() {
        try (InputStream in = Objects.requireNonNull(GramOracleTest.class.getResourceAsStream("gram-oracle.json"))) {
            return JsonMapper.shared().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<String> cases() {
        return SHAPES.stream().flatMap(shape -> KINDS.stream().map(kind -> kind + " " + shape));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agreesWithNumpy(String name) throws IOException {
        JsonNode expected = ORACLE.required(name);
        String kind = name.substring(0, name.indexOf(' '));
        String[] shape = name.substring(kind.length() + 1).split("x", -1);
        FloatMatrix w = matrix(kind, Integer.parseInt(shape[0]), Integer.parseInt(shape[1]));
        Options options = Options.standard().withFrequencies(row -> row % 5 == 3 ? 0 : 1000.0 / (1 + row));
        GeometryReport report = GeometryTest.measure(w, options);

        close("mean_square", expected, report.overlap().meanSquare());
        close("centered_mean_square", expected, report.centered().meanSquare());
        FrequencyWeighted weighted = report.weighted().orElseThrow();
        close("weighted_mean_square", expected, weighted.meanSquare());
        close("interference", expected, weighted.interference());
        close("effective_rows", expected, weighted.effectiveRows());
        assertThat(weighted.unseenRows())
                .isEqualTo(expected.required("unseen_rows").asLong());
        close("mean_share", expected, report.isotropy().meanShare());
        assertThat(report.isotropy().excessOverWelch())
                .isCloseTo(expected.required("excess_over_welch").asDouble(), within(1e-12));
        if (w.columns() > 1) {
            close("iso_score", expected, report.isotropy().isoScore());
        } else {
            assertThat(report.isotropy().isoScore()).isNaN();
        }
        close("partition_ratio", expected, report.isotropy().partitionRatio());
        double scale = scale(kind) * scale(kind);
        compare(report.spectrum(), expected.required("spectrum"), scale);
        compare(report.centeredSpectrum(), expected.required("centered_spectrum"), scale);
    }

    private static void compare(Spectrum spectrum, JsonNode expected, double scale) {
        close("participation_ratio", expected, spectrum.participationRatio());
        close("effective_rank", expected, spectrum.effectiveRank());
        close("stable_rank", expected, spectrum.stableRank());
        double largest = expected.required("largest").asDouble();
        Eigenvalues eigenvalues = spectrum.eigenvalues();
        assertThat(eigenvalues.at(1) / scale).isCloseTo(largest, within(1e-12 * largest));
        // Eigenvalues are good to a share of the largest.
        assertThat(eigenvalues.at(eigenvalues.count() / 2 + 1) / scale)
                .isCloseTo(expected.required("middle").asDouble(), within(1e-12 * largest));
        if (expected.has("exponent")) {
            close("exponent", expected, spectrum.decay().exponent());
            close("exponent_error", expected, spectrum.decay().standardError());
            close("r_squared", expected, spectrum.decay().rSquared());
        } else {
            assertThat(spectrum.decay()).isEqualTo(Decay.UNKNOWN);
        }
    }

    private static void close(String measure, JsonNode expected, double found) {
        double value = expected.required(measure).asDouble();
        assertThat(found).as(measure).isCloseTo(value, within(1e-9 * Math.abs(value)));
    }

    private static double scale(String kind) {
        return switch (kind) {
            case "tiny" -> 0x1p-130;
            case "large" -> 0x1p14;
            default -> 1;
        };
    }

    /// The matrix that the script makes by the same rule; every number is exact in float32.
    private static FloatMatrix matrix(String kind, int n, int m) {
        FloatMatrix w = GeometryOracle.matrix(n, m);
        for (int i = 0; i < n; i++) {
            boolean used = w.squaredNorm(i) > 0;
            for (int j = 0; j < m; j++) {
                double value = w.at(i, j);
                w.set(i, j, (float)
                        switch (kind) {
                            case "common" -> used ? value + 0.5 * (j % 3) : 0;
                            case "decaying" -> Math.scalb(value, -(j / 8));
                            default -> value * scale(kind);
                        });
            }
        }
        return w;
    }
}
