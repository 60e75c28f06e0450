package dev.superpose.scaling;

import dev.superpose.result.Table;
import dev.superpose.runs.Quantity;
import dev.superpose.runs.Runs;
import dev.superpose.stat.Covariance;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whether runs can fix the parameters of a form at all, told before a fit where the sizes alone
/// show it, and after it where only the losses do.
final class Identification {
    /// Two logarithms of sizes more alike than this are one size.
    private static final double ONE_SIZE = 0.9999;

    private static final double ALIKE = 0.99;

    /// Below this ratio of largest to smallest size an exponent says little about any other size.
    private static final double NARROW = 4;

    /// Below this share of explained variance a law is a poor description, whatever its errors say.
    private static final double POOR = 0.9;

    /// A parameter that moves losses by less than this share of what another does has run off to
    /// where it does nothing.
    private static final double IDLE = 1e-6;

    private final Form form;
    private final Runs runs;
    private final List<String> names;

    Identification(Form form, Runs runs, BoundForm bound) {
        this.form = form;
        this.runs = runs;
        names = form.parameters(runs.groups()).stream()
                .filter(parameter -> !parameter.held())
                .map(Form.Parameter::name)
                .toList();
        if (names.size() != bound.free()) {
            throw new IllegalStateException("%d names for %d coordinates".formatted(names.size(), bound.free()));
        }
    }

    /// What forbids a fit, or null.
    static Fit.@Nullable NotIdentified wrong(Form form, Runs runs) {
        for (var quantity : form.quantities()) {
            if (!runs.has(quantity)) {
                throw new IllegalArgumentException("%s needs the size %s (%s), the runs have %s"
                        .formatted(
                                form.word(),
                                quantity.symbol(),
                                quantity.word(),
                                runs.quantities().stream().map(Quantity::symbol).toList()));
            }
        }
        long free = form.parameters(runs.groups()).stream()
                .filter(parameter -> !parameter.held())
                .count();
        if (runs.count() < free + (free > 2 ? 1 : 0)) {
            return new Fit.NotIdentified(
                    form,
                    "%d runs cannot fix %d parameters and leave something to judge them by"
                            .formatted(runs.count(), free),
                    "measure at least %d, or fit a law with fewer parameters".formatted(free + 1));
        }
        for (var quantity : form.quantities()) {
            if (spread(runs, quantity) == 1 && form.learns(quantity)) {
                return new Fit.NotIdentified(
                        form,
                        "all %d runs have the same %s (%s = %s), so nothing tells how the loss depends on it"
                                .formatted(
                                        runs.count(),
                                        quantity.word(),
                                        quantity.symbol(),
                                        Table.brief(runs.range(quantity).getKey())),
                        "measure at several %s%s".formatted(quantity.symbol(), lawOfAnother(form, runs, quantity)));
            }
        }
        var lack = form.lack(runs);
        if (lack.isPresent()) {
            return new Fit.NotIdentified(form, lack.get().reason(), lack.get().remedy());
        }
        return collinear(form, runs);
    }

    /// The advice to fit a law of a size that does vary, if there is one.
    private static String lawOfAnother(Form form, Runs runs, Quantity constant) {
        return form.quantities().stream()
                .filter(other -> other != constant && spread(runs, other) > 1)
                .findFirst()
                .map(other -> ", or fit a law of %1$s alone (--law power-floor --x %1$s)".formatted(other.symbol()))
                .orElse("");
    }

    /// The ratio of the largest to the smallest `quantity`; 1 if they differ by rounding only.
    private static double spread(Runs runs, Quantity quantity) {
        var range = runs.range(quantity);
        double ratio = range.getValue() / range.getKey();
        return ratio <= 1 + 1e-9 ? 1 : ratio;
    }

    private static Fit.@Nullable NotIdentified collinear(Form form, Runs runs) {
        var sizes = List.copyOf(form.quantities());
        for (int a = 0; a < sizes.size(); a++) {
            for (int b = a + 1; b < sizes.size(); b++) {
                boolean free = form.learns(sizes.get(a)) && form.learns(sizes.get(b));
                if (free && Math.abs(correlation(runs, sizes.get(a), sizes.get(b))) > ONE_SIZE) {
                    return new Fit.NotIdentified(
                            form,
                            "%s and %s go together in all runs (correlation of their logarithms %s), so their effects cannot be told apart"
                                    .formatted(
                                            sizes.get(a).symbol(),
                                            sizes.get(b).symbol(),
                                            Table.brief(correlation(runs, sizes.get(a), sizes.get(b)))),
                            "train some runs with another ratio, or fit a law of one of them (--law power-floor --x %s)"
                                    .formatted(sizes.get(a).symbol()));
                }
            }
        }
        return null;
    }

    private static double correlation(Runs runs, Quantity first, Quantity second) {
        double[] x = runs.logs(first);
        double[] y = runs.logs(second);
        double meanX = 0;
        double meanY = 0;
        for (int i = 0; i < x.length; i++) {
            meanX += x[i] / x.length;
            meanY += y[i] / x.length;
        }
        double xx = 0;
        double xy = 0;
        double yy = 0;
        for (int i = 0; i < x.length; i++) {
            xx += (x[i] - meanX) * (x[i] - meanX);
            xy += (x[i] - meanX) * (y[i] - meanY);
            yy += (y[i] - meanY) * (y[i] - meanY);
        }
        return xy / Math.sqrt(xx * yy);
    }

    /// The parameters that hardly move any loss, such as the worth of repetitions that the losses
    /// would have infinite.
    ///
    /// @param normal Jᵀ W J, `(free, free)`
    List<String> idle(double[][] normal) {
        double largest = 0;
        for (int j = 0; j < normal.length; j++) {
            largest = Math.max(largest, normal[j][j]);
        }
        var idle = new ArrayList<String>();
        for (int j = 0; j < normal.length; j++) {
            if (normal[j][j] <= IDLE * IDLE * largest) {
                idle.add(names.get(j));
            }
        }
        return idle;
    }

    /// The parameters that make up `direction`, `(free)`: those with a third of the largest part or
    /// more.
    List<String> names(double[] direction) {
        double largest = 0;
        for (double part : direction) {
            largest = Math.max(largest, Math.abs(part));
        }
        var parts = new ArrayList<String>();
        for (int j = 0; j < direction.length; j++) {
            if (Math.abs(direction[j]) >= largest / 3) {
                parts.add(names.get(j));
            }
        }
        return parts;
    }

    /// Exponents whose standard error is as large as they are.
    List<String> loose(Covariance covariance, ScalingLaw law) {
        var loose = new ArrayList<String>();
        var parameters = form.parameters(runs.groups());
        for (int p = 0; p < parameters.size(); p++) {
            var parameter = parameters.get(p);
            boolean exponent = parameter.kind() == Form.Kind.EXPONENT && !parameter.held();
            if (exponent && covariance.standardError(p) >= Math.abs(law.parameter(parameter.name()))) {
                loose.add(parameter.name());
            }
        }
        return loose;
    }

    List<String> warnings(Fit.Fitted fitted, int agreeing, int starts) {
        var warnings = new LinkedHashSet<String>();
        var certificate = fitted.certificate();
        if (!certificate.atBound().isEmpty()) {
            warnings.add(
                    "%s at its bound 0: the losses would rather have it negative; the errors of the others hold it there"
                            .formatted(String.join(", ", certificate.atBound())));
        }
        if (!certificate.unidentified().isEmpty()) {
            warnings.add(
                    "the runs hardly fix %s (condition %s): hold one of them (--hold), tie exponents, or measure more varied sizes"
                            .formatted(
                                    String.join(", ", certificate.unidentified()),
                                    Table.brief(certificate.condition())));
        }
        if (2 * agreeing < starts) {
            warnings.add("only %d of %d starts ended at this minimum: there are others nearly as good"
                    .formatted(agreeing, starts));
        }
        if (fitted.degreesOfFreedom() == 1) {
            warnings.add("only one run more than parameters: the standard errors are hardly known themselves");
        }
        if (fitted.rSquared() < POOR) {
            warnings.add("the law explains only %s %% of the variance of ln loss: these runs hardly follow it"
                    .formatted(Table.brief(Math.rint(1000 * fitted.rSquared()) / 10)));
        }
        sizes(fitted, warnings);
        return List.copyOf(warnings);
    }

    private void sizes(Fit.Fitted fitted, Set<String> warnings) {
        var sizes = List.copyOf(form.quantities());
        for (int a = 0; a < sizes.size(); a++) {
            double ratio = spread(runs, sizes.get(a));
            if (ratio < NARROW && form.learns(sizes.get(a))) {
                warnings.add("%s spans a factor of only %s: measure a wider range before extrapolating"
                        .formatted(sizes.get(a).word(), Table.brief(ratio)));
            }
            for (int b = a + 1; b < sizes.size(); b++) {
                double correlation = correlation(runs, sizes.get(a), sizes.get(b));
                if (Math.abs(correlation) > ALIKE) {
                    warnings.add(
                            "%s and %s go together (correlation of their logarithms %s): their effects are hardly told apart"
                                    .formatted(
                                            sizes.get(a).symbol(), sizes.get(b).symbol(), Table.brief(correlation)));
                }
            }
        }
        for (var parameter : form.parameters(runs.groups())) {
            if (parameter.kind() == Form.Kind.EXPONENT && fitted.law().parameter(parameter.name()) < 0) {
                warnings.add(
                        "%s is negative: under this law the loss grows with that size".formatted(parameter.name()));
            }
        }
    }
}
