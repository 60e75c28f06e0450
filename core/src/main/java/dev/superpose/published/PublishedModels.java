package dev.superpose.published;

import dev.superpose.published.PaperTable.Row;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// The paper's values of language models: losses, the fit through them, and the overlaps of their
/// heads.
public final class PublishedModels {
    private static final double LOSS_READING_ERROR = 0.004;
    private static final double OVERLAP_READING_ERROR = 0.003;

    private static final List<ModelLoss> LOSSES = readLosses();
    private static final List<ModelOverlap> OVERLAPS = readOverlaps();
    private static final SharedFit SHARED_FIT = new SharedFit(
            0.9098,
            476.0763,
            0.00519765,
            0.03599,
            Map.of(
                    Family.OPT, offsets(2.2074, 2.2745, 1.7193, 2.1845),
                    Family.QWEN, offsets(1.6079, 2.1009, 1.4890, 1.9348),
                    Family.GPT2, offsets(2.3018, 2.3546, 1.9413, 2.2961),
                    Family.PYTHIA, offsets(2.1407, 2.2998, 1.5203, 2.2415)));

    private PublishedModels() {}

    /// The four families of open models.
    public enum Family {
        OPT("OPT"),
        QWEN("Qwen2.5"),
        GPT2("GPT-2"),
        PYTHIA("Pythia");

        private final String label;

        Family(String label) {
            this.label = label;
        }

        /// As their makers write it.
        public String label() {
            return label;
        }

        private static Family of(String name) {
            return valueOf(name.toUpperCase(Locale.ROOT));
        }

        private static Family ofModel(String name) {
            return Arrays.stream(values())
                    .filter(family -> name.toUpperCase(Locale.ROOT).startsWith(family.name()))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no family of the model " + name));
        }
    }

    /// The four texts the losses are of.
    public enum Corpus {
        WIKITEXT,
        C4,
        PILE,
        BOOKCORPUS
    }

    /// The loss of one model on one text.
    ///
    /// @param model as its makers write it, without the organisation
    /// @param family of the model
    /// @param width m as the published fit used it
    /// @param corpus the text
    /// @param loss nats per token
    /// @param readingError how far the true published loss may be from it
    public record ModelLoss(String model, Family family, int width, Corpus corpus, double loss, double readingError) {}

    /// The mean squared cosine of the rows of one model's head, not centred, over all pairs.
    ///
    /// @param model as its makers write it, without the organisation
    /// @param family of the model
    /// @param width m of the head
    /// @param meanSquare of the rows' cosines
    /// @param readingError how far the true published value may be from it
    public record ModelOverlap(String model, Family family, int width, double meanSquare, double readingError) {}

    /// The published fit, loss = scale / m^exponent + offset of family and text, with one scale
    /// and one exponent for all 108 losses.
    ///
    /// @param exponent alpha_m
    /// @param scale C_m
    /// @param meanSquaredError of the losses about it
    /// @param printedError what the paper prints as the error of the exponent, 0.04 when rounded.
    ///     It leaves out that scale and offsets were fitted too, so that it is no error of the
    ///     parameter.
    /// @param offsets by family and text
    public record SharedFit(
            double exponent,
            double scale,
            double meanSquaredError,
            double printedError,
            Map<Family, Map<Corpus, Double>> offsets) {
        public SharedFit {
            offsets = Map.copyOf(offsets);
        }
    }

    /// The 108 losses, model by model, of figures 6 and 8.
    public static List<ModelLoss> losses() {
        return LOSSES;
    }

    /// Figure 6a: the overlaps of 25 heads.
    public static List<ModelOverlap> overlaps() {
        return OVERLAPS;
    }

    /// The fit behind figures 6 and 8.
    public static SharedFit sharedFit() {
        return SHARED_FIT;
    }

    private static List<ModelLoss> readLosses() {
        return PaperTable.read("llm_losses_from_notebook_png.csv").rows().stream()
                .flatMap(row -> Arrays.stream(Corpus.values()).map(corpus -> loss(row, corpus)))
                .toList();
    }

    private static ModelLoss loss(Row row, Corpus corpus) {
        return new ModelLoss(
                row.text("model"),
                Family.of(row.text("family")),
                row.whole("m_used_in_fit"),
                corpus,
                row.number(corpus.name().toLowerCase(Locale.ROOT)),
                LOSS_READING_ERROR);
    }

    private static List<ModelOverlap> readOverlaps() {
        return PaperTable.read("llm_mean_square_overlaps_fig6a.csv").rows().stream()
                .map(row -> {
                    String model = row.text("model");
                    double meanSquare = row.number("mean_sq_overlap");
                    return new ModelOverlap(
                            model,
                            Family.ofModel(model),
                            row.whole("m"),
                            meanSquare,
                            OVERLAP_READING_ERROR * meanSquare);
                })
                .toList();
    }

    private static Map<Corpus, Double> offsets(double wikitext, double c4, double pile, double bookcorpus) {
        return new TreeMap<>(
                Map.of(Corpus.WIKITEXT, wikitext, Corpus.C4, c4, Corpus.PILE, pile, Corpus.BOOKCORPUS, bookcorpus));
    }
}
