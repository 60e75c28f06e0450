package dev.superpose.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.superpose.published.PublishedModels;
import dev.superpose.published.PublishedStatements;
import dev.superpose.result.Csv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ParameterExponentTest {
    /// The 50 models of Chinchilla's table A9 (samples/scaling, MIT). Published are 2.52 ± .03 and,
    /// with alpha_N = .35 ± .02 of Besiroglu et al. 2024, .88 ± .06.
    @Test
    void chinchillasExponentOfWidthIsThePublishedOne() throws IOException {
        Csv table;
        try (var reader = Files.newBufferedReader(Path.of("../samples/scaling/chinchilla_model_table_50.csv"))) {
            table = Csv.read("chinchilla_model_table_50.csv", reader);
        }
        var exponent = ParameterExponent.of(column(table, "d_model"), column(table, "N_reported"));

        assertThat(exponent.line().points()).isEqualTo(50);
        assertThat(exponent.value()).isCloseTo(2.52, within(0.005));
        assertThat(exponent.standardError()).isCloseTo(0.03, within(0.005));

        var ofWidth = exponent.ofWidth(0.35, 0.02);

        assertThat(ofWidth.value()).isCloseTo(PublishedStatements.CHINCHILLA_WIDTH_EXPONENT, within(0.005));
        assertThat(ofWidth.standardError())
                .isCloseTo(PublishedStatements.CHINCHILLA_WIDTH_EXPONENT_ERROR, within(0.01));
    }

    /// Line through 27 models by NumPy's lstsq: 2.35267, its error .08328. The paper says 2.51.
    @Test
    void publishedModelsGrowALittleSlowerThanThePaperSays() {
        var exponent = ParameterExponent.of(PublishedModels.losses());
        assertThat(exponent.line().points()).isEqualTo(27);
        assertThat(exponent.value()).isCloseTo(2.35267, within(1e-5));
        assertThat(exponent.standardError()).isCloseTo(0.08328, within(1e-5));
    }

    @Test
    void sizesAreThoseOfTheNames() {
        assertThat(ModelShapes.parameters("opt-125m")).hasValue(125e6);
        assertThat(ModelShapes.parameters("Qwen2.5-0.5B")).hasValue(5e8);
        assertThat(ModelShapes.parameters("gpt2-xl")).hasValue(1558e6);
        assertThat(ModelShapes.parameters("bloom-7b")).isEmpty();
        assertThat(PublishedModels.losses()).allSatisfy(loss -> {
            assertThat(ModelShapes.parameters(loss.model())).isPresent();
            assertThat(ModelShapes.layers(loss.model())).isPresent();
        });
    }

    /// N = 12 m² l with l ∝ m: exactly 3.
    @Test
    void aFamilyOfOneShapeGrowsAsTheCube() {
        double[] widths = {512, 1024, 4096};
        double[] parameters = new double[3];
        for (int k = 0; k < 3; k++) {
            parameters[k] = 12 * widths[k] * widths[k] * widths[k] / 128;
        }
        var exponent = ParameterExponent.of(widths, parameters);
        assertThat(exponent.value()).isCloseTo(3, within(1e-12));
        assertThat(exponent.ofWidth(1.0 / 3, 0).value()).isCloseTo(1, within(1e-12));
    }

    private static double[] column(Csv table, String name) {
        int index = table.indexOf(name);
        return table.lines().stream()
                .mapToDouble(line -> Double.parseDouble(line.fields().get(index)))
                .toArray();
    }
}
