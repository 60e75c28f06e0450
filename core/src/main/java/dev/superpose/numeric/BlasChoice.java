package dev.superpose.numeric;

import java.io.IOException;
import java.lang.System.Logger.Level;

/// Holds the implementation chosen for this process, so that the choice is made once and its reason is logged.
final class BlasChoice {
    static final Blas CHOSEN = choose(System.getProperty("superpose.blas", "fastest"));

    private BlasChoice() {}

    static Blas choose(String wanted) {
        return switch (wanted) {
            case "java" -> new JavaBlas();
            case "openblas" -> {
                try {
                    yield OpenBlas.load();
                } catch (IOException | LinkageError | IllegalCallerException failure) {
                    throw new IllegalStateException("superpose.blas=openblas, but it does not load", failure);
                }
            }
            case "fastest" -> {
                try {
                    yield OpenBlas.load();
                } catch (IOException | LinkageError | IllegalCallerException failure) {
                    System.getLogger(BlasChoice.class.getName())
                            .log(Level.WARNING, "OpenBLAS does not load, plain Java runs instead: " + failure);
                    yield new JavaBlas();
                }
            }
            default ->
                throw new IllegalArgumentException("superpose.blas must be fastest, openblas or java, is " + wanted);
        };
    }
}
