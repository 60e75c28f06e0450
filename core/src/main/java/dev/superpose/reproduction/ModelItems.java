package dev.superpose.reproduction;

import dev.superpose.models.HeadOverlaps;
import dev.superpose.models.LanguageModelStudy;
import dev.superpose.models.ParameterExponent;
import dev.superpose.published.PublishedModels;
import dev.superpose.published.PublishedModels.Corpus;
import dev.superpose.published.PublishedModels.Family;
import dev.superpose.published.PublishedStatements;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Figures 6 and 8: language models. The losses and overlaps are the published ones; what is ours
/// is the fit through them.
final class ModelItems {
    /// What counts as unlikely.
    private static final double UNLIKELY = 0.05;

    private ModelItems() {}

    /// Figure 6.
    static List<Item> overlaps() {
        var items = new ItemList(PaperFigure.FIG6);
        var heads = HeadOverlaps.of(PublishedModels.overlaps());
        items.fit(
                "exponent of the mean squared overlap",
                "25 published heads",
                Optional.of(
                        Measured.computed(-heads.all().exponent(), heads.all().standardError())),
                Reference.claimed(1),
                new Rule.TwoOwnErrors());
        double[] times = heads.times().stream()
                .mapToDouble(HeadOverlaps.Times::value)
                .sorted()
                .toArray();
        double middle = times[times.length / 2];
        items.claim(
                "mean squared overlaps of heads are roughly 1/m",
                Optional.of(Measured.computed(middle, Double.NaN)),
                1,
                "within a factor of 2 of 1/m in the middle",
                middle <= 2 && middle >= 0.5 ? Verdict.REPRODUCED : Verdict.DIFFERS,
                String.format(
                        Locale.ROOT,
                        "They are %.0f to %.0f times 1/m: rows share directions. The line over width explains %.0f %% of their scatter; its exponent is %s family by family.",
                        times[0],
                        times[times.length - 1],
                        100 * heads.all().rSquared(),
                        Sentences.range(heads.of().values().stream().mapToDouble(trend -> -trend.exponent()))));
        return items.items();
    }

    /// Figure 8.
    static List<Item> losses() {
        var items = new ItemList(PaperFigure.FIG8);
        var study = LanguageModelStudy.of(PublishedModels.losses());
        var published = PublishedModels.sharedFit();
        fitted(items, study, published);
        var chinchilla = new Reference(
                PublishedStatements.CHINCHILLA_WIDTH_EXPONENT, PublishedStatements.CHINCHILLA_WIDTH_EXPONENT_ERROR, 0);
        items.fit(
                "shared exponent against Chinchilla's",
                "27 models, one number each",
                Optional.of(Measured.computed(
                        study.perModel().exponent(), study.perModel().standardError())),
                chinchilla,
                new Rule.TwoErrors());
        var parameters = ParameterExponent.of(PublishedModels.losses());
        items.fit(
                "exponent of the parameters over width, N ~ m^k",
                "27 models, sizes as their makers name them",
                Optional.of(Measured.computed(parameters.value(), parameters.standardError())),
                Reference.claimed(PublishedStatements.PARAMETER_EXPONENT),
                new Rule.TwoOwnErrors());
        printedError(items, study, published);
        one(items, study);
        universal(items, study);
        widthAlone(items, study);
        return items.items();
    }

    private static void fitted(ItemList items, LanguageModelStudy study, PublishedModels.SharedFit published) {
        String setting = "27 models, 108 losses";
        var joint = study.joint();
        items.fit(
                "shared exponent",
                setting,
                Optional.of(Measured.computed(joint.exponent(), joint.standardError())),
                new Reference(published.exponent(), Double.NaN, 5e-5),
                new Rule.Within(0.01));
        items.fit(
                "scale C_m",
                setting,
                Optional.of(Measured.computed(joint.scale(), Double.NaN)),
                new Reference(published.scale(), Double.NaN, 5e-5),
                new Rule.WithinShare(0.05));
        items.fit(
                "mean squared deviation",
                setting,
                Optional.of(Measured.computed(joint.meanSquare(), Double.NaN)),
                new Reference(published.meanSquaredError(), Double.NaN, 5e-9),
                new Rule.WithinShare(0.05));
        for (Family family : Family.values()) {
            for (Corpus corpus : Corpus.values()) {
                double offset = study.points().stream()
                        .filter(point ->
                                point.loss().family() == family && point.loss().corpus() == corpus)
                        .findFirst()
                        .orElseThrow()
                        .offset();
                items.fit(
                        "offset of family and text",
                        "%s, %s".formatted(family.label(), corpus.name().toLowerCase(Locale.ROOT)),
                        Optional.of(Measured.computed(offset, Double.NaN)),
                        new Reference(offset(published, family, corpus), Double.NaN, 5e-5),
                        new Rule.Within(0.01));
            }
        }
    }

    private static double offset(PublishedModels.SharedFit fit, Family family, Corpus corpus) {
        var ofFamily = fit.offsets().get(family);
        Double offset = ofFamily == null ? null : ofFamily.get(corpus);
        if (offset == null) {
            throw new IllegalStateException("no published offset of %s on %s".formatted(family, corpus));
        }
        return offset;
    }

    private static void printedError(ItemList items, LanguageModelStudy study, PublishedModels.SharedFit published) {
        double error = study.joint().standardError();
        var interval = study.joint().interval();
        items.claim(
                "the exponent is known to 0.04",
                Optional.of(Measured.computed(error, Double.NaN)),
                published.printedError(),
                "its standard error within 20 % of that",
                Math.abs(error - published.printedError()) <= 0.2 * published.printedError()
                        ? Verdict.REPRODUCED
                        : Verdict.DIFFERS,
                String.format(
                        Locale.ROOT,
                        "The printed error leaves out that scale and offsets are fitted too: with them it is %.3f, the 95 %% interval %.2f to %.2f; with one number for each model, as losses of one model deviate together, %.2f.",
                        error,
                        interval.low(),
                        interval.high(),
                        study.perModel().standardError()));
    }

    private static void one(ItemList items, LanguageModelStudy study) {
        double chance = study.unitTest().chance();
        items.claim(
                "the exponent is near 1, as strong superposition has it",
                Optional.of(Measured.computed(
                        study.perModel().exponent(), study.perModel().standardError())),
                1,
                "1 is not unlikely, by an F test over the models",
                chance >= UNLIKELY ? Verdict.REPRODUCED : Verdict.DIFFERS,
                String.format(
                        Locale.ROOT,
                        "With the exponent held at 1 the losses deviate little more: chance %.2f if it is 1.",
                        chance));
    }

    private static void universal(ItemList items, LanguageModelStudy study) {
        double chance = study.exponents().chance();
        var told = study.families().values().stream()
                .map(law -> String.format(
                        Locale.ROOT,
                        "%s %.2f [%.2f, %.2f]",
                        law.name(),
                        law.exponent(),
                        law.interval().low(),
                        law.interval().high()))
                .toList();
        boolean eachHolds = study.families().values().stream()
                .allMatch(law -> law.interval().low() <= study.joint().exponent()
                        && law.interval().high() >= study.joint().exponent());
        boolean likely = chance >= UNLIKELY;
        items.claim(
                "one exponent holds for all four families",
                Optional.of(Measured.computed(chance, Double.NaN)),
                UNLIKELY,
                "the chance of equal exponents is at least 0.05 by an F test over the models, and the 95 % interval of each family holds the shared one",
                eachHolds && likely ? Verdict.REPRODUCED : eachHolds || likely ? Verdict.CANNOT_TELL : Verdict.DIFFERS,
                String.format(
                        Locale.ROOT,
                        "Each for itself: %s, with 95 %% intervals. The chance of as much difference from equal exponents is %.2g with one number for each model; with all losses as if independent, that of one law is %.1g.",
                        String.join(", ", told),
                        chance,
                        study.laws().everyLoss().chance()));
    }

    private static void widthAlone(ItemList items, LanguageModelStudy study) {
        var depth = study.depth().perModel();
        double errors = depth.depthScale() / depth.depthScaleError();
        items.claim(
                "width alone sets the loss above the offsets",
                Optional.of(Measured.computed(depth.depthScale(), depth.depthScaleError())),
                0,
                "no term of depth beyond two standard errors",
                errors <= 2 ? Verdict.REPRODUCED : Verdict.DIFFERS,
                String.format(
                        Locale.ROOT,
                        "Deep models are wide ones: with A/m + C/l, C is %.2f ± %.2f and A %.0f ± %.0f, where width alone needs %.0f.",
                        depth.depthScale(),
                        depth.depthScaleError(),
                        depth.widthScale(),
                        depth.widthScaleError(),
                        study.unit().law().parameter("A")));
    }
}
