package dev.superpose.report;

import dev.superpose.report.HtmlReport.Fact;
import dev.superpose.report.HtmlReport.Listing;
import dev.superpose.report.HtmlReport.Paragraph;
import dev.superpose.report.HtmlReport.Section;
import dev.superpose.reproduction.Findings;
import dev.superpose.reproduction.Findings.Tally;
import dev.superpose.reproduction.Item;
import dev.superpose.reproduction.Measured;
import dev.superpose.reproduction.PaperFigure;
import dev.superpose.reproduction.UnrepresentedLosses;
import dev.superpose.reproduction.Verdict;
import dev.superpose.result.Provenance;
import dev.superpose.result.Table;
import dev.superpose.result.Table.Column;
import dev.superpose.study.JobResult;
import dev.superpose.study.JobResult.Trained;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// The report of a reproduction: for each figure of the paper ours beside the published one, the
/// verdicts, and what is seen.
///
/// @param findings figure by figure
/// @param trainings the finished trainings behind each figure
/// @param unrepresented what their weights say of weak models
/// @param small those of the geometry of few features, with their weights
/// @param scale at which the studies were asked for, in words
/// @param missing how many trainings of that scale are not done
/// @param command the command line that makes the report again
/// @param provenance this program on this machine, and the studies' files
public record ReproductionReport(
        List<Findings> findings,
        Map<PaperFigure, List<JobResult>> trainings,
        UnrepresentedLosses unrepresented,
        List<Trained> small,
        String scale,
        int missing,
        String command,
        Provenance provenance) {
    private static final String PAPER =
            "Liu, Liu and Gore, \"Superposition Yields Robust Neural Scaling\", NeurIPS 2025, arXiv 2505.10465 v4";

    /// Takes copies.
    public ReproductionReport {
        findings = List.copyOf(findings);
        trainings = Map.copyOf(trainings);
        small = List.copyOf(small);
    }

    /// Writes `report.html` and its figures into `folder`; each file is there whole or not at all.
    ///
    /// @return the page
    public Path write(Path folder, boolean png) throws IOException {
        return ReportFiles.write(page(), folder, png);
    }

    /// The page, its figures not yet drawn.
    HtmlReport page() {
        return new HtmlReport(
                "The published study, reproduced",
                "%s; trainings at scale %s".formatted(PAPER, scale),
                introduction(),
                Optional.of(overview(findings)),
                List.of(),
                findings.stream().map(this::section).toList(),
                facts());
    }

    private List<Paragraph> introduction() {
        var paragraphs = new ArrayList<Paragraph>();
        long items = findings.stream().mapToInt(found -> found.tally().items()).sum();
        paragraphs.add(new Paragraph(
                "%,d items.".formatted(items),
                ("%,d reproduced, %,d differ, of %,d it cannot be told, %,d of them because nothing of that setting was"
                                + " trained. The paper's values are single trainings read off its figures, ours have the seeds"
                                + " that are stated; each item names the rule it is judged by. A statement is a sentence of"
                                + " the paper, or a question beyond it, held against our numbers.")
                        .formatted(
                                count(item -> item.verdict() == Verdict.REPRODUCED),
                                count(item -> item.verdict() == Verdict.DIFFERS),
                                count(item -> item.verdict() == Verdict.CANNOT_TELL),
                                count(item -> item.verdict() == Verdict.CANNOT_TELL
                                        && item.ours().isEmpty()))));
        if (missing > 0) {
            paragraphs.add(new Paragraph(
                    "Not finished.",
                    "%,d trainings of this scale are missing; the verdicts are those of the rest. Without --no-run the command does them."
                            .formatted(missing)));
        }
        for (Item target : statements(Item.Kind.TARGET)) {
            paragraphs.add(new Paragraph(
                    sign(target.verdict()) + " " + capital(target.subject().quantity()) + ".", target.why()));
        }
        return paragraphs;
    }

    private long count(Predicate<Item> which) {
        return findings.stream()
                .flatMap(found -> found.items().stream())
                .filter(which)
                .count();
    }

    private List<Item> statements(Item.Kind kind) {
        return findings.stream()
                .flatMap(found -> found.statements().stream())
                .filter(item -> item.subject().kind() == kind)
                .toList();
    }

    /// One row for each figure: how its items came out.
    public static Table overview(List<Findings> findings) {
        var rows = new ArrayList<List<Table.Cell>>();
        for (Findings found : findings) {
            Tally tally = found.tally();
            rows.add(Table.row(
                    found.figure().label(),
                    found.figure().title(),
                    tally.items(),
                    tally.reproduced(),
                    tally.differs(),
                    tally.cannotTell()));
        }
        return new Table(
                List.of(
                        Column.text("figure"),
                        Column.text("what"),
                        Column.whole("items", ""),
                        Column.whole("reproduced", ""),
                        Column.whole("differs", ""),
                        Column.whole("cannot_be_told", "")),
                rows);
    }

    private Section section(Findings found) {
        var figure = found.figure();
        var runs = trainings.getOrDefault(figure, List.of());
        var figures = new ArrayList<Figure>(
                figure == PaperFigure.GEOMETRY
                        ? GeometryFigures.of(small, command)
                        : PaperFigures.of(figure, runs, unrepresented, command));
        AgreementFigure.of(found, command).ifPresent(figures::add);
        var tables = new ArrayList<Listing>();
        if (!found.statements().isEmpty()) {
            tables.add(new Listing(
                    figure.isPublished() ? "What the paper says, and what was asked" : "What was asked",
                    false,
                    statements(found)));
        }
        if (!found.tallies().isEmpty()) {
            tables.add(new Listing("Points and fits", false, tallies(found)));
            tables.add(new Listing("Every point and fit", true, points(found)));
        }
        return new Section(figure.word(), figure.label(), heading(figure), List.of(), figures, tables);
    }

    private static String heading(PaperFigure figure) {
        return "%s: %s"
                .formatted(
                        figure.isPublished() ? figure.label() : "Beyond the paper, " + figure.word(), figure.title());
    }

    private static Table statements(Findings found) {
        return new Table(
                List.of(
                        Column.text("statement"),
                        Column.text("verdict"),
                        Column.text("ours"),
                        Column.text("stated"),
                        Column.text("what is seen")),
                found.statements().stream()
                        .map(item -> Table.row(
                                capital(item.subject().quantity()),
                                told(item.verdict()),
                                ours(item),
                                stated(item),
                                item.why()))
                        .toList());
    }

    private static Table tallies(Findings found) {
        return new Table(
                List.of(
                        Column.text("what"),
                        Column.text("rule"),
                        Column.whole("items", ""),
                        Column.whole("reproduced", ""),
                        Column.whole("differs", ""),
                        Column.whole("cannot_be_told", "")),
                found.tallies().stream()
                        .map(tally -> Table.row(
                                capital(tally.quantity()),
                                tally.rule(),
                                tally.items(),
                                tally.reproduced(),
                                tally.differs(),
                                tally.cannotTell()))
                        .toList());
    }

    private static Table points(Findings found) {
        return new Table(
                List.of(
                        Column.text("what"),
                        Column.text("setting"),
                        Column.text("ours"),
                        Column.text("published"),
                        Column.text("verdict"),
                        Column.text("training"),
                        Column.text("why")),
                found.items().stream()
                        .filter(item -> item.subject().kind() == Item.Kind.POINT
                                || item.subject().kind() == Item.Kind.FIT)
                        .map(item -> Table.row(
                                item.subject().quantity(),
                                item.subject().setting(),
                                ours(item),
                                Words.withError(
                                        item.published().value(),
                                        item.published().standardError()),
                                told(item.verdict()),
                                item.ours().map(ReproductionReport::training).orElse("–"),
                                item.why()))
                        .toList());
    }

    private static String stated(Item item) {
        return Double.isNaN(item.published().value())
                ? "–"
                : Words.withError(item.published().value(), Double.NaN);
    }

    private static String ours(Item item) {
        return item.ours()
                .map(ours -> Words.withError(ours.value(), ours.standardError()))
                .orElse("–");
    }

    private static String training(Measured ours) {
        return ours.seeds() == 0
                ? ours.training().label()
                : "%s, %d %s".formatted(ours.training().label(), ours.seeds(), ours.seeds() == 1 ? "seed" : "seeds");
    }

    /// A verdict with a sign that tells it without colour.
    private static String told(Verdict verdict) {
        return sign(verdict) + " " + verdict.words();
    }

    private static String sign(Verdict verdict) {
        return switch (verdict) {
            case REPRODUCED -> "✓";
            case DIFFERS -> "≠";
            case CANNOT_TELL -> "?";
        };
    }

    private static String capital(String words) {
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    private List<Fact> facts() {
        var facts = new ArrayList<Fact>();
        facts.add(new Fact("made again by", command));
        facts.add(new Fact("published values", PAPER + ", read off its figures"));
        facts.addAll(ReportFiles.facts(provenance));
        return facts;
    }
}
