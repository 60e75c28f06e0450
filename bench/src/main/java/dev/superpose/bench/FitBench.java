package dev.superpose.bench;

import dev.superpose.numeric.Seed;
import dev.superpose.runs.Quantity;
import dev.superpose.runs.Runs;
import dev.superpose.runs.Sizes;
import dev.superpose.scaling.Bootstrap;
import dev.superpose.scaling.Draws;
import dev.superpose.scaling.Fit;
import dev.superpose.scaling.Fitter;
import dev.superpose.scaling.Forms;
import dev.superpose.scaling.Objective;
import dev.superpose.scaling.ScalingLaw;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Times 1,000 random starts of Chinchilla's law and 4,000 refits of its pairs bootstrap, first in the fresh
/// JVM, then warm, after checking that the starts agree. A plain program, since the first time counts: a person
/// waits for it.
@Command(
        name = "bench/run.sh fits",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "1,000 starts and 4,000 bootstrap refits of Chinchilla's law, in a fresh JVM and warm.")
public final class FitBench implements Callable<Integer> {
    private static final Objective HUBER = new Objective.HuberLog(Objective.USUAL_DELTA);

    @Option(
            names = "--csv",
            description = "runs to fit, without quotes; without it 240 planted ones like those of Hoffmann et al.")
    @Nullable
    Path csv;

    @Option(names = "--columns", split = ",", description = "N, compute and loss: numbers of columns from 0")
    List<Integer> columns = List.of(3, 4, 6);

    @Option(names = "--drop-largest", description = "leave out this many of the largest losses")
    int dropped = 5;

    @Option(names = "--write", description = "write the runs as N, D and loss for bench/scipy/chinchilla.py, and stop")
    @Nullable
    Path write;

    @Option(names = "--starts")
    int starts = 1000;

    @Option(names = "--draws")
    int draws = 4000;

    @Option(names = "--rounds", description = "the first is cold")
    int rounds = 4;

    private FitBench() {}

    /// Exits with 1 if fewer than nine in ten starts agree: then the times mean nothing.
    public static void main(String[] args) {
        System.exit(new CommandLine(new FitBench()).execute(args));
    }

    @Override
    public Integer call() throws IOException {
        var runs = csv == null ? planted() : read(csv);
        if (write != null) {
            write(runs, write);
            return 0;
        }
        for (int round = 0; round < rounds; round++) {
            var seed = new Seed(round);
            Fit fit = timed(starts + " starts", () -> new Fitter(HUBER, starts, seed).fit(Forms.chinchilla(), runs));
            if (!(fit instanceof Fit.Fitted fitted)
                    || fitted.certificate().agreeing()
                            < 0.9 * fitted.certificate().starts()) {
                System.out.println(fit);
                return 1;
            }
            System.out.printf(
                    "  %d agree at %.10f: %s%n",
                    fitted.certificate().agreeing(),
                    fitted.value(),
                    fitted.law().formula());
            Draws drawn =
                    timed(draws + " refits", () -> new Bootstrap(Bootstrap.Method.PAIRS, draws, seed).draws(fitted));
            System.out.printf("  alpha %s, %d failed%n", drawn.parameter("alpha", 0.95), drawn.failed());
        }
        return 0;
    }

    private static <T> T timed(String what, Supplier<T> work) {
        long cpu = processorTime();
        long began = System.nanoTime();
        T result = work.get();
        long ended = System.nanoTime();
        System.out.printf(
                "%s: %.2f s, %.2f s of processor time%n", what, (ended - began) * 1e-9, (processorTime() - cpu) * 1e-9);
        return result;
    }

    private static long processorTime() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean bean
                ? bean.getProcessCpuTime()
                : 0;
    }

    /// 24 sizes at 10 budgets each, with heavy tails as real runs have them.
    private static Runs planted() {
        var law = ScalingLaw.of(
                Forms.chinchilla(), Map.of("A", 482.0, "B", 2085.0, "E", 1.82, "alpha", 0.348, "beta", 0.366));
        var random = new Seed(1).random();
        var list = new ArrayList<Runs.Run>();
        for (int i = 0; i < 240; i++) {
            double compute = 6e18 * Math.pow(500, i % 10 / 9.0);
            int size = i / 10;
            double parameters = 5e7 * Math.pow(200, size / 23.0);
            var sizes = Sizes.of(parameters, compute / 6 / parameters);
            double noise = 0.006 * random.nextGaussian() / Math.max(0.2, random.nextDouble());
            list.add(new Runs.Run("run " + i, sizes, law.at(sizes) * Math.exp(noise)));
        }
        return Runs.of(list);
    }

    private static void write(Runs runs, Path file) throws IOException {
        var lines = new StringBuilder("N,D,loss\n");
        for (var run : runs.list()) {
            lines.append(run.sizes().get(Quantity.PARAMETERS))
                    .append(',')
                    .append(run.sizes().get(Quantity.TOKENS))
                    .append(',')
                    .append(run.loss())
                    .append('\n');
        }
        Files.writeString(file, lines);
    }

    private Runs read(Path file) throws IOException {
        var list = new ArrayList<Runs.Run>();
        for (String line : Files.readAllLines(file)) {
            String[] cells = line.split(",", -1);
            if (!cells[columns.get(0)].isEmpty() && Character.isDigit(cells[columns.get(0)].charAt(0))) {
                double parameters = Double.parseDouble(cells[columns.get(0)]);
                double compute = Double.parseDouble(cells[columns.get(1)]);
                var sizes = Sizes.of(parameters, compute / 6 / parameters);
                list.add(new Runs.Run(line, sizes, Double.parseDouble(cells[columns.get(2)])));
            }
        }
        list.sort(Comparator.comparingDouble(Runs.Run::loss));
        return Runs.of(list.subList(0, list.size() - dropped));
    }
}
