package dev.superpose.reproduction;

import dev.superpose.published.PublishedToy;
import dev.superpose.published.ToyValue;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;

/// The overlaps of figure 5: of rows with norm above 1, how large their squares are in the mean
/// and how much they vary.
final class StrongOverlapItems {
    private static final Rule OVERLAP = new Rule.WithinShare(0.05);
    private static final Rule VARIANCE = new Rule.Within(0.1);

    /// Published variance ratios below this are those that look like perfect frames.
    private static final double ZERO = 0.02;

    private StrongOverlapItems() {}

    static void add(ItemList items, Evidence evidence) {
        for (var point : PublishedToy.strongOverlaps()) {
            var ours = evidence.at(point.setting())
                    .flatMap(sample ->
                            sample.measured(reading -> reading.overlap().meanSquareStrong()));
            items.point("mean squared overlap of strong rows", point, ours, OVERLAP);
        }
        variances(items, evidence);
        normalisation(items, evidence);
    }

    private static void variances(ItemList items, Evidence evidence) {
        String quantity = "variance of squared overlaps over 2/m²";
        var ofZeros = new ArrayList<Double>();
        int zeros = 0;
        for (ToyValue point : PublishedToy.varianceRatios()) {
            double toLimit = exactOverLimit(point.setting().width());
            var ours = evidence.at(point.setting())
                    .flatMap(sample ->
                            sample.measured(reading -> reading.overlap().varianceRatioStrong() * toLimit));
            if (point.value() >= ZERO) {
                items.point(quantity, point, ours, VARIANCE);
                continue;
            }
            zeros++;
            ours.filter(measured -> measured.training().asPublished())
                    .ifPresent(measured -> ofZeros.add(measured.value()));
            items.artefact(
                    quantity,
                    point,
                    ours,
                    VARIANCE,
                    "The published zero would be a perfect frame; an independent training at this setting found none."
                            .concat(ours.map(o -> String.format(Locale.ROOT, " Ours is %.3f.", o.value()))
                                    .orElse("")));
        }
        String statement = "squared overlaps have no variance at flat frequencies and m = 63, 100";
        String rule = "every ratio below %s".formatted(ZERO);
        if (ofZeros.isEmpty()) {
            items.untested(statement, 0, rule);
            return;
        }
        double least = ofZeros.stream().mapToDouble(x -> x).min().orElseThrow();
        double most = ofZeros.stream().mapToDouble(x -> x).max().orElseThrow();
        items.claim(
                statement,
                Optional.of(Measured.computed(least, Double.NaN)),
                0,
                rule,
                most < ZERO ? Verdict.REPRODUCED : Verdict.DIFFERS,
                "Of %d published zeros we ran %d: the ratio is %s there, as at other settings: no perfect frame was found."
                        .formatted(
                                zeros,
                                ofZeros.size(),
                                Sentences.range(ofZeros.stream().mapToDouble(x -> x))));
    }

    /// The variance of a squared overlap of random directions, 2 (m - 1) / (m² (m + 2)), over its
    /// limit for large m, 2/m².
    private static double exactOverLimit(int width) {
        return (width - 1.0) / (width + 2.0);
    }

    /// Which variance of random directions the published ratios are to. At m = 10 the two differ
    /// by a third.
    private static void normalisation(ItemList items, Evidence evidence) {
        String statement = "variances are shown over those of random directions";
        String rule = "ours nearer to the published ratios over 2(m-1)/(m²(m+2)) than over its limit, 2/m²";
        double toExact = 0;
        double toLimit = 0;
        int points = 0;
        for (ToyValue point : PublishedToy.varianceRatios()) {
            var ours = point.value() < ZERO
                    ? Optional.<Measured>empty()
                    : PackingItems.published(
                            evidence,
                            point.setting(),
                            reading -> reading.overlap().varianceRatioStrong());
            if (ours.isPresent()) {
                points++;
                double exact = ours.get().value();
                toExact += square(exact - point.value());
                toLimit += square(exact * exactOverLimit(point.setting().width()) - point.value());
            }
        }
        if (points == 0) {
            items.untested(statement, 1, rule);
            return;
        }
        double distance = Math.sqrt(toExact / points);
        double distanceToLimit = Math.sqrt(toLimit / points);
        boolean exact = distance <= distanceToLimit;
        items.claim(
                statement,
                Optional.of(Measured.computed(distance, Double.NaN)),
                distanceToLimit,
                rule,
                exact ? Verdict.REPRODUCED : Verdict.DIFFERS,
                String.format(
                        Locale.ROOT,
                        "Over the exact variance ours are %.3f off at %d points, over its limit for large m %.3f%s.",
                        distance,
                        points,
                        distanceToLimit,
                        exact
                                ? ""
                                : ": the figure seems to divide by 2/m², which makes narrow models look more regular than random"));
    }

    private static double square(double x) {
        return x * x;
    }
}
