package dev.superpose.forecast;

import dev.superpose.result.Table;
import dev.superpose.runs.Quantity;
import dev.superpose.runs.Sizes;
import dev.superpose.scaling.ScalingLaw;
import dev.superpose.scaling.SumOfPowers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/// What more of each size still buys, by a law, where a run stands: the shares of its loss, the
/// gain of doubling each size alone, and the size at which that gain is no longer worth having.
///
/// @param at where the run stands
/// @param loss there
/// @param shares of each term of the law in it, by the name of its coefficient; empty where the law
/// is no sum
/// @param doublings one per size of the law
public record Wall(Sizes at, double loss, Map<String, Double> shares, List<Doubling> doublings) {
    private static final int HALVINGS = 100;
    private static final double FARTHEST = 1e30;

    public Wall {
        shares = Collections.unmodifiableMap(new LinkedHashMap<>(shares));
        doublings = List.copyOf(doublings);
    }

    /// What doubling one size alone buys.
    ///
    /// @param size which
    /// @param from its value
    /// @param nats by how much the loss falls, in its own unit
    /// @param percent the same in percent of the loss
    /// @param share of the loss that comes from the terms with this size; NaN where the law is no
    /// sum
    /// @param dollars what the doubled run costs more; empty if no price was given
    public record Doubling(
            Quantity size, double from, double nats, double percent, double share, OptionalDouble dollars) {
        /// Dollars per nat; empty without a price, infinite if the loss does not fall.
        public OptionalDouble dollarsPerNat() {
            return dollars.isEmpty()
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(nats > 0 ? dollars.getAsDouble() / nats : Double.POSITIVE_INFINITY);
        }
    }

    /// How a gain is counted.
    public enum Gain {
        /// In the unit of the loss.
        NATS("nats") {
            @Override
            double of(double before, double after) {
                return before - after;
            }
        },
        /// In percent of the loss before.
        PERCENT("%") {
            @Override
            double of(double before, double after) {
                return 100 * (before - after) / before;
            }
        };

        private final String unit;

        Gain(String unit) {
            this.unit = unit;
        }

        /// Its unit.
        public String unit() {
            return unit;
        }

        abstract double of(double before, double after);
    }

    /// Where `at` stands under `law`.
    ///
    /// @throws IllegalArgumentException if a size is missing or the group unknown
    public static Wall of(ScalingLaw law, Sizes at) {
        return of(law, at, _ -> Double.NaN);
    }

    /// The same with prices.
    ///
    /// @param cost dollars of a run of given sizes; NaN where unknown
    public static Wall of(ScalingLaw law, Sizes at, ToDoubleFunction<Sizes> cost) {
        double loss = law.at(at);
        var shares = law.form() instanceof SumOfPowers sum
                ? sum.shares(law.vector(), at, law.groups())
                : Map.<String, Double>of();
        var doublings = law.form().quantities().stream()
                .map(size -> {
                    double from = at.get(size);
                    var doubled = at.with(size, 2 * from);
                    double more = cost.applyAsDouble(doubled) - cost.applyAsDouble(at);
                    double after = law.at(doubled);
                    return new Doubling(
                            size,
                            from,
                            Gain.NATS.of(loss, after),
                            Gain.PERCENT.of(loss, after),
                            share(law, size, shares, at.group()),
                            Double.isNaN(more) ? OptionalDouble.empty() : OptionalDouble.of(more));
                })
                .toList();
        return new Wall(at, loss, shares, doublings);
    }

    private static double share(ScalingLaw law, Quantity size, Map<String, Double> shares, String group) {
        if (!(law.form() instanceof SumOfPowers sum)) {
            return Double.NaN;
        }
        return sum.terms().stream()
                .filter(term -> term.powers().containsKey(size))
                .mapToDouble(term -> shares.getOrDefault(name(term, group), 0.0))
                .sum();
    }

    private static String name(SumOfPowers.Term term, String group) {
        return term.perGroup() ? "%s[%s]".formatted(term.coefficient(), group) : term.coefficient();
    }

    /// The smallest size along `path` from which doubling it gains less than `least`; infinite if
    /// it never does, the lower end of the search if it always did.
    ///
    /// @param from where the search begins, such as the smallest size measured
    /// @param least positive, in the unit of `gain`
    public static double whereDoublingGainsLess(ScalingLaw law, SizePath path, double from, double least, Gain gain) {
        if (!(from > 0) || !(least > 0)) {
            throw new IllegalArgumentException("a size and a gain are positive, not %s and %s".formatted(from, least));
        }
        if (gain(law, path, from, gain) < least) {
            return from;
        }
        double low = Math.log(from);
        double high = Math.log(from * FARTHEST);
        if (gain(law, path, Math.exp(high), gain) >= least) {
            return Double.POSITIVE_INFINITY;
        }
        for (int k = 0; k < HALVINGS; k++) {
            double middle = (low + high) / 2;
            if (gain(law, path, Math.exp(middle), gain) < least) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return Math.exp(high);
    }

    /// The same in a sentence.
    ///
    /// @param size which one leads `path`
    public static Statement gainFalls(
            ScalingLaw law, Quantity size, SizePath path, double from, double least, Gain gain) {
        double end = whereDoublingGainsLess(law, path, from, least, gain);
        String what = "doubling %s gains less than %s %s".formatted(size.word(), Table.brief(least), gain.unit());
        String where = end == Double.POSITIVE_INFINITY
                ? "nowhere within 30 decades of %s".formatted(Table.brief(from))
                : "from %s on".formatted(Table.brief(end));
        return new Statement(Basis.LAW, size.word(), what + " " + where);
    }

    private static double gain(ScalingLaw law, SizePath path, double size, Gain gain) {
        return gain.of(law.at(path.at(size)), law.at(path.at(2 * size)));
    }

    /// The same in sentences.
    public List<Statement> statements() {
        var statements = new ArrayList<Statement>();
        for (var doubling : doublings) {
            String word = doubling.size.word();
            if (!Double.isNaN(doubling.share)) {
                statements.add(new Statement(
                        Basis.LAW,
                        word,
                        "%s %% of the loss of %s still comes from %s"
                                .formatted(percent(100 * doubling.share), Table.brief(loss), word)));
            }
            String price = doubling.dollarsPerNat().isEmpty()
                    ? ""
                    : ", at %s dollars per nat"
                            .formatted(Table.brief(doubling.dollarsPerNat().getAsDouble()));
            statements.add(new Statement(
                    Basis.LAW,
                    word,
                    "doubling %s alone from %s buys %s nats (%s %%)%s"
                            .formatted(
                                    word,
                                    Table.brief(doubling.from),
                                    Table.brief(doubling.nats),
                                    percent(doubling.percent),
                                    price)));
        }
        return List.copyOf(statements);
    }

    private static String percent(double value) {
        return Table.brief(Math.rint(100 * value) / 100);
    }
}
