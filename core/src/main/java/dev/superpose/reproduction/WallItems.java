package dev.superpose.reproduction;

import static java.util.Objects.requireNonNull;

import dev.superpose.stat.LineFit;
import dev.superpose.study.JobResult;
import dev.superpose.study.Study.Condition;
import dev.superpose.theory.WeakRegime;
import dev.superpose.toy.ToyTask;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Optional;

/// Widths up to the number of features and beyond. The paper has no such trainings; it says that
/// the law must end when there are as many dimensions as features.
final class WallItems {
    /// The law is read off at widths up to this share of the features.
    private static final double NARROW = 0.13;

    private static final int ENOUGH = 3;

    /// A loss this many times below or above the law is off it.
    private static final double OFF = 2;

    private WallItems() {}

    /// A curve that has narrow widths to read the law off and a width of as many
    /// dimensions as features.
    ///
    /// @param losses mean test losses by width
    private record Wall(Condition condition, NavigableMap<Integer, Double> losses) {
        private LineFit law() {
            var narrow = losses.headMap((int) (NARROW * condition.features()), true);
            return LineFit.of(
                    narrow.keySet().stream().mapToDouble(Math::log).toArray(),
                    narrow.values().stream().mapToDouble(Math::log).toArray());
        }

        private double at(int width) {
            return requireNonNull(losses.get(width), "no width equal to the number of features");
        }

        /// The loss at m = n over what the law says there.
        private double overLaw() {
            int n = condition.features();
            return at(n) / Math.exp(law().at(Math.log(n)));
        }

        /// The loss at m = n over that of a model that knows the means only.
        private double left() {
            int n = condition.features();
            return at(n) / WeakRegime.trivialLoss(condition.frequencies().probabilities(n, condition.density()));
        }
    }

    static List<Item> of(Evidence evidence) {
        var items = new ItemList(PaperFigure.WALL);
        var byDecay = new LinkedHashMap<Double, List<Wall>>();
        for (var wall : walls(evidence)) {
            byDecay.computeIfAbsent(wall.condition().decay(), _ -> new ArrayList<>())
                    .add(wall);
        }
        if (byDecay.isEmpty()) {
            items.untested("the power law of width ends when m reaches n", 1, rule());
        }
        byDecay.forEach((decay, walls) -> ends(items, decay, walls));
        return items.items();
    }

    private static String rule() {
        return "loss at m = n off the law of m up to n/8 by a factor of %.0f or more, in most curves".formatted(OFF);
    }

    private static void ends(ItemList items, double decay, List<Wall> walls) {
        long off = walls.stream()
                .filter(wall -> wall.overLaw() <= 1 / OFF || wall.overLaw() >= OFF)
                .count();
        double[] over = walls.stream().mapToDouble(Wall::overLaw).sorted().toArray();
        items.claim(
                "the power law of width ends when m reaches n, gamma " + Sentences.number(decay),
                Optional.of(Measured.computed(over[over.length / 2], Double.NaN)),
                1,
                rule(),
                2 * off > walls.size() ? Verdict.REPRODUCED : Verdict.DIFFERS,
                String.format(
                        Locale.ROOT,
                        "At m = n the loss is %s times what the law of narrow widths says there, in %d of %d curves off it by a factor of %.0f or more; %s of the loss of a model that knows the means only is left.",
                        Sentences.range(walls.stream().mapToDouble(Wall::overLaw)),
                        off,
                        walls.size(),
                        OFF,
                        Sentences.range(walls.stream().mapToDouble(Wall::left))));
    }

    private static List<Wall> walls(Evidence evidence) {
        var byCondition = new LinkedHashMap<Condition, List<JobResult>>();
        for (var result : evidence.results()) {
            if (result.config().task().equals(ToyTask.PLAIN)) {
                byCondition
                        .computeIfAbsent(Condition.of(result.config()), _ -> new ArrayList<>())
                        .add(result);
            }
        }
        var walls = new ArrayList<Wall>();
        byCondition.forEach((condition, results) -> {
            var curve = new WidthCurve(Training.of(results.getFirst().config()), results);
            var losses = curve.means(reading -> reading.loss().test());
            int n = condition.features();
            boolean all = losses.values().stream().allMatch(loss -> loss > 0);
            if (all
                    && losses.containsKey(n)
                    && losses.headMap((int) (NARROW * n) + 1).size() >= ENOUGH) {
                walls.add(new Wall(condition, losses));
            }
        });
        return walls;
    }
}
