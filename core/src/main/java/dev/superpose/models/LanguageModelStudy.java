package dev.superpose.models;

import dev.superpose.published.PublishedModels.Family;
import dev.superpose.published.PublishedModels.ModelLoss;
import dev.superpose.runs.Quantity;
import dev.superpose.runs.Runs;
import dev.superpose.scaling.Bootstrap;
import dev.superpose.scaling.Bootstrap.Method;
import dev.superpose.scaling.Draws;
import dev.superpose.scaling.Fit;
import dev.superpose.scaling.SumOfPowers;
import dev.superpose.scaling.SumOfPowers.Term;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Everything that the losses of language models say of one law of width for all of them.
///
/// @param joint one scale and exponent, an offset for each family and text, through every loss
/// @param perModel the same through the mean of each model: the same law, with the error that holds
///     where the losses of one model deviate together
/// @param families each family with a scale and exponent of its own, through every loss
/// @param unit the joint law with its exponent held at 1
/// @param unitTest whether it is 1, through the means of the models
/// @param laws whether one law does for all families: through every loss, as if they were
///     independent, then through the means of the models
/// @param exponents whether one exponent does, each family with its own scale, through the means
/// @param depth width and depth, through every loss and through the means
/// @param bootstrap laws drawn by taking models, with all their losses, at random and again
/// @param withoutModel the joint law without each model in turn
/// @param withoutFamily the joint law without each family in turn
/// @param points each loss with its offset by the joint law
public record LanguageModelStudy(
        WidthEstimate joint,
        WidthEstimate perModel,
        Map<Family, WidthEstimate> families,
        Fit.Fitted unit,
        Equality unitTest,
        Both<Equality> laws,
        Equality exponents,
        Both<DepthEstimate> depth,
        Draws bootstrap,
        List<Without> withoutModel,
        List<Without> withoutFamily,
        List<ReducibleLoss> points) {
    private static final int DRAWS = 1000;

    public LanguageModelStudy {
        families = Collections.unmodifiableMap(new LinkedHashMap<>(families));
        withoutModel = List.copyOf(withoutModel);
        withoutFamily = List.copyOf(withoutFamily);
        points = List.copyOf(points);
    }

    /// The same thing found from every loss as if all were independent, and from one number for
    /// each model.
    public record Both<T>(T everyLoss, T perModel) {}

    /// The joint law without some of the losses.
    ///
    /// @param left what was left out
    /// @param exponent of the others
    /// @param scale of the others
    public record Without(String left, double exponent, double scale) {}

    /// One loss, taken apart.
    ///
    /// @param loss as it was published
    /// @param offset of its family and text, which width cannot remove
    public record ReducibleLoss(ModelLoss loss, double offset) {
        /// What is left above the offset; negative where the loss lies below it.
        public double value() {
            return loss.loss() - offset;
        }
    }

    /// Analyses `published`.
    ///
    /// @throws IllegalArgumentException if they are not one each of models and texts, or fix no law
    public static LanguageModelStudy of(List<ModelLoss> published) {
        var losses = new LanguageModelLosses(published);
        Runs each = losses.each();
        Runs means = losses.perModel();
        var joint = WidthEstimate.of("all families", each);
        var perModel = WidthEstimate.of("all families, one number a model", means);
        var families = new LinkedHashMap<Family, WidthEstimate>();
        for (Family family : losses.families()) {
            families.put(
                    family,
                    WidthEstimate.of(
                            family.label(),
                            losses.where(loss -> loss.family() == family).each()));
        }
        Fit.Fitted unit = WidthEstimate.fit(WidthEstimate.FORM.holding("alpha", 1), each);
        Fit.Fitted unitOfMeans = WidthEstimate.fit(WidthEstimate.FORM.holding("alpha", 1), means);
        var separate = Separate.of(joint, perModel, families);
        return new LanguageModelStudy(
                joint,
                perModel,
                families,
                unit,
                Equality.of(
                        "the exponent and 1",
                        unitOfMeans.value(),
                        perModel.sumOfSquares(),
                        1,
                        perModel.fitted().degreesOfFreedom()),
                new Both<>(separate.everyLoss(), separate.perModel()),
                exponents(means, separate),
                new Both<>(DepthEstimate.of(each), DepthEstimate.of(means)),
                new Bootstrap(Method.PAIRS, DRAWS, Bootstrap.USUAL_SEED).draws(perModel.fitted()),
                losses.models().stream()
                        .map(model -> without(
                                model, losses.where(loss -> !loss.model().equals(model))))
                        .toList(),
                losses.families().stream()
                        .map(family -> without(family.label(), losses.where(loss -> loss.family() != family)))
                        .toList(),
                points(published, joint));
    }

    private static Without without(String left, LanguageModelLosses others) {
        var law = WidthEstimate.fit(WidthEstimate.FORM, others.perModel()).law();
        return new Without(left, law.parameter("alpha"), law.parameter("A"));
    }

    private static List<ReducibleLoss> points(List<ModelLoss> published, WidthEstimate joint) {
        return published.stream()
                .map(loss -> new ReducibleLoss(
                        loss, joint.fitted().law().parameter("B[%s]".formatted(LanguageModelLosses.group(loss)))))
                .toList();
    }

    private static Equality exponents(Runs means, Separate separate) {
        var scales = new SumOfPowers(
                "width-scales",
                "one exponent, a scale and an offset for each family",
                List.of(new Term("A", Map.of(Quantity.WIDTH, "alpha"), true), new Term("B", Map.of(), true)),
                Map.of());
        Fit.Fitted oneExponent = WidthEstimate.fit(scales, means);
        return Equality.of(
                "the exponents of all families",
                oneExponent.value(),
                separate.sumOverMeans,
                means.groups().size() - 1,
                separate.perModel().free());
    }

    /// What laws for each family leave.
    ///
    /// @param sumOverMeans of squares of the means of the models
    private record Separate(Equality everyLoss, Equality perModel, double sumOverMeans) {
        private static final String WHAT = "scales and exponents of all families";

        /// Between joint and separate laws only the parts of the residuals differ that the texts
        /// of a model have in common: their sum of squares over all losses falls by the number of
        /// texts times what that over the means does.
        static Separate of(WidthEstimate joint, WidthEstimate perModel, Map<Family, WidthEstimate> families) {
            double several = families.values().stream()
                    .mapToDouble(WidthEstimate::sumOfSquares)
                    .sum();
            int saved = 2 * (families.size() - 1);
            double texts = (double) joint.fitted().runs().count()
                    / perModel.fitted().runs().count();
            double means = perModel.sumOfSquares() - (joint.sumOfSquares() - several) / texts;
            return new Separate(
                    Equality.of(
                            WHAT,
                            joint.sumOfSquares(),
                            several,
                            saved,
                            joint.fitted().degreesOfFreedom() - saved),
                    Equality.of(
                            WHAT,
                            perModel.sumOfSquares(),
                            means,
                            saved,
                            perModel.fitted().degreesOfFreedom() - saved),
                    means);
        }
    }
}
