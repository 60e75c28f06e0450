package dev.superpose.report;

import dev.superpose.models.HeadOverlaps;
import dev.superpose.models.LanguageModelStudy;
import dev.superpose.published.PublishedModels;
import dev.superpose.reproduction.PaperFigure;
import dev.superpose.reproduction.UnrepresentedLosses;
import dev.superpose.study.JobResult;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Which pictures belong to which figure of the paper.
final class PaperFigures {
    private PaperFigures() {}

    /// The pictures that `runs` allow, in the order of the figure's panels.
    static List<Figure> of(
            PaperFigure figure, List<JobResult> runs, UnrepresentedLosses unrepresented, String command) {
        Stream<Optional<Figure>> panels = switch (figure) {
            case FIG1 -> Stream.of(LargeFigure.of(runs, command));
            case FIG3 ->
                Stream.of(RepresentedFigures.againstDecay(runs, command), RepresentedFigures.map(runs, command));
            case FIG4 ->
                Stream.of(
                        WeakFigures.loss(runs, command),
                        UnrepresentedFigure.of(runs, unrepresented, command),
                        WeakFigures.exponents(runs, command));
            case FIG5 -> Stream.of(RowOverlapFigures.ofStrongRows(runs, command), ExponentFigure.of(runs, command));
            case FIG6 ->
                LanguageModelFigures.ofHeads(HeadOverlaps.of(PublishedModels.overlaps()), command).stream()
                        .map(Optional::of);
            case FIG8 ->
                LanguageModelFigures.ofLosses(LanguageModelStudy.of(PublishedModels.losses()), command).stream()
                        .map(Optional::of);
            case FIG9 -> Stream.of(ExponentMap.of(runs, command));
            case FIG14 ->
                Stream.of(DensityFigures.againstDensity(runs, command), DensityFigures.againstWidth(runs, command));
            case FIG16 -> Stream.of(RepresentedFigures.strong(runs, command));
            case FIG17 -> Stream.of(RowOverlapFigures.ofAllRows(runs, command));
            case FIG18 -> Stream.of(ExponentFigure.of(runs, command));
            case WALL -> Stream.of(WidthLimitFigure.of(runs, command));
            case CORRELATED -> Stream.of(CorrelationFigures.loss(runs, command));
            // Drawn from weights, see GeometryFigures.
            case GEOMETRY -> Stream.empty();
        };
        return panels.flatMap(Optional::stream)
                .map(panel -> ofFigure(figure, panel))
                .toList();
    }

    /// The same under a name of its own: two figures may show panels of one kind.
    private static Figure ofFigure(PaperFigure figure, Figure panel) {
        return new Figure(
                figure.word() + "-" + panel.id(),
                panel.title(),
                panel.caption(),
                panel.document(),
                panel.table(),
                panel.command());
    }
}
