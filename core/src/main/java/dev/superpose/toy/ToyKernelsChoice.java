package dev.superpose.toy;

import java.lang.System.Logger.Level;

/// Holds the kernels chosen for this process. The vector class is only touched once its module is known to
/// be there.
final class ToyKernelsChoice {
    static final ToyKernels CHOSEN = choose(System.getProperty("superpose.kernels", "fastest"));

    private ToyKernelsChoice() {}

    static ToyKernels choose(String wanted) {
        boolean vectors = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
        return switch (wanted) {
            case "scalar" -> new ScalarToyKernels();
            case "vector" -> {
                if (!vectors) {
                    throw new IllegalStateException(
                            "superpose.kernels=vector needs the JVM flag --add-modules=jdk.incubator.vector");
                }
                yield new VectorToyKernels();
            }
            case "fastest" -> {
                if (!vectors) {
                    System.getLogger(ToyKernelsChoice.class.getName())
                            .log(Level.WARNING, "no --add-modules=jdk.incubator.vector: scalar kernels run instead");
                }
                yield vectors ? new VectorToyKernels() : new ScalarToyKernels();
            }
            default ->
                throw new IllegalArgumentException("superpose.kernels must be fastest, vector or scalar, is " + wanted);
        };
    }
}
