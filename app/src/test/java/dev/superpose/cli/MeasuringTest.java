package dev.superpose.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.superpose.checkpoint.PackedMatrix;
import dev.superpose.checkpoint.Role;
import dev.superpose.geometry.Geometry;
import dev.superpose.numeric.FloatMatrix;
import dev.superpose.numeric.RowBlocks;
import dev.superpose.numeric.Seed;
import dev.superpose.store.GeometryRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeasuringTest {
    @TempDir
    private Path folder;

    @Test
    void keepsNothingOfAFileThatChangedWhileItWasMeasured() throws IOException {
        Path file = Files.writeString(folder.resolve("model"), "before");
        Path records = folder.resolve("records");
        var matrix = new PackedMatrix(
                "model",
                file,
                "t",
                Role.VECTORS,
                false,
                "F32",
                new ChangingRows(file, new FloatMatrix(3, 2, new float[] {1, 2, 3, 4, 5, 7})),
                3,
                Optional.empty(),
                List.of());
        var measuring = new Measuring(
                Geometry.Pairs.AUTO,
                true,
                new Seed(0),
                Optional.empty(),
                Optional.of(new GeometryRecords(records, false, _ -> {})));
        Measuring.Result changed = measuring.measure(matrix, 3, _ -> {});
        assertThat(changed.notes())
                .containsExactly("the file changed while it was measured: the numbers may be of neither state, and are"
                        + " not kept");
        assertThat(records).doesNotExist();
        Measuring.Result settled = measuring.measure(matrix, 3, _ -> {});
        assertThat(settled.takenUp()).isFalse();
        assertThat(settled.notes()).isEmpty();
        assertThat(measuring.measure(matrix, 3, _ -> {}).takenUp()).isTrue();
    }

    /// The rows of a file that another process writes to when the first of them are read.
    private record ChangingRows(Path file, FloatMatrix matrix) implements RowBlocks {
        @Override
        public long rows() {
            return matrix.rows();
        }

        @Override
        public int width() {
            return matrix.columns();
        }

        @Override
        public void read(long first, int count, float[] target) throws IOException {
            if (Files.readString(file).equals("before")) {
                Files.writeString(file, "afterwards");
            }
            RowBlocks.of(matrix).read(first, count, target);
        }
    }
}
