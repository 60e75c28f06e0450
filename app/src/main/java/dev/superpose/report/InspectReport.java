package dev.superpose.report;

import dev.superpose.geometry.GeometryReport;
import dev.superpose.report.HtmlReport.Fact;
import dev.superpose.report.HtmlReport.Paragraph;
import dev.superpose.result.Provenance;
import dev.superpose.result.Table;
import dev.superpose.result.Table.Column;
import dev.superpose.result.WholeFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The report of inspected models: how their embeddings and unembeddings pack.
///
/// @param matrices what was inspected; at least one
/// @param missing the models that could not be read or measured, a sentence each
/// @param command the command line that makes the report again
/// @param provenance this program on this machine, and the files read
public record InspectReport(List<ModelMatrix> matrices, List<String> missing, String command, Provenance provenance) {
    private static final int MOST_NAMED = 8;

    /// Fails if there is nothing to report.
    public InspectReport {
        matrices = List.copyOf(matrices);
        missing = List.copyOf(missing);
        if (matrices.isEmpty()) {
            throw new IllegalArgumentException("a report needs at least one matrix");
        }
    }

    /// Writes the page to `file`, which is there whole or not at all.
    public void write(Path file) throws IOException {
        HtmlReport page = page();
        WholeFile.write(file, page.html(ReportFiles.draw(page.figures())));
    }

    /// The page, its figures not yet drawn.
    HtmlReport page() {
        var figures = new ModelFigures(matrices, command);
        List<String> models =
                matrices.stream().map(ModelMatrix::model).distinct().toList();
        return new HtmlReport(
                models.size() == 1 ? models.getFirst() : "%d models".formatted(models.size()),
                "%s of %s"
                        .formatted(
                                matrices.size() == 1 ? "one matrix" : matrices.size() + " matrices",
                                models.size() > MOST_NAMED
                                        ? "%s to %s".formatted(models.getFirst(), models.getLast())
                                        : String.join(", ", models)),
                conclusions(),
                Optional.of(inspected()),
                figures(figures),
                facts());
    }

    /// Overlap figures need a pair, that of eigenvalues a spectrum.
    private static List<Figure> figures(ModelFigures models) {
        var figures = new ArrayList<Figure>();
        figures.add(OverlapFigure.of(models));
        boolean pairs = models.matrices().stream()
                .allMatch(matrix -> matrix.geometry().pairs().overlaps() > 0);
        if (pairs) {
            var overlaps = new PairFigures(models);
            figures.add(overlaps.density());
            figures.add(overlaps.quantiles());
        }
        figures.add(models.norms());
        figures.add(EigenvalueFigure.of(models));
        figures.add(models.spectrum());
        return figures;
    }

    private List<Paragraph> conclusions() {
        var paragraphs = new ArrayList<>(ModelWords.verdicts(matrices));
        if (models() > 1) {
            paragraphs.addAll(ModelWords.families(matrices));
        }
        paragraphs.addAll(ModelWords.notes(matrices));
        if (!missing.isEmpty()) {
            paragraphs.add(new Paragraph("Missing.", String.join("; ", missing) + "."));
        }
        return paragraphs;
    }

    private long models() {
        return matrices.stream().map(ModelMatrix::model).distinct().count();
    }

    /// What each matrix is, what was left out of it, and its main numbers.
    private Table inspected() {
        var rows = new ArrayList<List<Table.Cell>>();
        for (ModelMatrix matrix : matrices) {
            GeometryReport geometry = matrix.geometry();
            int m = geometry.width();
            rows.add(Table.row(
                    matrix.model(),
                    "%s: %s%s, %s"
                            .formatted(matrix.tensor(), matrix.role(), matrix.tied() ? ", tied" : "", matrix.dtype()),
                    geometry.used(),
                    leftOut(geometry.excluded()),
                    m,
                    geometry.overlap().meanSquareTimesWidth(),
                    geometry.centered().meanSquare() * m,
                    geometry.overlap().welchMeanSquare() * m,
                    geometry.regime().label()));
        }
        return new Table(
                List.of(
                        Column.text("model"),
                        Column.text("tensor"),
                        Column.whole("rows_used", ""),
                        Column.text("left_out"),
                        Column.whole("width", ""),
                        Column.real("overlap × m", ""),
                        Column.real("centred", ""),
                        Column.real("Welch", ""),
                        Column.text("regime")),
                rows);
    }

    private static String leftOut(GeometryReport.Excluded excluded) {
        var words = new ArrayList<String>();
        count(words, excluded.padding(), "padding");
        count(words, excluded.zero(), "zero");
        count(words, excluded.nonfinite(), "not finite");
        if (words.isEmpty()) {
            words.add("none");
        }
        count(words, excluded.duplicate(), "duplicate (kept)");
        return String.join(", ", words);
    }

    private static void count(List<String> words, long rows, String what) {
        if (rows > 0) {
            words.add("%,d %s".formatted(rows, what));
        }
    }

    private List<Fact> facts() {
        var facts = new ArrayList<Fact>();
        facts.add(new Fact("made again by", command));
        facts.addAll(ReportFiles.facts(provenance));
        return facts;
    }
}
