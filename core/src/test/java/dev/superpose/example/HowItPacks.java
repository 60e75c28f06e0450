package dev.superpose.example;

import dev.superpose.checkpoint.Checkpoint;
import dev.superpose.checkpoint.PackedMatrix;
import dev.superpose.geometry.Geometry;
import dev.superpose.geometry.GeometryReport;
import dev.superpose.geometry.Verdict;
import dev.superpose.numeric.FloatMatrix;
import dev.superpose.numeric.RowBlocks;
import dev.superpose.numeric.Seed;
import dev.superpose.result.InputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Says how the matrices of a model pack.
final class HowItPacks {
    private HowItPacks() {}

    /// A line for each matrix, and one for each thing there is to say about it.
    static List<String> of(Path path) throws IOException {
        List<String> lines = new ArrayList<>();
        // The rows are read from the file as long as the checkpoint is open, and not after.
        try (Checkpoint model = Checkpoint.open(path)) {
            for (PackedMatrix matrix : model.matrices()) {
                Geometry.Options options = Geometry.Options.standard()
                        .withPaddingFrom(matrix.firstPaddingRow())
                        .withPairs(Geometry.Pairs.AUTO, new Seed(7))
                        .withThreads(2);
                GeometryReport report = Geometry.measure(matrix.rows(), options);
                lines.add("%s, %s: %d of %d rows, width %d, mean squared cosine %.4f"
                        .formatted(
                                matrix.model(),
                                matrix.role(),
                                report.used(),
                                report.rows(),
                                report.width(),
                                report.overlap().meanSquare()));
                Verdict verdict = Verdict.of(report, Verdict.Context.none());
                verdict.statements().forEach(statement -> lines.add(statement.sentences()));
            }
        }
        return lines;
    }

    /// A file that is no model, or damaged, is told of in one sentence that is safe to print.
    static String orWhyNot(Path path) throws IOException {
        try {
            return String.join("\n", of(path));
        } catch (InputException bad) {
            return bad.getMessage();
        }
    }

    /// Rows need not come from a file: m · mean cos², 1 for random directions, of rows (n, m).
    static double timesRandom(FloatMatrix rows) throws IOException {
        GeometryReport report = Geometry.measure(RowBlocks.of(rows), Geometry.Options.standard());
        return report.overlap().meanSquareTimesWidth();
    }
}
