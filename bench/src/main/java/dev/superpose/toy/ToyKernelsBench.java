package dev.superpose.toy;

import dev.superpose.numeric.Blas;
import dev.superpose.numeric.SplitRandom;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// The engine's own float loops at the shapes of the small study (n = 1000, d = 506 active features), one thread,
/// vectors beside scalars. In the engine's package, because nothing else should reach them.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {
            "--add-modules=jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow"
        })
public class ToyKernelsBench {
    private static final int FEATURES = 1000;
    private static final int ACTIVE = 506;
    private static final float BIAS = -0.6f; // about the median bias of a trained model

    @Param({"vector", "scalar"})
    String kind = "vector";

    @Param({"10", "25", "63"})
    int width;

    private final Blas blas = Blas.fastest();
    private final int padded = ToyKernels.padded(FEATURES);
    private final ToyKernels.Tally tally = new ToyKernels.Tally();
    private final int[] blocks = new int[padded];
    private final int[] rowOfSample = {0};
    private final float[] valueOfSample = {1};
    private ToyKernels kernels = ToyKernels.fastest();
    private int stride;
    private float[] w = {};
    private float[] packed = {};
    private float[] g = {};
    private float[] b = {};
    private float[] z = {};
    private float[] gradient = {};
    private float[] mean = {};
    private float[] square = {};

    @Setup
    public void fill() {
        kernels = ToyKernelsChoice.choose(kind);
        stride = ToyKernels.padded(width);
        w = new float[FEATURES * stride];
        var random = new SplitRandom(1);
        for (int i = 0; i < FEATURES; i++) {
            for (int k = 0; k < width; k++) {
                w[i * stride + k] = (float) (random.nextGaussian() / Math.sqrt(width));
            }
        }
        packed = new float[padded * width];
        g = new float[ACTIVE * padded];
        b = new float[padded];
        Arrays.fill(b, BIAS);
        z = new float[padded];
        gradient = w.clone();
        mean = new float[w.length];
        square = new float[w.length];
        gramOwn();
    }

    /// Gram rows of the active features by the own kernel: (d, m) · (m, n).
    @Benchmark
    public float[] gramOwn() {
        kernels.gram(w, ACTIVE, w, padded, width, stride, packed, g);
        return g;
    }

    /// The same by the library.
    @Benchmark
    public float[] gramLibrary() {
        blas.sgemm(false, true, ACTIVE, FEATURES, width, 1, w, 0, stride, w, 0, stride, 0, g, 0, padded);
        return g;
    }

    /// Outputs and deltas of one sample with one active feature.
    @Benchmark
    public int sample() {
        int count = kernels.outputs(g, rowOfSample, valueOfSample, 1, b, padded, z, blocks);
        kernels.deltas(z, 0, blocks, count, 1e-6f, mean, tally);
        return count;
    }

    /// AdamW over all of W.
    @Benchmark
    public float[] adam() {
        kernels.adam(w, gradient, mean, square, 0, w.length, 1, 1e-9f, 1);
        return w;
    }
}
