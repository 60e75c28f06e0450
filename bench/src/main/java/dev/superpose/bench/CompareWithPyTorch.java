package dev.superpose.bench;

import dev.superpose.result.Provenance;
import dev.superpose.result.Table;
import dev.superpose.result.Table.Column;
import dev.superpose.toy.ToyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Times whole trainings of ours beside the plain dense PyTorch script, in turn, after checking that both reach the
/// same loss.
///
/// Ours: as many trainings side by side in one JVM as there are threads, each on one thread over a whole growth run;
/// steps per second are all their steps over the time until the last is done. PyTorch: one training on as many
/// threads; it draws and multiplies the same dense arrays at every step, so a few hundred steps tell its speed (the
/// two halves of each run are shown). Both share the machine with nothing else, and take turns: A B A B.
@Command(
        name = "bench/run.sh compare",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Whole trainings beside a plain dense PyTorch script, in turn, after a check of the losses.")
public final class CompareWithPyTorch implements Callable<Integer> {
    private static final List<Column> COLUMNS = List.of(
            Column.real("alpha", ""),
            Column.whole("m", ""),
            Column.whole("round", ""),
            Column.real("ours", "steps/s"),
            Column.real("PyTorch", "steps/s"),
            Column.real("first half", "steps/s"),
            Column.real("second half", "steps/s"),
            Column.real("ratio", ""),
            Column.real("ms per step", "one thread"),
            Column.real("loss", "at the end"));

    @Parameters(index = "0", hidden = true, description = "the path of dense_toy.py")
    Path script = Path.of("");

    @Parameters(index = "1", paramLabel = "PYTHON", description = "a Python interpreter that has torch")
    Path python = Path.of("");

    @Option(names = "--widths", split = ",", defaultValue = "10,15,25,39,63,100")
    List<Integer> widths = List.of();

    @Option(names = "--alphas", split = ",", defaultValue = "1,2")
    List<Double> alphas = List.of();

    @Option(names = "--steps", description = "steps of each of our trainings: a whole growth run")
    int steps = 20_000;

    @Option(names = "--dense-steps", description = "steps of each PyTorch run, and of our runs for the check")
    int denseSteps = 300;

    @Option(
            names = "--tolerance",
            description = "how far the losses may be apart, relative: from the same initial weights, on other samples")
    double tolerance = 0.03;

    @Option(names = "--rounds", description = "how often each setting is timed, in turn")
    int rounds = 2;

    @Option(names = "--threads", description = "our trainings side by side, and PyTorch's threads")
    int threads = 2;

    @Option(names = "--csv", description = "the table as CSV too")
    @Nullable
    Path csv;

    private final List<List<Table.Cell>> rows = new ArrayList<>();

    private CompareWithPyTorch() {}

    /// Exits with 1 if the losses disagree anywhere: then the times mean nothing.
    public static void main(String[] args) {
        System.exit(new CommandLine(new CompareWithPyTorch()).execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException, ExecutionException {
        if (steps < 10 || denseSteps < 60 || rounds < 1 || threads < 1) {
            throw new IllegalArgumentException("at least 10 steps, 60 dense steps, 1 round, 1 thread");
        }
        Provenance here = Provenance.here();
        System.out.printf("%s, %d cores, %s, JDK %s%n", here.cpu(), here.cores(), here.blas(), here.jdk());
        boolean agree = true;
        try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
            for (double alpha : alphas) {
                for (int width : widths) {
                    agree &= compare(new Setting(alpha, width), workers);
                }
            }
        }
        var table = new Table(COLUMNS, rows);
        System.out.printf(
                "%n%s%nours: %d trainings side by side, %,d steps each; PyTorch: %d threads, %d steps%n",
                table.toText(), threads, steps, threads, denseSteps);
        summarise(table);
        if (csv != null) {
            Files.writeString(csv, table.toCsv());
        }
        return agree ? 0 : 1;
    }

    /// One setting, ours and PyTorch's in turn. Where the losses disagree nothing of ours is timed.
    private boolean compare(Setting setting, ExecutorService workers)
            throws IOException, InterruptedException, ExecutionException {
        var dense = new PyTorchScript(python, script, threads);
        for (int round = 1; round <= rounds; round++) {
            PyTorchScript.Run theirs = dense.train(setting, denseSteps, round);
            double ours = setting.test(setting.train(denseSteps, round), round);
            double apart = ours / theirs.testLoss() - 1;
            boolean agree = Math.abs(apart) <= tolerance;
            System.out.printf(
                    "%s: loss after %d steps from the same weights: ours %.5g, PyTorch's %.5g, apart %.2f %%: %s%n",
                    setting, denseSteps, ours, theirs.testLoss(), 100 * apart, agree ? "agreed" : "NOT AGREED");
            if (!agree) {
                return false;
            }
            time(setting, round, theirs, workers);
        }
        return true;
    }

    private void time(Setting setting, int round, PyTorchScript.Run theirs, ExecutorService workers)
            throws InterruptedException, ExecutionException {
        long firstSeed = 1000L * round;
        long began = System.nanoTime();
        List<ToyModel> models = all(workers, threads, i -> setting.train(steps, firstSeed + i));
        double seconds = (System.nanoTime() - began) * 1e-9;
        double rate = threads * (double) steps / seconds;
        rows.add(Table.row(
                setting.alpha(),
                setting.width(),
                round,
                rate,
                theirs.stepsPerSecond(),
                theirs.firstHalf(),
                theirs.secondHalf(),
                rate / theirs.stepsPerSecond(),
                1000 * threads / rate,
                setting.test(models.getFirst(), firstSeed)));
        System.out.printf(
                "%s: %s%n",
                setting, rows.getLast().stream().map(Table.Cell::brief).toList());
    }

    /// The means over settings and rounds, by alpha: the figures that the goals are about.
    private void summarise(Table table) {
        double[] ratios = table.numbers("ratio");
        double[] ofAlpha = table.numbers("alpha");
        for (double alpha : alphas) {
            double least = Double.POSITIVE_INFINITY;
            double logs = 0;
            int count = 0;
            for (int i = 0; i < ratios.length; i++) {
                if (ofAlpha[i] == alpha) {
                    least = Math.min(least, ratios[i]);
                    logs += Math.log(ratios[i]);
                    count++;
                }
            }
            System.out.printf(
                    "alpha %s: ratio at least %.1f, geometric mean %.1f%n", alpha, least, Math.exp(logs / count));
        }
    }

    /// `job` for 0 .. `count` - 1 on the workers; their results in that order.
    private static <T> List<T> all(ExecutorService workers, int count, IntFunction<T> job)
            throws InterruptedException, ExecutionException {
        var running = new ArrayList<Future<T>>();
        for (int i = 0; i < count; i++) {
            int index = i;
            running.add(workers.submit(() -> job.apply(index)));
        }
        var results = new ArrayList<T>();
        for (Future<T> one : running) {
            results.add(one.get());
        }
        return results;
    }
}
