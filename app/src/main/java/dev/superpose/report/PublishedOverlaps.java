package dev.superpose.report;

import dev.superpose.geometry.WidthTrend;
import dev.superpose.published.PublishedModels;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Mean squared overlaps of the heads of 25 language models that others published, to stand
/// beside what is measured here. Liu, Liu and Gore 2025, arXiv 2505.10465, figure 6a: the paper
/// prints no numbers, these were read off the figure.
public final class PublishedOverlaps {
    /// Where the values come from and how good they are, in words.
    public static final String SOURCE = "Liu, Liu and Gore 2025, figure 6a, read off the figure to ±0.3 %";

    private static final List<Model> ALL = PublishedModels.overlaps().stream()
            .map(head -> new Model(head.model(), head.width(), head.meanSquare()))
            .toList();

    private PublishedOverlaps() {}

    /// One model's published value.
    ///
    /// @param name as the publisher of the model writes it, without the organisation
    /// @param width m, of the head
    /// @param meanSquare the mean squared cosine of its rows, not centred
    public record Model(String name, int width, double meanSquare) {}

    /// All of them, family by family.
    public static List<Model> all() {
        return ALL;
    }

    /// The published value of the model called `name` whose head has width `m`. The name may
    /// carry the organisation before it (`org/name`, `org_name`, `org--name`); a variant of
    /// another name, such as one tuned further, is another model.
    public static Optional<Model> of(String name, int m) {
        String wanted = name.toLowerCase(Locale.ROOT);
        return ALL.stream()
                .filter(model -> model.width() == m && isCalled(model.name().toLowerCase(Locale.ROOT), wanted))
                .findFirst();
    }

    /// Whether `matrix` is what the published values are of: an unembedding, tied or not.
    static boolean isHead(ModelMatrix matrix) {
        return matrix.tied() || matrix.role().equals("unembedding");
    }

    /// How the published values go with width.
    public static WidthTrend trend() {
        return WidthTrend.of(
                        ALL.stream().mapToDouble(Model::width).toArray(),
                        ALL.stream().mapToDouble(Model::meanSquare).toArray())
                .orElseThrow();
    }

    private static boolean isCalled(String published, String wanted) {
        if (!wanted.endsWith(published)) {
            return false;
        }
        String before = wanted.substring(0, wanted.length() - published.length());
        return before.isEmpty() || before.endsWith("/") || before.endsWith("_") || before.endsWith("--");
    }
}
