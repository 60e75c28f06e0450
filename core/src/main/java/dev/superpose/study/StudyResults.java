package dev.superpose.study;

import dev.superpose.result.Table;
import dev.superpose.result.Table.Column;
import dev.superpose.toy.FeatureFrequencies;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// What a study has come to so far: a query over the records in its folder, in the order of its
/// jobs, so that it does not depend on who computed them, when, or in which order.
///
/// @param study what was asked
/// @param results what is finished, in the order of the study's jobs
/// @param missing what is not
public record StudyResults(Study study, List<JobResult> results, List<Job> missing) {

    public StudyResults {
        results = List.copyOf(results);
        missing = List.copyOf(missing);
    }

    /// Reads the records of the study's jobs.
    ///
    /// @param damaged is told of every damaged record in one line; it counts as missing
    public static StudyResults load(Study study, StudyFolder folder, Consumer<String> damaged) throws IOException {
        var results = new ArrayList<JobResult>();
        var missing = new ArrayList<Job>();
        for (Job job : study.jobs()) {
            folder.find(job, damaged).ifPresentOrElse(results::add, () -> missing.add(job));
        }
        return new StudyResults(study, results, missing);
    }

    /// The curves of loss against width, one per condition that has a result, in the study's order.
    public List<Series> series() {
        var byId = new HashMap<String, JobResult>();
        results.forEach(result -> byId.put(result.job().id(), result));
        var labels = study.labels();
        var series = new ArrayList<Series>();
        study.trainings().forEach((condition, jobs) -> {
            var finished = jobs.stream()
                    .flatMap(job -> Stream.ofNullable(byId.get(job.id())))
                    .toList();
            if (!finished.isEmpty()) {
                series.add(new Series(condition, labels.getOrDefault(condition, condition.label()), finished));
            }
        });
        return List.copyOf(series);
    }

    /// One row per finished training: `results.csv`. The same numbers for the same study, however
    /// it was run: no times.
    public Table table() {
        return new Table(COLUMNS, results.stream().map(StudyResults::row).toList());
    }

    /// How long each training took: `timings.csv`. Differs from run to run.
    public Table timings() {
        return new Table(
                List.of(
                        Column.text("id"),
                        Column.whole("width", ""),
                        Column.real("seconds", "s"),
                        Column.real("steps_per_second", "1/s"),
                        Column.text("cpu"),
                        Column.text("blas")),
                results.stream()
                        .map(result -> Table.row(
                                result.job().id(),
                                result.config().width(),
                                result.seconds(),
                                result.stepsPerSecond(),
                                result.provenance().cpu(),
                                result.provenance().blas()))
                        .toList());
    }

    private static final List<Column> COLUMNS = List.of(
            Column.text("id"),
            Column.text("frequencies"),
            Column.real("alpha", ""),
            Column.real("density", "active features"),
            Column.real("decay", ""),
            Column.whole("features", ""),
            Column.whole("width", ""),
            Column.whole("seed", ""),
            Column.whole("batch", ""),
            Column.whole("steps", ""),
            Column.whole("warmup", ""),
            Column.real("learning_rate", ""),
            Column.real("bias_learning_rate", ""),
            Column.text("schedule"),
            Column.real("final_rate", ""),
            Column.real("gradient_scale", ""),
            Column.text("importance"),
            Column.text("output"),
            Column.text("correlation"),
            Column.real("train_loss", "sum over features"),
            Column.real("test_loss", "sum over features"),
            Column.real("test_standard_deviation", "sum over features"),
            Column.real("test_standard_error", "sum over features"),
            Column.whole("test_batches", ""),
            Column.real("represented_fraction", ""),
            Column.real("strong_fraction", ""),
            Column.real("overlap_mean_square", ""),
            Column.real("overlap_mean_square_strong", ""),
            Column.real("overlap_variance_ratio_strong", ""),
            Column.real("overlap_max_abs", ""),
            Column.real("overlap_max_abs_strong", ""),
            Column.real("welch_mean_square", ""),
            Column.real("welch_mean_square_strong", ""),
            Column.real("random_mean_square", ""),
            Column.real("norm_mean", ""),
            Column.real("norm_std", ""),
            Column.real("norm_min", ""),
            Column.real("norm_max", ""),
            Column.real("norm_median", ""),
            Column.real("participation_ratio", ""),
            Column.real("effective_rank", ""),
            Column.real("stable_rank", ""),
            Column.real("bias_mean", ""),
            Column.real("positive_fraction", ""),
            Column.real("tail_loss_represented", "sum over features"),
            Column.real("tail_loss_width", "sum over features"),
            Column.real("trivial_loss", "sum over features"));

    private static List<Table.Cell> row(JobResult result) {
        var config = result.config();
        var optimiser = config.optimiser();
        var reading = result.reading();
        var loss = reading.loss();
        var overlap = reading.overlap();
        var norm = reading.norm();
        double[] p = config.probabilities();
        var importance = config.task().importance();
        return Table.row(
                result.job().id(),
                config.frequencies().label(),
                config.frequencies() instanceof FeatureFrequencies.Power(double alpha) ? alpha : null,
                config.density(),
                config.decay(),
                config.features(),
                config.width(),
                config.seed(),
                optimiser.batch(),
                optimiser.steps(),
                optimiser.warmup(),
                optimiser.learningRate(),
                optimiser.biasLearningRate(),
                optimiser.schedule().name().toLowerCase(Locale.ROOT),
                optimiser.finalRate(),
                optimiser.gradientScale(),
                config.task().importance().label(),
                config.task().output().name().toLowerCase(Locale.ROOT),
                config.task().correlation().label(),
                loss.train(),
                loss.test(),
                loss.testStandardDeviation(),
                loss.testStandardError(),
                loss.testBatches(),
                reading.representedFraction(),
                reading.strongFraction(),
                overlap.meanSquare(),
                overlap.meanSquareStrong(),
                overlap.varianceRatioStrong(),
                overlap.maxAbs(),
                overlap.maxAbsStrong(),
                overlap.welchMeanSquare(),
                overlap.welchMeanSquareStrong(),
                overlap.randomMeanSquare(),
                norm.mean(),
                norm.std(),
                norm.min(),
                norm.max(),
                norm.median(),
                reading.spectrum().participationRatio(),
                reading.spectrum().effectiveRank(),
                reading.spectrum().stableRank(),
                reading.biasMean(),
                reading.positiveFraction(),
                Series.tailLoss(p, importance, reading.represented(config.features())),
                Series.tailLoss(p, importance, Math.min(config.width(), config.features())),
                Series.tailLoss(p, importance, 0));
    }
}
