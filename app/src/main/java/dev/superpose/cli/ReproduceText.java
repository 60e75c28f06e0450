package dev.superpose.cli;

import dev.superpose.report.ReproductionReport;
import dev.superpose.reproduction.Findings;
import dev.superpose.reproduction.Item;
import dev.superpose.study.Scale;
import java.util.List;

/// What a reproduction found, as a person reads it on a terminal.
final class ReproduceText {
    private ReproduceText() {}

    /// How many items of each figure came out how, then the targets and the claims, a
    /// paragraph each.
    static String of(List<Findings> findings, Scale scale, ReproduceCommand.Trainings trainings) {
        var page = new TextPage();
        if (trainings.asked() > 0) {
            page.paragraph("%,d of %,d trainings at scale %s done%s"
                    .formatted(
                            trainings.asked() - trainings.missing(),
                            trainings.asked(),
                            scale.word(),
                            trainings.failed() == 0 ? "" : ", %,d failed".formatted(trainings.failed())));
            page.space();
        }
        var overview = ReproductionReport.overview(findings);
        page.table(overview.columns(), overview.rows());
        for (Findings found : findings) {
            var told = found.statements().stream()
                    .filter(item -> item.ours().isPresent())
                    .toList();
            if (!told.isEmpty()) {
                page.space();
            }
            for (Item item : told) {
                page.paragraph("%s: %s: %s. %s"
                        .formatted(
                                found.figure().word(),
                                item.subject().quantity(),
                                item.verdict().words(),
                                item.why()));
            }
        }
        return page.toString();
    }
}
