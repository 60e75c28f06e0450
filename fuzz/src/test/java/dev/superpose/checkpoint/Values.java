package dev.superpose.checkpoint;

import dev.superpose.numeric.RowBlocks;
import java.io.IOException;
import java.util.Collection;

/// Reads what a parser has found, so that whatever it left unchecked comes to light.
final class Values {
    private static final int NUMBERS = 1 << 14;

    private Values() {}

    /// The first rows and the last one of each matrix, and the tokens of its first rows.
    static void read(Collection<PackedMatrix> matrices) throws IOException {
        for (PackedMatrix matrix : matrices) {
            read(matrix.rows());
            if (matrix.tokens().isPresent()) {
                read(matrix.tokens().get());
            }
        }
    }

    /// The first rows and the last one.
    static void read(RowBlocks rows) throws IOException {
        if (rows.rows() > 0 && rows.width() > 0) {
            int count = (int) Math.min(rows.rows(), Math.max(1, NUMBERS / rows.width()));
            float[] target = new float[count * rows.width()];
            rows.read(0, count, target);
            rows.read(rows.rows() - 1, 1, target);
        }
    }

    /// The first tokens in every form, and the way back.
    static void read(Tokens tokens) {
        for (long row = 0; row < Math.min(tokens.length(), 100); row++) {
            tokens.find(tokens.text(row));
            tokens.find(tokens.entry(row));
        }
    }
}
