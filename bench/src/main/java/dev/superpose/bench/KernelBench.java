package dev.superpose.bench;

import dev.superpose.numeric.Blas;
import dev.superpose.numeric.SplitRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
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

/// The matrix products of a training step of the small study (n = 1000, B = 2048), one thread, at the shapes they
/// have: d distinct active features per batch, about 506 at alpha = 1 and 61 at alpha = 2. `flop` is floating-point
/// operations per second, to hold against the processor's peak.
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {
            "--add-modules=jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow"
        })
public class KernelBench {
    private static final int FEATURES = 1000;

    @Param({"506", "61"})
    int active;

    @Param({"10", "25", "63", "100"})
    int width;

    private final Blas blas = Blas.fastest();
    private float[] w = {};
    private float[] g = {};
    private float[] dw = {};

    /// Counts the work of each call.
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    @State(Scope.Thread)
    public static class Work {
        public long flop;
    }

    @Setup
    public void fill() {
        w = random(FEATURES * width);
        g = random(active * FEATURES);
        dw = new float[FEATURES * width];
    }

    /// The Gram rows of the active features, G = W_A Wᵀ: (d, m) · (m, n).
    @Benchmark
    public float[] gramRows(Work work) {
        blas.sgemm(false, true, active, FEATURES, width, 1, w, 0, width, w, 0, width, 0, g, 0, FEATURES);
        work.flop += 2L * active * FEATURES * width;
        return g;
    }

    /// The symmetric block among the active features, G = W_A W_Aᵀ, its lower triangle: (d, m).
    @Benchmark
    public float[] gramBlock(Work work) {
        blas.ssyrkLower(false, active, width, 1, w, 0, width, 0, g, 0, FEATURES);
        work.flop += (active + 1L) * active * width;
        return g;
    }

    /// The decoder's share of the dense gradient, dW = dGᵀ W_A: (n, d) · (d, m).
    @Benchmark
    public float[] decoderGradient(Work work) {
        blas.sgemm(true, false, FEATURES, width, active, 1, g, 0, FEATURES, w, 0, width, 0, dw, 0, width);
        work.flop += 2L * active * FEATURES * width;
        return dw;
    }

    /// The encoder's share of the dense gradient, dW_A = dG W: (d, n) · (n, m).
    @Benchmark
    public float[] encoderGradient(Work work) {
        blas.sgemm(false, false, active, width, FEATURES, 1, g, 0, FEATURES, w, 0, width, 0, dw, 0, width);
        work.flop += 2L * active * FEATURES * width;
        return dw;
    }

    private static float[] random(int count) {
        var random = new SplitRandom(1);
        var numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = random.nextFloat() - 0.5f;
        }
        return numbers;
    }
}
