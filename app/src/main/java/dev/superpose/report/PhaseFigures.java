package dev.superpose.report;

import dev.superpose.report.Layer.Cell;
import dev.superpose.report.Legend.Corner;
import dev.superpose.report.Legend.Entry;
import dev.superpose.report.Legend.Sample;
import dev.superpose.result.Table;
import dev.superpose.result.Table.Column;
import dev.superpose.study.Restarts;
import dev.superpose.theory.SuperpositionPhase;
import dev.superpose.toy.Correlation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.DoubleStream;

/// Phase diagrams of models with one dimension fewer than features, beside their closed forms.
final class PhaseFigures {
    private static final double AS_GOOD = 1.01;
    private static final int MOST_FEATURES = 3;
    private static final int SQUARE = 40;
    private static final int LEAST_SQUARE = 26;

    private PhaseFigures() {}

    /// The point of a diagram.
    ///
    /// @param density p, how often each feature is active
    /// @param importance r, of the last feature
    /// @param restarts what was trained there
    private record Place(int features, double density, double importance, Restarts restarts) {
        static Optional<Place> of(Restarts restarts) {
            var config = restarts.config();
            double[] p = config.probabilities();
            double[] importance = config.task().importance().weights(config.features());
            int n = config.features();
            boolean equallyFrequent = DoubleStream.of(p).allMatch(each -> Math.abs(each - p[0]) < 1e-12);
            boolean others = DoubleStream.of(importance).limit(n - 1L).allMatch(each -> each == 1);
            return n <= MOST_FEATURES
                            && n >= 2
                            && config.width() == n - 1
                            && equallyFrequent
                            && others
                            && config.task().correlation().equals(Correlation.INDEPENDENT)
                    ? Optional.of(new Place(n, p[0], importance[n - 1], restarts))
                    : Optional.empty();
        }

        SuperpositionPhase predicted() {
            return SuperpositionPhase.best(features, density, importance);
        }

        double ratio() {
            return restarts.leastLoss() / predicted().loss(density, importance);
        }

        boolean agrees() {
            double least = predicted().loss(density, importance);
            // Where importances are equal, phases tie.
            return restarts.phase()
                    .filter(phase -> phase.loss(density, importance) <= least * (1 + 1e-9))
                    .isPresent();
        }
    }

    /// Trained and predicted phases over density and relative importance. Empty with
    /// fewer than four places.
    static Optional<Figure> of(List<Restarts> restarts, String command) {
        var diagrams = new LinkedHashMap<Integer, List<Place>>();
        restarts.stream()
                .flatMap(group -> Place.of(group).stream())
                .forEach(place -> diagrams.computeIfAbsent(place.features(), _ -> new ArrayList<>())
                        .add(place));
        diagrams.values().removeIf(places -> places.size() < 4);
        if (diagrams.isEmpty()) {
            return Optional.empty();
        }
        var rows = new ArrayList<List<Plot>>();
        var table = new ArrayList<List<Table.Cell>>();
        diagrams.forEach((n, places) -> {
            rows.add(List.of(
                    map("n = %d, m = %d: best of the restarts".formatted(n, n - 1), places, true),
                    map("closed forms", places, false)));
            places.forEach(place -> table.add(row(place)));
        });
        return Optional.of(new Figure(
                "phases",
                "When one feature too many is put into superposition",
                "What becomes of one feature more than there are dimensions, by how often features are active and by the importance r of the last one, the others having 1. Numbers: exact loss of the best restart over the least closed form, which takes rows of length 1 and no bias for antipodal pairs. "
                        + agreement(diagrams),
                Plot.rows(rows),
                new Table(COLUMNS, table),
                command));
    }

    private static String agreement(Map<Integer, List<Place>> diagrams) {
        var sentences = new StringBuilder();
        diagrams.forEach((n, places) ->
                sentences.append("n = %d: the trained phase has the least closed form at %d of %d points. "
                        .formatted(n, places.stream().filter(Place::agrees).count(), places.size())));
        return sentences.toString().strip();
    }

    private static Plot map(String title, List<Place> places, boolean trained) {
        var densities =
                List.copyOf(new TreeSet<>(places.stream().map(Place::density).toList()));
        var importances =
                List.copyOf(new TreeSet<>(places.stream().map(Place::importance).toList()));
        var cells = new ArrayList<Cell>();
        for (var place : places) {
            var phase = trained ? place.restarts().phase() : Optional.of(place.predicted());
            cells.add(new Cell(
                    densities.indexOf(place.density()),
                    importances.indexOf(place.importance()),
                    colour(phase),
                    trained ? ratio(place) : "",
                    "1 − S = %s, r = %s: %s"
                            .formatted(Words.number(place.density()), Words.number(place.importance()), words(phase))));
        }
        int square = Math.clamp(SQUARE * 7 / densities.size(), LEAST_SQUARE, SQUARE);
        return new Plot(
                title,
                Axis.kinds(
                        "active, 1 − S", densities.stream().map(Words::number).toList()),
                Axis.kinds(
                        "importance r", importances.stream().map(Words::number).toList()),
                List.of(new Layer.Cells(cells)),
                trained ? Legend.none() : key(places),
                square * densities.size(),
                28 * importances.size());
    }

    private static String ratio(Place place) {
        return String.format(Locale.ROOT, "%.2f", place.ratio());
    }

    private static Legend key(List<Place> places) {
        var entries = new ArrayList<Entry>();
        for (var phase : SuperpositionPhase.values()) {
            if (phase.possible(places.getFirst().features())) {
                entries.add(new Entry(phase.label(), Style.of(ink(phase)), Sample.BAR));
            }
        }
        if (places.stream().anyMatch(place -> place.restarts().phase().isEmpty())) {
            entries.add(new Entry("none of these", Style.of(Ink.GREY), Sample.BAR));
        }
        return new Legend(Corner.OUTSIDE, entries);
    }

    private static Ink ink(SuperpositionPhase phase) {
        return switch (phase) {
            case IGNORE_FIRST -> Ink.ORANGE;
            case IGNORE_LAST -> Ink.SKY;
            case ANTIPODAL_FIRST -> Ink.GREEN;
            case ANTIPODAL_LAST -> Ink.PURPLE;
        };
    }

    private static int colour(Optional<SuperpositionPhase> phase) {
        return Integer.parseInt(
                phase.map(PhaseFigures::ink).orElse(Ink.GREY).light().substring(1), 16);
    }

    private static String words(Optional<SuperpositionPhase> phase) {
        return phase.map(SuperpositionPhase::label).orElse("none of the phases");
    }

    private static final List<Column> COLUMNS = List.of(
            Column.whole("features", ""),
            Column.real("active", "1 − S"),
            Column.real("importance_of_last", ""),
            Column.text("trained_phase"),
            Column.text("phase_of_least_closed_form"),
            Column.real("least_loss", "sum over features"),
            Column.real("closed_form", "sum over features"),
            Column.real("ratio", ""),
            Column.whole("restarts", ""),
            Column.whole("within_1_percent", ""));

    private static List<Table.Cell> row(Place place) {
        var restarts = place.restarts();
        return Table.row(
                place.features(),
                place.density(),
                place.importance(),
                words(restarts.phase()),
                place.predicted().label(),
                restarts.leastLoss(),
                place.predicted().loss(place.density(), place.importance()),
                place.ratio(),
                restarts.trained().size(),
                restarts.within(AS_GOOD));
    }
}
