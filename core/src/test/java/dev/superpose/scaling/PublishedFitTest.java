package dev.superpose.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.superpose.numeric.Seed;
import dev.superpose.runs.Quantity;
import dev.superpose.runs.Runs;
import dev.superpose.runs.Sizes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Fits that others have published, on their data: reached, or bettered.
class PublishedFitTest {
    private static final int STARTS = 12;

    private static Fit.Fitted fitted(Objective objective, Form form, Runs runs) {
        var fit = new Fitter(objective, STARTS, new Seed(11)).fit(form, runs);
        assertThat(fit).isInstanceOf(Fit.Fitted.class);
        return (Fit.Fitted) fit;
    }

    /// The checkpoints of one of the Gemstones' subsets.
    private static Runs gemstones(String subset) throws IOException {
        var runs = new ArrayList<Runs.Run>();
        for (String line : Files.readAllLines(Path.of("../samples/scaling/gemstones_width_depth.csv"))) {
            String[] cells = line.split(",", -1);
            if (cells[0].equals(subset)) {
                var sizes = Sizes.of(Double.parseDouble(cells[4]), Double.parseDouble(cells[6]))
                        .with(Quantity.WIDTH, Double.parseDouble(cells[2]))
                        .with(Quantity.DEPTH, Double.parseDouble(cells[3]));
                runs.add(new Runs.Run(cells[1], sizes, Double.parseDouble(cells[10])));
            }
        }
        return Runs.of(runs);
    }

    /// McLeish et al. 2025: alpha .30027, beta .58024, ln E .72979 at an objective of .0019640865.
    /// Ours is lower by 3e-8 of it; so flat a minimum fixes four digits of the parameters.
    @Test
    void theGemstonesFitOfParametersAndTokensIsReached() throws IOException {
        var fit = fitted(new Objective.HuberLog(1e-3), Forms.chinchilla(), gemstones("cool_end"));

        assertThat(fit.runs().count()).isEqualTo(199);
        assertThat(fit.value()).isCloseTo(0.0019640865, within(1e-9)).isLessThan(0.0019640866);
        assertThat(fit.law().parameter("alpha")).isCloseTo(0.30027, within(2e-4));
        assertThat(fit.law().parameter("beta")).isCloseTo(0.58024, within(2e-4));
        assertThat(Math.log(fit.law().parameter("E"))).isCloseTo(0.72979, within(1e-4));
        assertThat(fit.certificate().gradientNorm()).isLessThan(1e-10);
    }

    /// The published fits of four terms stop at 1.11878e-4 (hot) and 9.007e-5 (cool_end), above the
    /// minima, and with other exponents (hot: .245, .387, .500 for width, depth and N).
    @ParameterizedTest
    @CsvSource({
        "hot, 1.11404e-4, 1.11878e-4, 0.3070, 0.5072, 0.3929, 0.4830",
        "cool_end, 8.927e-5, 9.007e-5, 0.3599, 0.4677, 0.3966, 0.5405"
    })
    void theGemstonesFitsOfFourTermsAreBettered(
            String subset, double value, double published, double alpha, double beta, double gamma, double zeta)
            throws IOException {
        var fit = fitted(new Objective.HuberLog(1e-4), Forms.gemstones(), gemstones(subset));
        var law = fit.law();

        assertThat(fit.value()).isCloseTo(value, within(1e-3 * value)).isLessThan(published);
        assertThat(List.of(
                        law.parameter("alpha"), law.parameter("beta"), law.parameter("gamma"), law.parameter("zeta")))
                .usingElementComparator((a, b) -> Math.abs(a - b) < 6e-5 ? 0 : Double.compare(a, b))
                .containsExactly(alpha, beta, gamma, zeta);
        assertThat(fit.certificate().gradientNorm()).isLessThan(1e-10);
        assertThat(fit.warnings()).anyMatch(warning -> warning.startsWith("the runs hardly fix"));
    }

    private static Runs languageModels() throws IOException {
        var runs = new ArrayList<Runs.Run>();
        String[] names = {};
        for (String line : lines("llm-losses.csv")) {
            String[] cells = line.split(",", -1);
            if (names.length == 0) {
                names = cells;
                continue;
            }
            for (int k = 3; k < cells.length; k++) {
                var sizes =
                        Sizes.of(Quantity.WIDTH, Double.parseDouble(cells[2])).in(cells[1] + " " + names[k]);
                runs.add(new Runs.Run(cells[0], sizes, Double.parseDouble(cells[k])));
            }
        }
        return Runs.of(runs);
    }

    /// Liu, Liu and Gore 2025 publish alpha .9098, A 476.08 and a mean square of .005198 on their
    /// own losses; those read off their figure give .908, 471 and .00524. Their offsets agree to
    /// .003. The error of alpha is .060, as its correlation with A and the offsets makes it, where
    /// they give .036.
    @Test
    void oneLawOfWidthIsFittedToFourFamiliesOnFourDataSets() throws IOException {
        var fit = fitted(new Objective.LeastSquares(), Forms.widthOverGroups(Quantity.WIDTH), languageModels());
        var law = fit.law();

        assertThat(fit.runs().count()).isEqualTo(108);
        assertThat(law.parameter("alpha")).isCloseTo(0.9098, within(0.002)).isCloseTo(0.90804, within(1e-5));
        assertThat(law.parameter("A")).isCloseTo(470.94, within(0.01));
        assertThat(fit.value() / 108).isCloseTo(0.00524290, within(1e-8));
        assertThat(fit.standardErrors().get("alpha")).isNotNull().isCloseTo(0.0597, within(1e-4));
        assertThat(law.parameter("B[opt wikitext]")).isCloseTo(2.2074, within(0.003));
        assertThat(law.parameter("B[Qwen c4]")).isCloseTo(2.1009, within(0.003));
        assertThat(law.parameter("B[gpt2 pile]")).isCloseTo(1.9413, within(0.003));
        assertThat(law.parameter("B[pythia bookcorpus]")).isCloseTo(2.2415, within(0.003));
        assertThat(fit.certificate().agreeing()).isEqualTo(STARTS);
    }

    /// An exponent of 1 costs a mean square of .00536 instead of .00524: the data hardly reject it.
    @Test
    void anExponentOfOneIsNearlyAsGoodForThem() throws IOException {
        var form = Forms.widthOverGroups(Quantity.WIDTH).holding("alpha", 1);

        var fit = fitted(new Objective.LeastSquares(), form, languageModels());

        assertThat(fit.value() / 108).isCloseTo(0.005363, within(1e-6));
        assertThat(fit.law().parameter("A")).isCloseTo(828.6, within(0.1));
    }

    /// The lines of a test file without comments.
    private static List<String> lines(String name) throws IOException {
        try (var stream = PublishedFitTest.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IOException(name + " is missing");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
    }
}
