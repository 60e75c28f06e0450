package dev.superpose.checkpoint;

import java.util.List;

/// What is said of a matrix in the same words whatever file it comes from.
final class MatrixNotes {
    private MatrixNotes() {}

    /// Of numbers that mean nothing without a scale, which is not there.
    static String unscaled(Object dtype) {
        return "the numbers are %s without a scale: norms are in units of the quantisation".formatted(dtype);
    }

    /// Of an unembedding with the bias that `tensor` describes by name, shape and dtype.
    static String bias(String tensor) {
        return "the unembedding has a bias, %s, which is not part of its rows".formatted(tensor);
    }

    /// Of too few rows to pack.
    static void ofShape(long rows, long width, List<String> to) {
        if (rows < width) {
            to.add("the matrix has fewer rows than columns: nothing needs to overlap");
        }
    }
}
