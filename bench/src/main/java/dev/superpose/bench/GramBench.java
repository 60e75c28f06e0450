package dev.superpose.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.superpose.checkpoint.Checkpoint;
import dev.superpose.geometry.Geometry;
import dev.superpose.geometry.GeometryReport;
import dev.superpose.numeric.Blas;
import dev.superpose.numeric.RowBlocks;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;

/// Times all measures of a matrix but exact pairs, beside BLAS itself and beside all pairs,
/// in one run.
///
/// Processor time is what is compared, because it says the same on a busy machine. The rate of
/// BLAS is that of `sgemm` on a hot problem of order 2048, one for each core. All pairs are
/// products of tiles of 512 rows, nothing done with them; a part is timed, the rest extrapolated.
public final class GramBench {
    private static final int HOT = 2048;
    private static final int REPEATS = 4;
    private static final int TILE = 512;
    private static final int TILES = 48;
    private static final int GRAMS = 3;

    private GramBench() {}

    /// `FILE [ROUNDS]`: the first matrix of a model is measured that often, 1 time if not said.
    public static void main(String[] args) throws Exception {
        int cores = Runtime.getRuntime().availableProcessors();
        try (Checkpoint checkpoint = Checkpoint.open(Path.of(args[0]))) {
            RowBlocks rows = checkpoint.matrices().getFirst().rows();
            double n = rows.rows();
            int m = rows.width();
            double rate = hotRate(cores);
            print("%,.0f x %,d on %d cores; sgemm, hot: %.1f GFLOP/s per core", n, m, cores, rate / 1e9);
            Time measured = new Time(0, 0);
            for (int round = 0; round < (args.length > 1 ? Integer.parseInt(args[1]) : 1); round++) {
                var began = new Watch();
                GeometryReport report = Geometry.measure(rows, Geometry.Options.standard());
                measured = began.read();
                print(
                        "measured in %s: %s, error %.1e, mean square %.9e",
                        measured,
                        report.arithmetic().products().label(),
                        report.arithmetic().relativeError(),
                        report.overlap().meanSquare());
            }
            print(
                    "%d Gram matrices, %.2f TFLOP: %.0f %% of BLAS's rate if nothing else had been done",
                    GRAMS, GRAMS * n * m * m / 1e12, 100 * GRAMS * n * m * m / measured.processor() / rate);
            print("peak of the program's own memory: %s", ownMemory());
            Time tiles = tiles(rows, cores);
            double all = tiles.processor() * 0.5 * n * n / ((double) TILES * TILE * TILE);
            print(
                    "all pairs: %d tiles in %s; all would take %.0f s of processor time, %.1f times the measures",
                    TILES, tiles, all, all / measured.processor());
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

    private static Time tiles(RowBlocks rows, int cores) throws IOException {
        int m = rows.width();
        var high = new float[TILE * m];
        rows.read(0, TILE, high);
        var products = new float[cores][TILE * TILE];
        var wide = new float[cores][TILE * m];
        for (int core = 0; core < cores; core++) {
            rows.read((core + 1L) * TILE, TILE, wide[core]);
        }
        var began = new Watch();
        IntStream.range(0, cores).parallel().forEach(core -> {
            for (int tile = 0; tile < TILES / cores; tile++) {
                Blas.fastest()
                        .sgemm(false, true, TILE, TILE, m, 1, high, 0, m, wide[core], 0, m, 0, products[core], 0, TILE);
            }
        });
        return began.read();
    }

    /// The most memory of the process, and how much of what it holds now is not pages of files.
    private static String ownMemory() throws IOException {
        return String.join(
                "; ",
                Files.readAllLines(Path.of("/proc/self/status")).stream()
                        .filter(line -> line.startsWith("VmHWM") || line.startsWith("RssAnon"))
                        .map(line -> line.replaceAll("\\s+", " "))
                        .toList());
    }

    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format + "%n", values);
    }
}
