package dev.superpose.report;

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
/// @param command the command line that makes the report again
/// @param provenance this program on this machine, and the files read
public record InspectReport(List<ModelMatrix> matrices, String command, Provenance provenance) {
    /// Fails if there is nothing to report.
    public InspectReport {
        matrices = List.copyOf(matrices);
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
                                String.join(", ", models)),
                conclusions(),
                Optional.of(inspected()),
                List.of(figures.overlap(List.of()), figures.norms(), figures.spectrum()),
                facts());
    }

    private List<Paragraph> conclusions() {
        var paragraphs = new ArrayList<Paragraph>();
        for (ModelMatrix matrix : matrices) {
            var geometry = matrix.geometry();
            var text = new StringBuilder();
            text.append(
                    "%,d rows in %d dimensions; the norms say: %s. Mean squared overlap times width %s (random: 1, Welch: %s), centred %s."
                            .formatted(
                                    geometry.used(),
                                    geometry.width(),
                                    regime(matrix),
                                    Words.number(geometry.overlap().meanSquareTimesWidth()),
                                    Words.number(geometry.overlap().welchMeanSquare() * geometry.width()),
                                    Words.number(geometry.centered().meanSquare() * geometry.width())));
            matrix.notes().forEach(note -> text.append(' ').append(note));
            paragraphs.add(new Paragraph(matrix.name() + ".", text.toString()));
        }
        return paragraphs;
    }

    private static String regime(ModelMatrix matrix) {
        return switch (matrix.geometry().regime()) {
            case NONE -> "no superposition, there is a dimension for every row";
            case WEAK -> "weak superposition, about as many rows are represented as there are dimensions";
            case MIXED -> "between weak and strong superposition";
            case STRONG -> "strong superposition, nearly all rows are represented";
        };
    }

    /// What each matrix is, and what was left out of it.
    private Table inspected() {
        var rows = new ArrayList<List<Table.Cell>>();
        for (ModelMatrix matrix : matrices) {
            var geometry = matrix.geometry();
            rows.add(Table.row(
                    matrix.model(),
                    matrix.tensor(),
                    matrix.role() + (matrix.tied() ? ", tied" : ""),
                    matrix.dtype(),
                    geometry.rows(),
                    geometry.width(),
                    geometry.excluded().padding(),
                    geometry.excluded().zero(),
                    geometry.excluded().nonfinite(),
                    geometry.excluded().duplicate()));
        }
        return new Table(
                List.of(
                        Column.text("model"),
                        Column.text("tensor"),
                        Column.text("role"),
                        Column.text("type"),
                        Column.whole("rows", ""),
                        Column.whole("width", ""),
                        Column.whole("padding", "left out"),
                        Column.whole("zero", "left out"),
                        Column.whole("not_finite", "left out"),
                        Column.whole("duplicate", "kept")),
                rows);
    }

    private List<Fact> facts() {
        var facts = new ArrayList<Fact>();
        facts.add(new Fact("made again by", command));
        facts.addAll(ReportFiles.facts(provenance));
        return facts;
    }
}
