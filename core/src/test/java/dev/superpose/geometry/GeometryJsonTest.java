package dev.superpose.geometry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.superpose.numeric.FloatMatrix;
import dev.superpose.numeric.RowBlocks;
import dev.superpose.numeric.Seed;
import dev.superpose.result.Json;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/// What was measured can be kept: it comes back from JSON bit for bit.
class GeometryJsonTest {
    @Test
    void aReportComesBackAsItWas() throws IOException {
        var random = new Seed(5).child("json").random();
        FloatMatrix rows = FloatMatrix.zeros(90, 40);
        for (int i = 0; i < 90; i++) {
            for (int j = 0; j < 40; j++) {
                rows.set(i, j, (float) random.nextGaussian());
            }
        }
        Geometry.Options options = Geometry.Options.standard().withThreads(1).withFrequencies(row -> row + 1);
        GeometryReport report = Geometry.measure(RowBlocks.of(rows), options);
        assertThat(report.weighted()).isPresent();
        assertThat(Json.read(Json.write(report), GeometryReport.class)).isEqualTo(report);
    }

    @Test
    void whatCouldNotBeMeasuredComesBackAsSuch() throws IOException {
        FloatMatrix rows = FloatMatrix.zeros(2, 3);
        rows.set(1, 1, 4);
        GeometryReport report = Geometry.measure(RowBlocks.of(rows), Geometry.Options.standard());
        assertThat(report.overlap().meanSquare()).isNaN();
        assertThat(Json.read(Json.write(report), GeometryReport.class)).isEqualTo(report);
    }
}
