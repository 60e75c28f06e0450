package dev.superpose.report;

import dev.superpose.published.PublishedToy;
import dev.superpose.published.ToyExponent;
import dev.superpose.published.ToySetting;
import dev.superpose.report.Trainings.Setting;
import dev.superpose.reproduction.Evidence;
import dev.superpose.study.WidthLaw;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The exponents alpha_m of the loss over width, loss ∝ m^-alpha_m, for every pair of an exponent
/// of the frequencies and a decay.
///
/// @param trainings those the exponents are of
/// @param all by decay, then alpha
/// @param leftOut how many pairs have fewer widths than the others, and are not among `all`
record Exponents(Trainings trainings, List<Exponent> all, int leftOut) {
    Exponents {
        all = List.copyOf(all);
    }

    /// One fitted exponent.
    ///
    /// @param alpha of the frequencies
    /// @param decay gamma
    /// @param law through the losses
    /// @param published of the same setting and over the same widths, with its standard error where
    ///     there is one
    record Exponent(double alpha, double decay, WidthLaw law, Optional<ToyExponent> published) {
        double error() {
            return Double.isFinite(law.standardError()) ? law.standardError() : 0;
        }

        double publishedValue() {
            return published.map(ToyExponent::exponent).orElse(Double.NaN);
        }

        double publishedError() {
            return published.map(ToyExponent::standardError).orElse(Double.NaN);
        }

        /// How far the two are apart in their combined standard errors; NaN where one has none.
        double deviation() {
            return (law.exponent() - publishedValue()) / Math.hypot(law.standardError(), publishedError());
        }
    }

    /// The exponents of those trainings that differ in alpha and decay only.
    static Exponents of(Trainings some) {
        var all = some.where(run -> !Double.isNaN(Trainings.alpha(run))).sharingAllBut(Setting.LAW, Setting.DECAY);
        boolean comparable = PublishedMarks.sameWidths(all.runs());
        int widths = all.values(Trainings::width).size();
        var exponents = new ArrayList<Exponent>();
        int leftOut = 0;
        for (var ofDecay : all.by(Trainings::decay).entrySet()) {
            for (var ofAlpha : ofDecay.getValue().by(Trainings::alpha).entrySet()) {
                var law = WidthLaw.ofLoss(ofAlpha.getValue().runs());
                if (law.isEmpty() || law.get().widths() < widths) {
                    leftOut++;
                    continue;
                }
                exponents.add(new Exponent(
                        ofAlpha.getKey(),
                        ofDecay.getKey(),
                        law.get(),
                        comparable ? published(ofAlpha.getValue()) : Optional.empty()));
            }
        }
        return new Exponents(all, exponents, leftOut);
    }

    /// The published exponent of a condition: with its standard error where that was published too.
    private static Optional<ToyExponent> published(Trainings condition) {
        ToySetting setting =
                Evidence.setting(condition.runs().getFirst().config()).orElse(null);
        if (setting == null) {
            return Optional.empty();
        }
        return PublishedToy.exponents().stream()
                .filter(exponent -> exponent.setting().isNearAtAnyWidth(setting))
                .findFirst()
                .or(() -> PublishedToy.exponentMap().stream()
                        .filter(exponent -> exponent.setting().isNearAtAnyWidth(setting))
                        .findFirst());
    }

    List<Double> alphas() {
        return all.stream().map(Exponent::alpha).distinct().sorted().toList();
    }

    List<Double> decays() {
        return all.stream().map(Exponent::decay).distinct().sorted().toList();
    }

    List<Exponent> of(double decay) {
        return all.stream().filter(exponent -> exponent.decay() == decay).toList();
    }

    Optional<Exponent> at(double decay, double alpha) {
        return all.stream()
                .filter(exponent -> exponent.decay() == decay && exponent.alpha() == alpha)
                .findFirst();
    }

    /// Sentences on what was left out and on how many agree with the published ones; empty if there
    /// is nothing to say.
    String words() {
        var words = new StringBuilder();
        List<Exponent> judged = all.stream()
                .filter(exponent -> !Double.isNaN(exponent.deviation()))
                .toList();
        if (!judged.isEmpty()) {
            long near = judged.stream()
                    .filter(exponent -> Math.abs(exponent.deviation()) <= 2)
                    .count();
            words.append(" %d of %d agree with the published ones within two combined standard errors."
                    .formatted(near, judged.size()));
        }
        if (leftOut > 0) {
            words.append(" %d conditions do not have all widths yet and are left out.".formatted(leftOut));
        }
        return words.toString();
    }
}
