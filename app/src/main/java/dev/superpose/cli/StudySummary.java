package dev.superpose.cli;

import dev.superpose.report.ModelMatrix;
import dev.superpose.result.Json;
import dev.superpose.result.Provenance;
import dev.superpose.scaling.Fit;
import dev.superpose.scaling.Form;
import dev.superpose.study.Conclusions;
import dev.superpose.study.Grid;
import dev.superpose.study.Job;
import dev.superpose.study.Recipe;
import dev.superpose.study.RunListener.FailedJob;
import dev.superpose.study.Scale;
import dev.superpose.study.Series;
import dev.superpose.study.Study;
import dev.superpose.study.StudyResults;
import dev.superpose.toy.FeatureFrequencies;
import dev.superpose.toy.ToyTask;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `summary.json`: what a study asked, how far it got, what it says, and where that came
/// from. The keys are a contract.
record StudySummary(
        Asked study,
        Trainings trainings,
        List<Curve> series,
        List<String> conclusions,
        List<Sample> samples,
        Provenance provenance) {

    static StudySummary of(StudyResults results, List<FailedJob> failures, SampleModels samples) {
        var study = results.study();
        List<Series> series = results.series();
        return new StudySummary(
                Asked.of(study),
                new Trainings(
                        results.results().size() + results.missing().size(),
                        results.results().size(),
                        results.results().stream()
                                .mapToDouble(result -> result.seconds())
                                .sum(),
                        failures.stream().map(Failure::of).toList(),
                        results.missing().stream().map(Job::id).toList()),
                series.stream().map(Curve::of).toList(),
                series.stream()
                        .flatMap(one ->
                                Conclusions.of(one).sentences().stream().map(sentence -> one.label() + ": " + sentence))
                        .toList(),
                samples.matrices().stream().map(Sample::of).toList(),
                samples.provenance());
    }

    String toJson() {
        return Json.write(this);
    }

    /// The study: a union of grids.
    ///
    /// @param scale null if the file was run as it stands
    record Asked(String name, @Nullable Scale scale, String description, List<AskedGrid> grids) {
        static Asked of(Study study) {
            return new Asked(
                    study.name(),
                    study.scale().orElse(null),
                    study.description(),
                    study.grids().stream().map(AskedGrid::of).toList());
        }
    }

    /// One grid: its axes, and how its models are trained.
    ///
    /// @param widths those of all `features` together
    /// @param trainings how many it has
    record AskedGrid(
            String name,
            List<Integer> features,
            List<Integer> widths,
            List<String> frequencies,
            List<Double> density,
            List<Double> decay,
            List<String> tasks,
            List<Long> seeds,
            Recipe recipe,
            long trainings) {
        static AskedGrid of(Grid grid) {
            return new AskedGrid(
                    grid.name(),
                    grid.features(),
                    grid.allWidths(),
                    grid.frequencies().stream().map(FeatureFrequencies::label).toList(),
                    grid.densities(),
                    grid.decays(),
                    grid.tasks().stream()
                            .map(task -> task.equals(ToyTask.PLAIN) ? "plain" : task.label())
                            .toList(),
                    grid.seeds(),
                    grid.recipe(),
                    grid.count());
        }
    }

    /// @param trainingSeconds of all finished trainings together
    /// @param missing their ids
    record Trainings(int total, int finished, double trainingSeconds, List<Failure> failed, List<String> missing) {}

    record Failure(String id, String condition, int width, long seed, int step, String reason) {
        static Failure of(FailedJob failed) {
            var config = failed.job().config();
            return new Failure(
                    failed.job().id(),
                    Study.Condition.of(config).label(),
                    config.width(),
                    config.seed(),
                    failed.step(),
                    failed.reason());
        }
    }

    /// One condition: its points and the laws through them.
    record Curve(
            String condition,
            int features,
            String frequencies,
            @Nullable Double alpha,
            double density,
            double decay,
            String regime,
            List<Series.WidthPoint> points,
            @Nullable Law lossLaw,
            @Nullable Law lossLawWithFloor,
            @Nullable Law overlapLawStrong,
            @Nullable Law overlapLawAll,
            @Nullable Law idealWeakLaw) {
        static Curve of(Series series) {
            var condition = series.condition();
            return new Curve(
                    series.label(),
                    condition.features(),
                    condition.frequencies().label(),
                    condition.frequencies() instanceof FeatureFrequencies.Power(double alpha) ? alpha : null,
                    condition.density(),
                    condition.decay(),
                    series.regime().name().toLowerCase(Locale.ROOT),
                    series.points(),
                    Law.of(series.lossLaw()),
                    Law.of(series.lossLawWithFloor()),
                    Law.of(series.overlapLaw(true)),
                    Law.of(series.overlapLaw(false)),
                    Law.of(series.idealWeakLaw()));
        }
    }

    /// One parameter's value and standard error, null where there is none.
    record Estimate(String name, double value, double standardError) {}

    /// A law over width, or why there is none: then only form, reason and remedy are not null.
    record Law(
            String form,
            @Nullable String formula,
            @Nullable Double exponent,
            @Nullable Double exponentStandardError,
            @Nullable Double rSquared,
            @Nullable List<Estimate> parameters,
            @Nullable List<String> warnings,
            @Nullable String reason,
            @Nullable String remedy) {
        static @Nullable Law of(Optional<Fit> fit) {
            return switch (fit.orElse(null)) {
                case null -> null;
                case Fit.Fitted law ->
                    new Law(
                            law.form().word(),
                            law.law().formula(),
                            law.law().parameter("exponent"),
                            law.standardErrors().get("exponent"),
                            law.rSquared(),
                            estimates(law),
                            law.warnings(),
                            null,
                            null);
                case Fit.NotIdentified none -> none(none.form(), none.reason(), none.remedy());
                case Fit.NotConverged none -> none(none.form(), none.reason(), none.remedy());
            };
        }

        private static List<Estimate> estimates(Fit.Fitted fit) {
            var errors = fit.standardErrors();
            return fit.law().parameters().entrySet().stream()
                    .map(parameter -> new Estimate(
                            parameter.getKey(),
                            parameter.getValue(),
                            errors.getOrDefault(parameter.getKey(), Double.NaN)))
                    .toList();
        }

        private static Law none(Form form, String reason, String remedy) {
            return new Law(form.word(), null, null, null, null, null, null, reason, remedy);
        }
    }

    /// A matrix of a real model, in the words of `inspect --json`, which tells more of it.
    record Sample(
            String family,
            String model,
            String tensor,
            long rows,
            int width,
            double meanSquare,
            double meanSquareTimesWidth,
            double centeredMeanSquare,
            double welchMeanSquare,
            double randomMeanSquare) {
        static Sample of(ModelMatrix matrix) {
            var geometry = matrix.geometry();
            return new Sample(
                    matrix.family(),
                    matrix.model(),
                    matrix.tensor(),
                    geometry.used(),
                    geometry.width(),
                    geometry.overlap().meanSquare(),
                    geometry.overlap().meanSquareTimesWidth(),
                    geometry.centered().meanSquare(),
                    geometry.overlap().welchMeanSquare(),
                    geometry.overlap().randomMeanSquare());
        }
    }
}
