package dev.superpose.geometry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.superpose.checkpoint.Checkpoint;
import dev.superpose.checkpoint.PackedMatrix;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// The sample models, read as a user reads them, against NumPy.
class SampleGeometryTest {
    private static final Path SAMPLES = Path.of("../samples");

    @Test
    void gloveAgreesWithNumpy() throws IOException {
        try (Checkpoint glove = Checkpoint.open(SAMPLES.resolve("glove/glove6B-common384-m50.safetensors"))) {
            compare(glove.matrices().getFirst(), "glove-m50");
        }
    }

    @Test
    void bothEndsOfALanguageModelAgreeWithNumpy() throws IOException {
        try (Checkpoint neox = Checkpoint.open(SAMPLES.resolve("pythia-style/neox-m64"))) {
            assertThat(neox.matrices()).hasSize(2);
            compare(neox.matrices().get(0), "neox-m64-unembedding");
            compare(neox.matrices().get(1), "neox-m64-embedding");
        }
    }

    private static void compare(PackedMatrix matrix, String name) throws IOException {
        GeometryReport report =
                Geometry.measure(matrix.rows(), Geometry.Options.standard().withPaddingFrom(matrix.firstPaddingRow()));
        GeometryTest.compare(report, GeometryOracle.read(name), 1e-12);
        assertThat(report.regime()).isEqualTo(Regime.STRONG);
    }
}
