package dev.superpose.report;

import dev.superpose.models.HeadOverlaps;
import dev.superpose.models.LanguageModelStudy;
import dev.superpose.published.PublishedModels.Family;
import dev.superpose.report.Legend.Entry;
import dev.superpose.report.Legend.Sample;
import java.util.Arrays;
import java.util.List;

/// What published losses and heads of language models say of width: figures 6 and 8 of the paper,
/// with the errors that their numbers allow.
public final class LanguageModelFigures {
    static final int WIDTH = 520;
    static final int HEIGHT = 400;
    static final String WIDTH_TITLE = "width m";
    static final int MARK = 48;

    private LanguageModelFigures() {}

    /// The figures of losses: what width removes of them, the exponent and its intervals, and what
    /// it hangs on.
    ///
    /// @param command the command line that makes them again
    public static List<Figure> ofLosses(LanguageModelStudy study, String command) {
        return List.of(
                ReducibleLossFigure.of(study, command),
                WidthExponentFigure.of(study, command),
                LeftOutFigure.of(study, command));
    }

    /// The figure of heads: overlap against width.
    ///
    /// @param command the command line that makes it again
    public static List<Figure> ofHeads(HeadOverlaps heads, String command) {
        return List.of(HeadOverlapFigure.of(heads, command));
    }

    /// How a family looks in all of them.
    static Style style(Family family) {
        return Style.of(
                switch (family) {
                    case OPT -> Ink.BLUE;
                    case QWEN -> Ink.VERMILLION;
                    case GPT2 -> Ink.GREEN;
                    case PYTHIA -> Ink.PURPLE;
                });
    }

    /// An entry of the key for each family.
    static List<Entry> key() {
        return Arrays.stream(Family.values())
                .map(family -> new Entry(family.label(), style(family), Sample.POINT))
                .toList();
    }
}
