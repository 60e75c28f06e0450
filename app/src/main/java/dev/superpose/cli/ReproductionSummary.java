package dev.superpose.cli;

import dev.superpose.reproduction.Findings;
import dev.superpose.reproduction.Findings.Tally;
import dev.superpose.reproduction.Item;
import dev.superpose.reproduction.Measured;
import dev.superpose.result.Json;
import dev.superpose.result.Provenance;
import dev.superpose.study.Scale;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// `summary.json` of a reproduction; the single points are in `items.csv`. The keys are a contract.
record ReproductionSummary(
        String scale, ReproduceCommand.Trainings trainings, List<OfFigure> figures, Provenance provenance) {

    static ReproductionSummary of(
            List<Findings> findings, Scale scale, ReproduceCommand.Trainings trainings, Provenance provenance) {
        return new ReproductionSummary(
                scale.word(), trainings, findings.stream().map(OfFigure::of).toList(), provenance);
    }

    String toJson() {
        return Json.write(this);
    }

    record OfFigure(
            String figure,
            String title,
            int items,
            int reproduced,
            int differs,
            int cannotTell,
            List<OfQuantity> quantities,
            List<Statement> statements) {
        static OfFigure of(Findings found) {
            Tally tally = found.tally();
            return new OfFigure(
                    found.figure().word(),
                    found.figure().title(),
                    tally.items(),
                    tally.reproduced(),
                    tally.differs(),
                    tally.cannotTell(),
                    found.tallies().stream().map(OfQuantity::of).toList(),
                    found.statements().stream().map(Statement::of).toList());
        }
    }

    record OfQuantity(String quantity, String rule, int items, int reproduced, int differs, int cannotTell) {
        static OfQuantity of(Tally tally) {
            return new OfQuantity(
                    tally.quantity(),
                    tally.rule(),
                    tally.items(),
                    tally.reproduced(),
                    tally.differs(),
                    tally.cannotTell());
        }
    }

    /// A target or a claim.
    ///
    /// @param ours null where nothing was run for it
    /// @param stated what was asked or claimed
    record Statement(
            String kind,
            String statement,
            String verdict,
            @Nullable Double ours,
            double stated,
            String rule,
            String why) {
        static Statement of(Item item) {
            return new Statement(
                    item.subject().kind().name().toLowerCase(Locale.ROOT),
                    item.subject().quantity(),
                    item.verdict().words(),
                    item.ours().map(Measured::value).orElse(null),
                    item.published().value(),
                    item.rule(),
                    item.why());
        }
    }
}
