package dev.superpose.report;

import dev.superpose.geometry.WidthTrend;
import dev.superpose.result.Csv;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// Mean squared overlaps of the heads of 25 language models that others published, to stand
/// beside what is measured here. Liu, Liu and Gore 2025, arXiv 2505.10465, figure 6a: the paper
/// prints no numbers, these were read off the figure.
public final class PublishedOverlaps {
    /// Where the values come from and how good they are, in words.
    public static final String SOURCE = "Liu, Liu and Gore 2025, figure 6a, read off the figure to ±0.3 %";

    private static final String RESOURCE = "published-overlaps.csv";
    private static final List<Model> ALL = read();

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

    private static List<Model> read() {
        try (InputStream in = PublishedOverlaps.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the build lacks the resource " + RESOURCE);
            }
            String table = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .collect(Collectors.joining("\n"));
            return Csv.read(RESOURCE, new StringReader(table)).lines().stream()
                    .map(Csv.Line::fields)
                    .map(fields -> new Model(
                            fields.get(0), Integer.parseInt(fields.get(1)), Double.parseDouble(fields.get(2))))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the resource " + RESOURCE, e);
        }
    }
}
