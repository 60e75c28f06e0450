package dev.superpose.reproduction;

import dev.superpose.published.PublishedStatements;
import dev.superpose.published.PublishedToy;
import dev.superpose.published.ToySetting;
import java.util.List;
import java.util.Optional;

/// Figure 18: widths from 50 to 150, where m²/2 exceeds n. The paper gives no numbers but
/// says what is seen.
final class WideItems {
    private static final int LEAST = 50;
    private static final int MOST = 150;
    private static final int ENOUGH = 4;
    private static final List<Double> ALPHAS = List.of(0.0, 0.5, 1.0, 1.25, 1.5, 1.75, 2.0);

    private WideItems() {}

    static List<Item> of(Evidence evidence) {
        var items = new ItemList(PaperFigure.FIG18);
        for (double alpha : ALPHAS) {
            var setting = ToySetting.small(alpha, 1, PublishedToy.STRONG_DECAY, MOST);
            var ours = evidence.curveWithin(setting, LEAST, MOST, ENOUGH).map(curve -> curve.exponent(0));
            if (alpha < 1.5) {
                items.fit("exponent", setting, ours, Reference.claimed(1), new Rule.TwoOwnErrors());
            } else {
                below(items, setting, ours);
            }
        }
        return items.items();
    }

    private static void below(ItemList items, ToySetting setting, Optional<Measured> ours) {
        double bound = PublishedStatements.claimedStrongExponent(setting.alpha());
        String statement = "exponent below 2 (alpha - 1), " + setting.labelAtAnyWidth();
        String rule = "below it, or above by at most two standard errors";
        if (ours.isEmpty()) {
            items.untested(statement, bound, rule);
            return;
        }
        var measured = ours.get();
        boolean below = measured.value() <= bound + 2 * measured.standardError();
        boolean unsettled = below && !measured.training().asPublished();
        items.claim(
                statement,
                ours,
                bound,
                rule,
                unsettled ? Verdict.CANNOT_TELL : below ? Verdict.REPRODUCED : Verdict.DIFFERS,
                "Ours is %s against %s.%s"
                        .formatted(
                                Sentences.withError(measured.value(), measured.standardError()),
                                bound,
                                unsettled
                                        ? " But it was trained for %s: wide models, which need the longest, may not have settled, and that alone lowers it."
                                                .formatted(measured.training().label())
                                        : ""));
    }
}
