package dev.superpose.reproduction;

import java.util.Optional;

/// One figure's value or one sentence of the paper, ours beside it.
///
/// @param subject what is compared
/// @param ours empty where it was not run
/// @param published what it is compared with
/// @param rule when the two count as the same, in words
/// @param verdict what came of it
/// @param why one sentence
public record Item(
        Subject subject, Optional<Measured> ours, Reference published, String rule, Verdict verdict, String why) {

    /// Why nothing can be told where there is no training to compare.
    static final String NOT_RUN = "No training of this setting is there.";

    /// Of a statement: there may be trainings, but too few, too short or of too few widths.
    static final String NO_TELLING = "No training that could tell is there.";

    /// What kind of thing is compared.
    public enum Kind {
        /// One point of a figure.
        POINT,
        /// A line through points: an exponent, or how well it fits.
        FIT,
        /// How many of a figure's points agree, against a share that was named before.
        TARGET,
        /// What the paper says in words of its figures.
        CLAIM
    }

    /// What is compared.
    ///
    /// @param figure where it stands
    /// @param kind what kind of thing it is
    /// @param quantity in words, such as `test loss`
    /// @param setting in words, such as `alpha 1, gamma -0.556, m 63`; empty where it is of the
    ///     whole figure
    public record Subject(PaperFigure figure, Kind kind, String quantity, String setting) {}

    /// Compares `ours` with `published` by `rule`.
    public static Item compare(Subject subject, Optional<Measured> ours, Reference published, Rule rule) {
        return compare(subject, ours, published, rule, "");
    }

    /// The same, with what is known of why they may differ.
    ///
    /// @param cause a sentence that is added where they do; may be empty
    public static Item compare(Subject subject, Optional<Measured> ours, Reference published, Rule rule, String cause) {
        var judgement = ours.map(measured -> judge(measured, published, rule, cause))
                .orElse(new Judgement(Verdict.CANNOT_TELL, NOT_RUN));
        return new Item(subject, ours, published, rule.words(), judgement.verdict(), judgement.why());
    }

    private record Judgement(Verdict verdict, String why) {}

    private static Judgement judge(Measured ours, Reference published, Rule rule, String cause) {
        boolean asPublished = ours.training().asPublished();
        if (rule.needsPublishedTraining() && !asPublished) {
            return new Judgement(
                    Verdict.CANNOT_TELL,
                    "Trained for %s: not as published, so that levels cannot be compared."
                            .formatted(ours.training().label()));
        }
        double allowed = rule.allowed(ours, published);
        if (Double.isNaN(allowed)) {
            return new Judgement(Verdict.CANNOT_TELL, "Ours has no error to judge it by.");
        }
        boolean agree = Math.abs(ours.value() - published.value()) <= allowed;
        if (agree && rule.isBlunt(ours, published)) {
            return new Judgement(
                    Verdict.CANNOT_TELL, "They agree, but so would values half or one and a half times as large.");
        }
        String apart = Sentences.apart(ours, published, allowed);
        if (agree) {
            return new Judgement(Verdict.REPRODUCED, apart);
        }
        if (!asPublished) {
            return new Judgement(Verdict.CANNOT_TELL, apart + " The other training may be why.");
        }
        return new Judgement(Verdict.DIFFERS, cause.isEmpty() ? apart : apart + " " + cause);
    }

    /// Whether the two are as near as the rule asks, whatever else stands in the way of a verdict;
    /// false where it was not run.
    public boolean isWithin(Rule by) {
        return ours.map(measured -> Math.abs(measured.value() - published.value()) <= by.allowed(measured, published))
                .orElse(false);
    }
}
