package dev.superpose.reproduction;

import dev.superpose.published.ToySetting;
import dev.superpose.published.ToyValue;
import dev.superpose.reproduction.Item.Kind;
import dev.superpose.reproduction.Item.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// The items of one figure while they are put together, in the order they are to be read.
final class ItemList {
    private final PaperFigure figure;
    private final List<Item> items = new ArrayList<>();

    ItemList(PaperFigure figure) {
        this.figure = figure;
    }

    List<Item> items() {
        return List.copyOf(items);
    }

    /// One point of a figure.
    void point(String quantity, ToyValue published, Optional<Measured> ours, Rule rule) {
        items.add(Item.compare(
                new Subject(figure, Kind.POINT, quantity, published.setting().label()),
                ours,
                new Reference(published.value(), Double.NaN, published.readingError()),
                rule));
    }

    /// A line through points of one setting, whatever their width.
    void fit(String quantity, ToySetting setting, Optional<Measured> ours, Reference published, Rule rule) {
        fit(quantity, setting.labelAtAnyWidth(), ours, published, rule);
    }

    void fit(String quantity, String setting, Optional<Measured> ours, Reference published, Rule rule) {
        items.add(Item.compare(new Subject(figure, Kind.FIT, quantity, setting), ours, published, rule));
    }

    /// A published point that no verdict can rest on.
    void artefact(String quantity, ToyValue published, Optional<Measured> ours, Rule rule, String why) {
        items.add(new Item(
                new Subject(figure, Kind.POINT, quantity, published.setting().label()),
                ours,
                new Reference(published.value(), Double.NaN, published.readingError()),
                rule.words(),
                Verdict.CANNOT_TELL,
                why));
    }

    /// How many of the items so far that `counts` are as near as `rule` asks, against the share
    /// that was named before.
    void target(String quantity, Predicate<Item> counts, Rule rule, double share) {
        target(quantity, counts, rule, share, "");
    }

    /// The same, with what a reader should know of the share that was named.
    void target(String quantity, Predicate<Item> counts, Rule rule, double share, String remark) {
        List<Item> counted = items.stream().filter(counts).toList();
        List<Item> run = asPublished(counted);
        long agree = agreeing(run, rule);
        long needed = (long) Math.ceil(share * run.size() - 1e-9);
        var verdict = run.isEmpty() ? Verdict.CANNOT_TELL : agree >= needed ? Verdict.REPRODUCED : Verdict.DIFFERS;
        String why = run.isEmpty()
                ? "None of the %,d points was run as published.".formatted(counted.size())
                : "%,d of %,d agree, %,d were asked%s. %s%s"
                        .formatted(
                                agree,
                                run.size(),
                                needed,
                                run.size() < counted.size()
                                        ? "; %,d of %,d points were run as published"
                                                .formatted(run.size(), counted.size())
                                        : "",
                                Sentences.meanDifference(run),
                                remark.isEmpty() ? "" : " " + remark);
        items.add(new Item(
                new Subject(figure, Kind.TARGET, quantity, ""),
                run.isEmpty() ? Optional.empty() : Optional.of(Measured.computed((double) agree, Double.NaN)),
                Reference.claimed((double) needed),
                rule.words(),
                verdict,
                why));
    }

    /// How many of the items so far that `counts` are as near as `rule` asks, in words; empty if
    /// none was run as published.
    ///
    /// @param where what sets them apart
    String agreement(String where, Predicate<Item> counts, Rule rule) {
        List<Item> run = asPublished(items.stream().filter(counts).toList());
        return run.isEmpty() ? "" : " %s, %,d of %,d agree.".formatted(where, agreeing(run, rule), run.size());
    }

    private static List<Item> asPublished(List<Item> items) {
        return items.stream()
                .filter(item -> item.ours()
                        .filter(ours -> ours.training().asPublished())
                        .isPresent())
                .toList();
    }

    private static long agreeing(List<Item> items, Rule rule) {
        return items.stream().filter(item -> item.isWithin(rule)).count();
    }

    /// What the paper says in words, and whether our numbers bear it out.
    void claim(String statement, Optional<Measured> ours, double claimed, String rule, Verdict verdict, String why) {
        items.add(new Item(
                new Subject(figure, Kind.CLAIM, statement, ""), ours, Reference.claimed(claimed), rule, verdict, why));
    }

    /// A statement that nothing was run for.
    void untested(String statement, double claimed, String rule) {
        claim(statement, Optional.empty(), claimed, rule, Verdict.CANNOT_TELL, Item.NO_TELLING);
    }
}
