package dev.superpose.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.superpose.checkpoint.SafetensorsWriter;
import dev.superpose.numeric.FloatMatrix;
import dev.superpose.numeric.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Matrices at the edge of what has a geometry: each is measured, or refused in one line, and
/// no number that is none gets into a sentence.
class EdgeValuesTest {
    private static final String NO_NUMBER = "NaN|Infinity|\u221e";

    @TempDir
    private Path folder;

    @SuppressWarnings("ImmutableEnumChecker") // The matrices are made once and then only read.
    enum Edge {
        ONE_NAN(20, 4, rows -> with(rows, 3, Float.NaN)),
        ONE_INFINITE(20, 4, rows -> with(rows, 3, Float.NEGATIVE_INFINITY)),
        ALL_NAN(20, 4, rows -> times(rows, Float.NaN)),
        ALL_ZERO(20, 4, rows -> times(rows, 0)),
        ZERO_ROW(20, 4, rows -> with(rows, 3, 0)),
        TWO_ROWS_LEFT(20, 4, rows -> {
            for (int i = 2; i < rows.rows(); i++) {
                with(rows, i, 0);
            }
            return rows;
        }),
        ALL_EQUAL(20, 4, rows -> {
            for (int i = 0; i < rows.data().length; i++) {
                rows.data()[i] = rows.data()[i % 4];
            }
            return rows;
        }),
        OPPOSITE(20, 4, rows -> {
            for (int i = 0; i < rows.data().length; i++) {
                rows.data()[i] = i < 40 ? 1 : -1;
            }
            return rows;
        }),
        ORTHOGONAL(8, 8, rows -> {
            times(rows, 0);
            for (int i = 0; i < 8; i++) {
                rows.set(i, i, 1);
            }
            return rows;
        }),
        DENORMAL(20, 4, rows -> times(rows, 0x1p-146f)),
        HALF_PRECISION_NORMS_OVERFLOW(20, 4, rows -> times(rows, 0x1p16f)),
        SINGLE_PRECISION_NORMS_OVERFLOW(20, 4, rows -> times(rows, 0x1p125f)),
        ONE_ROW(1, 4, rows -> rows),
        TWO_ROWS(2, 4, rows -> rows),
        ONE_COLUMN(20, 1, rows -> rows),
        ONE_NUMBER(1, 1, rows -> rows),
        FEWER_ROWS_THAN_COLUMNS(3, 8, rows -> rows),
        AS_MANY_ROWS_AS_COLUMNS(8, 8, rows -> rows);

        private final FloatMatrix matrix;

        Edge(int rows, int columns, UnaryOperator<FloatMatrix> change) {
            var random = new Seed(5).child("edges").random();
            FloatMatrix gaussian = FloatMatrix.zeros(rows, columns);
            for (int i = 0; i < gaussian.data().length; i++) {
                gaussian.data()[i] = (float) random.nextGaussian();
            }
            this.matrix = change.apply(gaussian);
        }

        private boolean nothingLeft() {
            return this == ALL_NAN || this == ALL_ZERO;
        }

        private static FloatMatrix with(FloatMatrix rows, int row, float value) {
            for (int j = 0; j < rows.columns(); j++) {
                rows.set(row, j, value);
            }
            return rows;
        }

        private static FloatMatrix times(FloatMatrix rows, float factor) {
            for (int i = 0; i < rows.data().length; i++) {
                rows.data()[i] *= factor;
            }
            return rows;
        }
    }

    private String write(Edge edge) throws IOException {
        Path file = folder.resolve(edge + ".safetensors");
        new SafetensorsWriter().add("weight", edge.matrix).write(file);
        return file.toString();
    }

    private CommandRun inspect(String path, String... more) {
        String[] all = Stream.concat(
                        Stream.of(
                                "inspect",
                                path,
                                "--resume",
                                folder.resolve("records").toString()),
                        Arrays.stream(more))
                .toArray(String[]::new);
        return CommandRun.of(all);
    }

    @ParameterizedTest
    @EnumSource
    void isMeasuredOrRefusedInWords(Edge edge) throws IOException {
        String file = write(edge);
        CommandRun text = inspect(file);
        if (edge.nothingLeft()) {
            assertThat(text.code()).isEqualTo(2);
            assertThat(text.err())
                    .contains("nothing left to measure: of 20 rows")
                    .hasLineCount(1);
            return;
        }
        assertThat(text.code()).as(text.err()).isZero();
        assertThat(text.out()).contains("Verdict on " + edge).doesNotContainPattern(NO_NUMBER);
        CommandRun json = inspect(file, "--json");
        assertThat(json.code()).as(json.err()).isZero();
        assertThat(json.out()).doesNotContainPattern(NO_NUMBER);
        assertThat(json.json().get(0).get("rows").asLong()).isEqualTo(edge.matrix.rows());
    }

    @Test
    void standTogetherInAReport() throws IOException {
        for (Edge edge : Edge.values()) {
            write(edge);
        }
        Path page = folder.resolve("report.html");
        CommandRun run = inspect(folder.toString(), "--report", page.toString());
        assertThat(run.code()).as(run.err()).isEqualTo(2);
        assertThat(run.err()).hasLineCount(2).contains("ALL_NAN", "ALL_ZERO");
        assertThat(run.out()).doesNotContainPattern(NO_NUMBER);
        String shown = Files.readString(page).replaceAll("(?s)<script.*?</script>", "");
        assertThat(shown).contains("ONE_NAN", "ALL_EQUAL", "ONE_NUMBER").doesNotContainPattern(NO_NUMBER);
    }
}
