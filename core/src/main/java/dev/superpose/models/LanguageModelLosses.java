package dev.superpose.models;

import dev.superpose.published.PublishedModels.Family;
import dev.superpose.published.PublishedModels.ModelLoss;
import dev.superpose.runs.Quantity;
import dev.superpose.runs.Runs;
import dev.superpose.runs.Runs.Run;
import dev.superpose.runs.Sizes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// Losses of language models on several texts, as runs to fit a law of width to.
///
/// @param losses one for each model and text; every model on the same texts
public record LanguageModelLosses(List<ModelLoss> losses) {

    public LanguageModelLosses {
        losses = List.copyOf(losses);
        if (losses.isEmpty()) {
            throw new IllegalArgumentException("there are no losses to fit");
        }
        long models = losses.stream().map(ModelLoss::model).distinct().count();
        long texts = losses.stream().map(ModelLoss::corpus).distinct().count();
        if (losses.stream().map(loss -> loss.model() + loss.corpus()).distinct().count() != losses.size()
                || losses.size() != models * texts) {
            throw new IllegalArgumentException(
                    "%d losses are not one each of %d models on %d texts".formatted(losses.size(), models, texts));
        }
    }

    /// Those of some models.
    LanguageModelLosses where(Predicate<ModelLoss> wanted) {
        return new LanguageModelLosses(losses.stream().filter(wanted).toList());
    }

    /// The models, in order.
    List<String> models() {
        return losses.stream().map(ModelLoss::model).distinct().toList();
    }

    /// The families, in order.
    List<Family> families() {
        return losses.stream().map(ModelLoss::family).distinct().toList();
    }

    /// A run for each loss. Its group is the family with the text, its cluster the model.
    Runs each() {
        return Runs.of(losses.stream()
                .map(loss -> new Run(
                        loss.model() + " " + loss.corpus(), sizes(loss).in(group(loss)), loss.loss(), 1, loss.model()))
                .toList());
    }

    /// A run for each model: the mean of its losses over the texts. Its group is the family.
    ///
    /// Scale and exponent fitted to these are exactly those fitted to all losses, because the
    /// offsets of a family take up what its texts differ by. What is different is the error: losses
    /// of one model on four texts deviate together, and count once here.
    Runs perModel() {
        Map<String, List<ModelLoss>> byModel = new LinkedHashMap<>();
        losses.forEach(loss ->
                byModel.computeIfAbsent(loss.model(), _ -> new ArrayList<>()).add(loss));
        return Runs.of(byModel.entrySet().stream()
                .map(model -> {
                    ModelLoss first = model.getValue().getFirst();
                    double mean = model.getValue().stream()
                            .mapToDouble(ModelLoss::loss)
                            .average()
                            .orElseThrow();
                    return new Run(
                            model.getKey(), sizes(first).in(first.family().label()), mean);
                })
                .toList());
    }

    /// The name of the group of `loss` in [#each].
    static String group(ModelLoss loss) {
        return "%s %s".formatted(loss.family().label(), loss.corpus());
    }

    private static Sizes sizes(ModelLoss loss) {
        var width = Sizes.of(Quantity.WIDTH, loss.width());
        return ModelShapes.layers(loss.model())
                .map(layers -> width.with(Quantity.DEPTH, layers))
                .orElse(width);
    }
}
