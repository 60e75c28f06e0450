package dev.superpose.report;

import dev.superpose.plan.Beside;
import dev.superpose.plan.Hardware;
import dev.superpose.plan.Plan;
import dev.superpose.plan.Planner;
import dev.superpose.plan.ShapeCandidate;
import dev.superpose.plan.Waste;
import dev.superpose.report.HtmlReport.Fact;
import dev.superpose.report.HtmlReport.Paragraph;
import dev.superpose.result.Provenance;
import dev.superpose.result.Table;
import dev.superpose.result.Table.Column;
import dev.superpose.result.WholeFile;
import dev.superpose.runs.Quantity;
import dev.superpose.scaling.Fit;
import dev.superpose.scaling.IsoFlops;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The report of a plan: what to train, how flat the optimum is, what other rules say, what
/// it costs.
///
/// @param answer what was planned
/// @param command the command line that makes the report again
/// @param provenance this program on this machine, and the table if there was one
public record PlanReport(Answer answer, String command, Provenance provenance) {
    /// All that was planned.
    ///
    /// @param planner by whose law
    /// @param origin of the law, in words
    /// @param plan the best plan
    /// @param hardware what it runs on
    /// @param beside what rules recommend for the same compute
    /// @param proposal what the user proposed
    /// @param shapes that can be built, the nearest first
    /// @param fit of the law; empty for a published one
    /// @param isoFlops parabolas through the runs (Approach 2); empty where the runs have none
    /// @param notes what a reader should know
    public record Answer(
            Planner planner,
            String origin,
            Plan plan,
            Hardware hardware,
            List<Beside> beside,
            Optional<Waste> proposal,
            List<ShapeCandidate> shapes,
            Optional<Fit.Fitted> fit,
            Optional<IsoFlops.Found> isoFlops,
            List<String> notes) {
        public Answer {
            beside = List.copyOf(beside);
            shapes = List.copyOf(shapes);
            notes = List.copyOf(notes);
        }
    }

    /// Writes the page to `file`, which is there whole or not at all.
    public void write(Path file) throws IOException {
        HtmlReport page = page();
        WholeFile.write(file, page.html(ReportFiles.draw(page.figures())));
    }

    /// The page, its figures not yet drawn.
    HtmlReport page() {
        var figures = new ArrayList<Figure>();
        figures.add(PlanFigures.basin(answer, command));
        figures.add(PlanFigures.overCompute(answer, command));
        answer.isoFlops.ifPresent(flops -> answer.fit.ifPresent(
                fit -> figures.add(IsoFlopFigure.of(flops, fit.runs(), Quantity.PARAMETERS, command))));
        var facts = new ArrayList<Fact>();
        facts.add(new Fact("made again by", command));
        facts.add(new Fact("law", answer.origin));
        facts.addAll(ReportFiles.facts(provenance));
        return new HtmlReport(
                "A plan for %s FLOPs".formatted(Sized.brief(answer.plan.compute())),
                answer.origin,
                conclusions(),
                Optional.of(table()),
                figures,
                facts);
    }

    private List<Paragraph> conclusions() {
        var best = answer.plan.best();
        var paragraphs = new ArrayList<Paragraph>();
        paragraphs.add(new Paragraph(
                "Plan.",
                "Train %s parameters on %s tokens (%s tokens per parameter) for a loss of %s."
                        .formatted(
                                Sized.brief(best.parameters()),
                                Sized.brief(best.tokens()),
                                Table.brief(best.ratio()),
                                Table.brief(best.loss()))));
        answer.plan
                .spread()
                .ifPresent(spread -> paragraphs.add(new Paragraph(
                        "How well it is known.",
                        "N from %s to %s, loss from %s to %s (%s %% of the draws of the law, %s, %d draws). Not knowing the law better costs up to %s %% of the loss."
                                .formatted(
                                        Sized.brief(spread.parameters().low()),
                                        Sized.brief(spread.parameters().high()),
                                        Table.brief(spread.loss().low()),
                                        Table.brief(spread.loss().high()),
                                        Table.brief(100 * spread.parameters().level()),
                                        spread.method(),
                                        spread.draws(),
                                        Words.number(
                                                Sized.percent(spread.regret().high()))))));
        answer.plan
                .basins()
                .forEach(basin -> paragraphs.add(new Paragraph(
                        "Within %s %%:".formatted(Words.number(Sized.percent(basin.tolerance()))),
                        "every N from %s to %s has a loss within %s %% of the least."
                                .formatted(
                                        Sized.brief(basin.lowParameters()),
                                        Sized.brief(basin.highParameters()),
                                        Words.number(Sized.percent(basin.tolerance()))))));
        answer.notes.forEach(note -> paragraphs.add(new Paragraph("Note:", Words.sentence(note))));
        return paragraphs;
    }

    /// The plan, the proposal and the rules: N, D, loss and what they waste.
    private Table table() {
        var rows = new ArrayList<List<Table.Cell>>();
        var best = answer.plan.best();
        rows.add(Table.row(
                "best",
                Sized.brief(best.parameters()),
                Sized.brief(best.tokens()),
                best.ratio(),
                best.loss(),
                0.0,
                0.0));
        answer.proposal.ifPresent(waste -> rows.add(row("proposed", waste)));
        answer.beside.forEach(rule -> rows.add(row(rule.name(), rule.waste())));
        answer.shapes.stream()
                .limit(3)
                .forEach(shape -> rows.add(Table.row(
                        "width %d, depth %d, %d heads"
                                .formatted(
                                        shape.shape().width(),
                                        shape.shape().depth(),
                                        shape.shape().heads()),
                        Sized.brief(shape.parameters()),
                        Sized.brief(shape.tokens()),
                        shape.tokens() / shape.parameters(),
                        shape.loss(),
                        Sized.percent(shape.cost()),
                        Double.NaN)));
        return new Table(
                List.of(
                        Column.text("what"),
                        Column.text("parameters"),
                        Column.text("tokens"),
                        Column.real("tokens per parameter", ""),
                        Column.real("loss", ""),
                        Column.real("above the least", "%"),
                        Column.real("compute wasted", "%")),
                rows);
    }

    private static List<Table.Cell> row(String what, Waste waste) {
        var choice = waste.proposal();
        return Table.row(
                what,
                Sized.brief(choice.parameters()),
                Sized.brief(choice.tokens()),
                choice.ratio(),
                choice.loss(),
                Sized.percent(waste.excess()),
                Sized.percent(waste.share()));
    }
}
