package dev.superpose.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.superpose.checkpoint.Checkpoint;
import dev.superpose.geometry.AllPairsPart;
import dev.superpose.geometry.Geometry;
import dev.superpose.geometry.GeometryReport;
import dev.superpose.numeric.Blas;
import dev.superpose.numeric.RowBlocks;
import dev.superpose.numeric.Seed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// Times measures of a matrix, beside BLAS itself and beside all pairs, in one run.
///
/// `lean` measures mean squared overlap and spectrum alone: two Gram matrices. `whole` measures
/// everything but exact pairs: three, and sampled pairs. Processor time is what is compared,
/// because it says the same on a busy machine. The rate of BLAS is that of `sgemm` on a hot
/// problem of order 2048, one for each core. All pairs are the program's own method on the first
/// rows; the time of all rows is extrapolated by the number of pairs of tiles. The same without
/// looking at the products, at the rate of BLAS, is what no program could undercut.
public final class GramBench {
    private static final int HOT = 2048;
    private static final int REPEATS = 4;
    private static final int PART = 8192;
    private static final long SAMPLING_MILLIS = 50;

    private GramBench() {}

    /// `FILE lean|whole [ROUNDS]`: the first matrix of a model is measured that often, once if
    /// not said.
    public static void main(String[] args) throws Exception {
        boolean lean = args[1].equals("lean");
        int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 1;
        int cores = Runtime.getRuntime().availableProcessors();
        try (Checkpoint checkpoint = Checkpoint.open(Path.of(args[0]))) {
            RowBlocks rows = checkpoint.matrices().getFirst().rows();
            double n = rows.rows();
            int m = rows.width();
            print("%,.0f x %,d, %s; %s, %d cores", n, m, args[1], System.getProperty("os.arch"), cores);
            Time measured = measure(rows, lean, rounds);
            double rate = hotRate(cores);
            int grams = lean ? 2 : 3;
            print(
                    "sgemm, hot: %.1f GFLOP/s per core; %d Gram matrices, %.2f TFLOP: %.0f %% of that rate, over all the processor time",
                    rate / 1e9, grams, grams * n * m * m / 1e12, 100 * grams * n * m * m / measured.processor() / rate);
            allPairs(rows, measured, rate);
        }
    }

    private static Time measure(RowBlocks rows, boolean lean, int rounds) throws IOException {
        Geometry.Options standard = Geometry.Options.standard();
        Geometry.Options options =
                lean ? standard.withPairs(Geometry.Pairs.NONE, new Seed(0)).withCentered(false) : standard;
        Time measured = new Time(0, 0);
        for (int round = 0; round < rounds; round++) {
            try (var memory = new OwnMemory()) {
                var began = new Watch();
                GeometryReport report = Geometry.measure(rows, options);
                measured = began.read();
                print(
                        "measured in %s: %s, error %.1e, mean square %.9e; peak of the program's own memory %,d MiB",
                        measured,
                        report.arithmetic().products().label(),
                        report.arithmetic().relativeError(),
                        report.overlap().meanSquare(),
                        memory.peak() >> 20);
            }
        }
        return measured;
    }

    private static void allPairs(RowBlocks rows, Time measured, double rate) throws IOException {
        int count = (int) Math.min(PART, rows.rows());
        var part = new AllPairsPart(rows, count);
        var began = new Watch();
        double meanAbs = part.look();
        Time looked = began.read();
        double factor = AllPairsPart.tilePairs(rows.rows()) / AllPairsPart.tilePairs(count);
        double all = looked.processor() * factor;
        double bare = (double) rows.rows() * rows.rows() * rows.width() / rate;
        print(
                "all pairs of %,d rows (mean |cosine| %.6f) in %s; of all rows, extrapolated: %,.0f s of processor time, %.1f times the measures; products alone at the rate of sgemm: %,.0f s, %.1f times",
                count, meanAbs, looked, all, all / measured.processor(), bare, bare / measured.processor());
    }

    /// The most anonymous memory of this process, looked at many times a second: pages of mapped
    /// files are not in it.
    private static final class OwnMemory implements AutoCloseable {
        private static final Pattern ANONYMOUS = Pattern.compile("RssAnon:\\s*(\\d+) kB");

        private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        private final AtomicLong most = new AtomicLong();

        OwnMemory() {
            var _ = clock.scheduleAtFixedRate(this::look, 0, SAMPLING_MILLIS, TimeUnit.MILLISECONDS);
        }

        private void look() {
            try {
                Matcher found = ANONYMOUS.matcher(Files.readString(Path.of("/proc/self/status")));
                if (found.find()) {
                    most.accumulateAndGet(Long.parseLong(found.group(1)) << 10, Math::max);
                }
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        /// In bytes; 0 where the system does not tell.
        long peak() {
            return most.get();
        }

        @Override
        public void close() {
            clock.shutdown();
        }
    }

    private record Time(double wall, double processor) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.2f s (%.2f s of processor time)", wall, processor);
        }
    }

    private static final class Watch {
        private final long wall = System.nanoTime();
        private final long processor = processorTime();

        Time read() {
            return new Time((System.nanoTime() - wall) / 1e9, (processorTime() - processor) / 1e9);
        }

        private static long processorTime() {
            return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
        }
    }

    /// The best of some rounds, in operations per second of one core.
    private static double hotRate(int cores) {
        var a = new float[HOT * HOT];
        Arrays.fill(a, 0.3f);
        var products = new float[cores][HOT * HOT];
        double best = Double.POSITIVE_INFINITY;
        for (int round = 0; round < REPEATS; round++) {
            var began = new Watch();
            IntStream.range(0, cores)
                    .parallel()
                    .forEach(core -> Blas.fastest()
                            .sgemm(false, true, HOT, HOT, HOT, 1, a, 0, HOT, a, 0, HOT, 0, products[core], 0, HOT));
            best = Math.min(best, began.read().processor());
        }
        return 2.0 * cores * HOT * HOT * HOT / best;
    }

    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format + "%n", values);
    }
}
