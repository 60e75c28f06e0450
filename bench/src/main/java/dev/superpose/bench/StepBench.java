package dev.superpose.bench;

import dev.superpose.toy.Snapshot;
import dev.superpose.toy.ToyConfig;
import dev.superpose.toy.ToyTraining;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Whole training steps of the small study, one thread, at three moments of a 20,000-step growth run: the share of
/// positive outputs falls from a half to a few thousandths, and with it the cost of a step. Add `-t 2` for two
/// trainings side by side.
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5)
@Measurement(iterations = 10)
@Fork(
        value = 1,
        jvmArgsAppend = {
            "--add-modules=jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow"
        })
public class StepBench {
    private static final int STEPS = 200;

    @Param({"1", "2"})
    double alpha;

    @Param({"10", "15", "25", "39", "63", "100"})
    int width;

    /// The step at which the timed stretch begins.
    @Param({"0", "2000", "10000"})
    int from;

    private ToyConfig config = new Setting(1, 1).config(20_000, 1);
    private ToyTraining training = ToyTraining.start(config);
    private Snapshot start = training.snapshot();

    @Setup(Level.Trial)
    public void train() {
        config = new Setting(alpha, width).config(20_000, 1);
        training = ToyTraining.start(config);
        training.advance(from);
        start = training.snapshot();
    }

    @Setup(Level.Invocation)
    public void rewind() {
        training = ToyTraining.resume(config, start);
    }

    /// The mean time of a step over the 200 that follow.
    @Benchmark
    @OperationsPerInvocation(STEPS)
    public double step() {
        training.advance(STEPS);
        return training.trainLoss();
    }
}
