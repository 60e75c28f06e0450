package dev.superpose.reproduction;

import dev.superpose.reproduction.Item.Kind;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;

/// What was found about one figure.
///
/// @param figure which
/// @param items its points first, then fits, targets and claims
public record Findings(PaperFigure figure, List<Item> items) {
    public Findings {
        items = List.copyOf(items);
    }

    /// How the items of one quantity of a figure came out.
    ///
    /// @param quantity in words, such as `test loss`
    /// @param rule when ours and the published value count as the same
    /// @param reproduced how many items agree
    /// @param differs how many do not
    /// @param cannotTell of how many neither can be said
    public record Tally(String quantity, String rule, int reproduced, int differs, int cannotTell) {
        /// How many items there are.
        public int items() {
            return reproduced + differs + cannotTell;
        }

        private Tally with(Verdict verdict) {
            return switch (verdict) {
                case REPRODUCED -> new Tally(quantity, rule, reproduced + 1, differs, cannotTell);
                case DIFFERS -> new Tally(quantity, rule, reproduced, differs + 1, cannotTell);
                case CANNOT_TELL -> new Tally(quantity, rule, reproduced, differs, cannotTell + 1);
            };
        }
    }

    /// The findings about `figures`, in the order of the paper.
    public static List<Findings> of(Evidence evidence, Collection<PaperFigure> figures) {
        return figures.stream()
                .distinct()
                .sorted()
                .map(figure -> new Findings(figure, items(figure, evidence)))
                .toList();
    }

    private static List<Item> items(PaperFigure figure, Evidence evidence) {
        return switch (figure) {
            case FIG1 -> LargeItems.of(evidence);
            case FIG3 -> PackingItems.represented(evidence);
            case FIG4 -> WeakItems.of(evidence);
            case FIG5 -> StrongItems.of(evidence);
            case FIG6 -> ModelItems.overlaps();
            case FIG8 -> ModelItems.losses();
            case FIG9 -> MapItems.of(evidence);
            case FIG14 -> DensityItems.of(evidence);
            case FIG16 -> PackingItems.strong(evidence);
            case FIG17 -> PackingItems.allRows(evidence);
            case FIG18 -> WideItems.of(evidence);
            case WALL -> WallItems.of(evidence);
            case CORRELATED -> CorrelatedItems.of(evidence);
            case GEOMETRY -> GeometryItems.of(evidence);
        };
    }

    /// The tally of all items.
    public Tally tally() {
        var all = new Tally(figure.word(), "", 0, 0, 0);
        for (var item : items) {
            all = all.with(item.verdict());
        }
        return all;
    }

    /// One tally for each quantity whose single points or fits are compared.
    public List<Tally> tallies() {
        var byQuantity = new LinkedHashMap<String, Tally>();
        for (var item : items) {
            if (item.subject().kind() == Kind.POINT || item.subject().kind() == Kind.FIT) {
                String quantity = item.subject().quantity();
                byQuantity.putIfAbsent(quantity, new Tally(quantity, item.rule(), 0, 0, 0));
                byQuantity.computeIfPresent(quantity, (_, tally) -> tally.with(item.verdict()));
            }
        }
        return List.copyOf(byQuantity.values());
    }

    /// The items that stand for many points or for a sentence of the paper: targets and claims.
    public List<Item> statements() {
        return items.stream()
                .filter(item ->
                        item.subject().kind() == Kind.TARGET || item.subject().kind() == Kind.CLAIM)
                .toList();
    }
}
