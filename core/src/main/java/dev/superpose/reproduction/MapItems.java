package dev.superpose.reproduction;

import dev.superpose.published.PublishedToy;
import dev.superpose.published.ToySetting;
import java.util.List;

/// Figure 9: the exponents over ten gammas and 17 alphas, and how straight the lines of
/// figure 1 are.
final class MapItems {
    private MapItems() {}

    static List<Item> of(Evidence evidence) {
        var items = new ItemList(PaperFigure.FIG9);
        for (var exponent : PublishedToy.exponentMap()) {
            items.fit(
                    "exponent",
                    exponent.setting(),
                    evidence.curve(exponent.setting(), ToySetting.WIDTHS).map(curve -> curve.exponent(0)),
                    new Reference(exponent.exponent(), Double.NaN, exponent.readingError()),
                    new Rule.TwoErrors());
        }
        LargeItems.straightness(items, evidence);
        return items.items();
    }
}
