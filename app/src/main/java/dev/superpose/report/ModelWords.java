package dev.superpose.report;

import dev.superpose.geometry.Verdict;
import dev.superpose.report.HtmlReport.Paragraph;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/// What was found about real models, in sentences.
final class ModelWords {
    private static final int MOST_VERDICTS = 3;

    private ModelWords() {}

    /// A paragraph for each family.
    static List<Paragraph> families(List<ModelMatrix> matrices) {
        var paragraphs = new ArrayList<Paragraph>();
        ModelFigures.byFamily(matrices)
                .forEach((name, members) -> paragraphs.add(new Paragraph(name + ".", family(members))));
        return paragraphs;
    }

    /// What the measures mean: of one matrix a paragraph for each topic, of a few a paragraph
    /// each and what is true of all at the end; of many only the last.
    static List<Paragraph> verdicts(List<ModelMatrix> matrices) {
        var paragraphs = new ArrayList<Paragraph>();
        if (matrices.size() > 1 && matrices.size() <= MOST_VERDICTS) {
            for (ModelMatrix matrix : matrices) {
                paragraphs.add(new Paragraph(
                        matrix.model() + ", " + matrix.role() + ".",
                        matrix.verdict().statements().stream()
                                .filter(statement -> !shared(matrices, statement))
                                .map(Verdict.Statement::sentences)
                                .collect(Collectors.joining(" "))));
            }
        }
        matrices.getFirst().verdict().statements().stream()
                .filter(statement -> matrices.size() == 1 || shared(matrices, statement))
                .forEach(statement -> paragraphs.add(new Paragraph("", statement.sentences())));
        return paragraphs;
    }

    /// Whether all matrices have the same words on a topic.
    private static boolean shared(List<ModelMatrix> matrices, Verdict.Statement statement) {
        return matrices.stream()
                .map(matrix -> matrix.verdict().about(statement.topic()).sentences())
                .allMatch(statement.sentences()::equals);
    }

    /// What the readers of the files remarked; each remark once, with how many matrices
    /// it is about.
    static List<Paragraph> notes(List<ModelMatrix> matrices) {
        var counts = new LinkedHashMap<String, Integer>();
        matrices.forEach(matrix -> matrix.notes().forEach(note -> counts.merge(note, 1, Integer::sum)));
        if (counts.isEmpty()) {
            return List.of();
        }
        var words = new ArrayList<String>();
        counts.forEach((note, count) -> words.add(
                note.replaceAll("\\.$", "") + (matrices.size() > 1 ? " (%s).".formatted(matrices(count)) : ".")));
        return List.of(new Paragraph("Notes.", String.join(" ", words)));
    }

    private static String family(List<ModelMatrix> members) {
        return "Mean squared overlap times width: %s as they are%s; %s centred%s (random directions: 1, Welch's bound: %s; %s). By the norms, %s."
                .formatted(
                        range(
                                members,
                                matrix -> ModelFigures.raw(matrix)
                                        * matrix.geometry().width()),
                        falling(members, ModelFigures::raw),
                        range(
                                members,
                                matrix -> ModelFigures.centred(matrix)
                                        * matrix.geometry().width()),
                        falling(members, ModelFigures::centred),
                        range(
                                members,
                                matrix -> ModelFigures.welch(matrix)
                                        * matrix.geometry().width()),
                        matrices(members.size()),
                        String.join(
                                "; ",
                                members.stream()
                                        .map(ModelWords::regime)
                                        .distinct()
                                        .toList()));
    }

    private static String matrices(int count) {
        return count == 1 ? "one matrix" : count + " matrices";
    }

    private static String falling(List<ModelMatrix> members, ToDoubleFunction<ModelMatrix> measure) {
        return ModelFigures.trend(members, measure)
                .map(trend -> ", going as width^" + Words.withError(trend.exponent(), trend.standardError()))
                .orElse("");
    }

    private static String regime(ModelMatrix matrix) {
        return switch (matrix.geometry().regime()) {
            case NONE -> "no superposition: a dimension for every row";
            case WEAK -> "weak superposition: about as many rows are represented as there are dimensions";
            case MIXED -> "between weak and strong superposition";
            case STRONG -> "strong superposition: nearly all rows are represented";
        };
    }

    private static String range(List<ModelMatrix> members, ToDoubleFunction<ModelMatrix> measure) {
        return Words.range(members.stream().mapToDouble(measure));
    }
}
