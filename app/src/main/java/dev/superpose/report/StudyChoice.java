package dev.superpose.report;

import dev.superpose.study.JobResult;
import dev.superpose.study.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The figures of a study, chosen by what it varies: curves of a few conditions, maps and panels of
/// many. Their number does not grow with that of the conditions.
final class StudyChoice {
    private StudyChoice() {}

    /// Makes a figure of some trainings, or none where they lack what it shows.
    private interface Builder {
        Optional<Figure> figure(List<JobResult> results, String command);
    }

    /// The figures that need no weights.
    ///
    /// @param all the study's series
    /// @param curves some of them, to be drawn as curves; at least one
    static List<Figure> figures(List<Series> all, List<Curve> curves, List<JobResult> results, String command) {
        var varied = Variation.of(all);
        var figures = new ArrayList<Figure>();
        for (Builder builder : varied.few() ? ofFew(varied) : ofMany(varied)) {
            builder.figure(results, command).ifPresent(figures::add);
        }
        if (varied.few() || figures.isEmpty()) {
            var overWidth = new StudyFigures(curves, command);
            figures.addFirst(overWidth.loss());
            figures.add(overWidth.overlap());
            figures.add(overWidth.represented());
        }
        return figures;
    }

    /// What a study of a few conditions has besides its curves.
    private static List<Builder> ofFew(Variation varied) {
        var builders = new ArrayList<Builder>(special(varied));
        builders.add(ExponentFigure::of);
        return builders;
    }

    private static List<Builder> ofMany(Variation varied) {
        var builders = new ArrayList<Builder>(special(varied));
        if (varied.alphas() > 1) {
            builders.add(ExponentFigure::of);
            builders.add(ExponentMap::of);
        }
        builders.add(RepresentedFigures::againstDecay);
        if (varied.alphas() > 1) {
            builders.addAll(List.of(
                    RepresentedFigures::map,
                    RepresentedFigures::strong,
                    RowOverlapFigures::ofStrongRows,
                    RowOverlapFigures::ofAllRows,
                    WeakFigures::loss,
                    WeakFigures::exponents));
        }
        return builders;
    }

    /// The figures of what only some studies vary; each is there or not by itself.
    private static List<Builder> special(Variation varied) {
        var builders = new ArrayList<Builder>();
        if (varied.kinds() > 1) {
            builders.add(LargeFigure::of);
        }
        builders.add(WidthLimitFigure::of);
        if (varied.correlations() > 1) {
            builders.add(CorrelationFigures::loss);
        }
        if (varied.densities() > 1) {
            builders.add(DensityFigures::againstDensity);
            builders.add(DensityFigures::againstWidth);
        }
        return builders;
    }
}
