package dev.superpose.forecast;

import dev.superpose.forecast.BackTest.Prediction;
import dev.superpose.result.Table;
import dev.superpose.runs.Runs;
import dev.superpose.scaling.Fitter;
import dev.superpose.scaling.Form;
import dev.superpose.stat.Moments;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Which of several laws forecast best: by the errors of back-tests on the same predictions, never
/// by R², which rewards a law for what it has seen.
///
/// @param rows one per law that could be compared, best first
/// @param refused the laws that could not, and why, as sentences
/// @param chosen the simplest law whose error is within one standard error of the best; null if
/// there is no common prediction
/// @param reason why, as a sentence
public record BackTestedChoice(
        List<Row> rows, List<String> refused, @Nullable Form chosen, String reason) {
    /// A law that refused more than this share of what another predicts is not compared: it would
    /// decide on which predictions the others are judged.
    private static final double MOST_REFUSED = 0.5;

    public BackTestedChoice {
        rows = List.copyOf(rows);
        refused = List.copyOf(refused);
    }

    /// How one law did. All errors are of ln loss.
    ///
    /// @param backTest all of its predictions, also those that others refused
    /// @param parameters how many it fits
    /// @param predictions how many were compared: the same for all laws
    /// @param meanMagnitude the mean over origins of the mean |error| at each: what is compared
    /// @param excess by how much that is above the best law's
    /// @param excessError the standard error of the excess, by its scatter over origins; NaN for
    /// fewer than two
    /// @param rootMeanSquare of the errors
    /// @param medianMagnitude of the errors
    /// @param bias their mean: above 0 where the law promises too much
    /// @param coverage share of them within what the fits claimed for one new run, at 95 %
    public record Row(
            BackTest backTest,
            int parameters,
            int predictions,
            double meanMagnitude,
            double excess,
            double excessError,
            double rootMeanSquare,
            double medianMagnitude,
            double bias,
            double coverage) {
        /// The law.
        public Form form() {
            return backTest.form();
        }

        /// Whether this law is as good as the best to within one standard error.
        public boolean ties() {
            return excess <= (Double.isNaN(excessError) ? 0 : excessError);
        }
    }

    /// Back-tests `forms` on `runs` at common origins and chooses.
    ///
    /// @param forms at least one
    /// @param fitter whose objective and seed are used
    /// @throws IllegalArgumentException if the runs lack a size that one of them needs
    public static BackTestedChoice of(List<? extends Form> forms, Fitter fitter, Runs runs) {
        var effort = Effort.of(forms);
        int fewest = forms.stream()
                .mapToInt(form -> BackTest.fewest(form, runs))
                .min()
                .orElseThrow();
        var splits = Split.rolling(runs, effort, fewest, Split.USUAL_ORIGINS);
        return between(
                forms.stream()
                        .map(form -> BackTest.of(form, fitter, runs, effort, splits))
                        .toList(),
                runs.groups());
    }

    /// Chooses between laws that were back-tested at the same origins.
    ///
    /// @param groups of the runs, for the number of parameters
    public static BackTestedChoice between(List<BackTest> backTests, List<String> groups) {
        int most = backTests.stream()
                .mapToInt(backTest -> backTest.predictions().size())
                .max()
                .orElse(0);
        var compared = new ArrayList<BackTest>();
        var refused = new ArrayList<String>();
        for (var backTest : backTests) {
            int made = backTest.predictions().size();
            if (made > 0 && made >= (1 - MOST_REFUSED) * most) {
                compared.add(backTest);
            } else {
                refused.add("%s made %d of %d predictions: %s"
                        .formatted(
                                backTest.form().word(),
                                made,
                                most,
                                backTest.origins().stream()
                                        .flatMap(origin -> origin.refusal().stream())
                                        .reduce((_, last) -> last)
                                        .orElse("there are too few runs or levels of effort")));
            }
        }
        if (compared.isEmpty()) {
            return new BackTestedChoice(List.of(), refused, null, "no law could be fitted below any origin");
        }
        var rows = rows(compared, groups);
        if (rows.getFirst().predictions == 0) {
            return new BackTestedChoice(rows, refused, null, "the laws made no prediction in common");
        }
        var chosen = rows.stream()
                .filter(Row::ties)
                .min(Comparator.comparingInt(Row::parameters).thenComparingDouble(Row::meanMagnitude))
                .orElseThrow();
        return new BackTestedChoice(rows, refused, chosen.form(), reason(rows, chosen));
    }

    private static String reason(List<Row> rows, Row chosen) {
        var best = rows.getFirst();
        String size = Table.brief(100 * best.meanMagnitude);
        if (rows.size() == 1) {
            return "%s is the only law that could be back-tested; it misses by %s %% on average"
                    .formatted(chosen.form().word(), size);
        }
        return chosen.equals(best)
                ? "%s forecasts best: it misses by %s %% on average over %d predictions"
                        .formatted(best.form().word(), size, best.predictions)
                : "%s has the least error (%s %%), but %s with %d parameters instead of %d is within one standard error of it (%s %%)"
                        .formatted(
                                best.form().word(),
                                size,
                                chosen.form().word(),
                                chosen.parameters,
                                best.parameters,
                                Table.brief(100 * chosen.meanMagnitude));
    }

    /// A prediction's place, the same for all laws.
    private record Place(int origin, int run) {
        static Place of(Prediction prediction) {
            return new Place(prediction.origin(), prediction.run());
        }
    }

    /// A law on the predictions that all laws made.
    ///
    /// @param byOrigin the mean |error| at each origin
    private record Contender(BackTest all, BackTest shared, Map<Integer, Double> byOrigin) {
        static Contender of(BackTest all, Set<Place> common) {
            var shared = all.restrictedTo(prediction -> common.contains(Place.of(prediction)));
            var byOrigin = shared.predictions().stream()
                    .collect(Collectors.groupingBy(
                            Prediction::origin,
                            TreeMap::new,
                            Collectors.averagingDouble(prediction -> Math.abs(prediction.error()))));
            return new Contender(all, shared, byOrigin);
        }

        double meanMagnitude() {
            return byOrigin.values().stream()
                    .mapToDouble(Double::doubleValue)
                    .average()
                    .orElse(Double.NaN);
        }

        Row row(Contender best, List<String> groups) {
            var excess = new Moments();
            byOrigin.forEach((origin, error) -> excess.add(error - best.byOrigin.getOrDefault(origin, error)));
            int parameters = (int) all.form().parameters(groups).stream()
                    .filter(parameter -> !parameter.held())
                    .count();
            return new Row(
                    all,
                    parameters,
                    shared.predictions().size(),
                    meanMagnitude(),
                    excess.mean(),
                    excess.standardError(),
                    shared.rootMeanSquare(),
                    shared.medianMagnitude(),
                    shared.meanError(),
                    shared.coverageOfClaim());
        }
    }

    private static List<Row> rows(List<BackTest> backTests, List<String> groups) {
        var common = new HashSet<Place>();
        backTests.getFirst().predictions().forEach(prediction -> common.add(Place.of(prediction)));
        for (var backTest : backTests) {
            common.retainAll(backTest.predictions().stream().map(Place::of).collect(Collectors.toSet()));
        }
        var contenders = backTests.stream()
                .map(backTest -> Contender.of(backTest, common))
                .sorted(Comparator.comparingDouble(Contender::meanMagnitude))
                .toList();
        return contenders.stream()
                .map(contender -> contender.row(contenders.getFirst(), groups))
                .toList();
    }
}
