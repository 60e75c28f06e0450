package dev.superpose.reproduction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.superpose.reproduction.Item.Kind;
import dev.superpose.reproduction.Item.Subject;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ItemTest {
    private static final Subject SUBJECT = new Subject(PaperFigure.FIG5, Kind.FIT, "exponent", "alpha 1");
    private static final Training AS_PUBLISHED = new Training(true, "as published", 40_960_000);
    private static final Training SHORTER = new Training(false, "2,000 steps of 512", 1_024_000);

    /// 3-4-5: combined errors of 0.03, 0.04 and no error of reading are 0.05, so that 0.1
    /// is allowed.
    @ParameterizedTest
    @CsvSource({
        "1.099, REPRODUCED",
        "1.101, DIFFERS",
        "0.901, REPRODUCED",
        "0.899, DIFFERS",
        "1.0, REPRODUCED",
    })
    void exponentsMayBeTwoCombinedErrorsApart(double ours, Verdict expected) {
        var item = Item.compare(
                SUBJECT,
                Optional.of(new Measured(ours, 0.03, Double.NaN, 1, AS_PUBLISHED)),
                new Reference(1, 0.04, 0),
                new Rule.TwoErrors());
        assertThat(item.verdict()).isEqualTo(expected);
    }

    @Test
    void errorOfReadingAddsToTheOthers() {
        var ours = new Measured(1, 0.02, Double.NaN, 1, AS_PUBLISHED);
        assertThat(new Rule.TwoErrors().allowed(ours, new Reference(1, 0.03, 0.06)))
                .isEqualTo(2 * 0.07, within(1e-12));
    }

    @Test
    void exponentWithoutAPublishedErrorCountsAsKnownAsWellAsOurs() {
        var ours = new Measured(1, 0.05, Double.NaN, 1, AS_PUBLISHED);
        assertThat(new Rule.TwoErrors().allowed(ours, new Reference(1, Double.NaN, 0)))
                .isEqualTo(2 * Math.sqrt(2) * 0.05, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({"0.549, REPRODUCED", "0.551, DIFFERS", "0.451, REPRODUCED", "0.449, DIFFERS"})
    void sharesMayBeAFixedDistanceApart(double ours, Verdict expected) {
        assertThat(compare(ours, Double.NaN, AS_PUBLISHED, 0.5, new Rule.Within(0.05))
                        .verdict())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"2.099, REPRODUCED", "2.101, DIFFERS", "1.901, REPRODUCED", "1.899, DIFFERS"})
    void lossesMayBeAShareApart(double ours, Verdict expected) {
        assertThat(compare(ours, Double.NaN, AS_PUBLISHED, 2, new Rule.WithinShare(0.05))
                        .verdict())
                .isEqualTo(expected);
    }

    /// Two seeds that scatter by 0.2 allow 2 · 0.2 · √1.5 = 0.49 where the share allows 0.2.
    @ParameterizedTest
    @CsvSource({"0.2, 2.48, REPRODUCED", "0.2, 2.5, DIFFERS", "0.01, 2.19, REPRODUCED", "0.01, 2.21, DIFFERS"})
    void scatterOfSeedsAllowsMoreThanTheShare(double scatter, double ours, Verdict expected) {
        assertThat(compare(ours, scatter, AS_PUBLISHED, 2, new Rule.WithinShareOrScatter(0.1))
                        .verdict())
                .isEqualTo(expected);
    }

    @Test
    void levelsOfAnotherTrainingCannotBeCompared() {
        var item = compare(2, Double.NaN, SHORTER, 2, new Rule.WithinShare(0.05));
        assertThat(item.verdict()).isEqualTo(Verdict.CANNOT_TELL);
        assertThat(item.why()).contains("2,000 steps of 512", "levels cannot be compared");
    }

    @Test
    void slopesOfAnotherTrainingAreComparedAndLabelled() {
        var item = Item.compare(
                SUBJECT,
                Optional.of(new Measured(1.05, 0.05, Double.NaN, 1, SHORTER)),
                new Reference(1, 0.05, 0),
                new Rule.TwoErrors());
        assertThat(item.verdict()).isEqualTo(Verdict.REPRODUCED);
        assertThat(item.why()).contains("trained for 2,000 steps of 512");
    }

    @Test
    void slopeOfAnotherTrainingThatDiffersCannotBeTold() {
        var item = Item.compare(
                SUBJECT,
                Optional.of(new Measured(0.7, 0.05, Double.NaN, 1, SHORTER)),
                new Reference(1, 0.05, 0),
                new Rule.TwoErrors());
        assertThat(item.verdict()).isEqualTo(Verdict.CANNOT_TELL);
        assertThat(item.why()).startsWith("Lower by 0.3").endsWith("The other training may be why.");
    }

    @Test
    void whatWasNotRunCannotBeTold() {
        var item = Item.compare(SUBJECT, Optional.empty(), new Reference(1, 0.05, 0), new Rule.TwoErrors());
        assertThat(item.verdict()).isEqualTo(Verdict.CANNOT_TELL);
        assertThat(item.why()).isEqualTo("No training of this setting is there.");
        assertThat(item.isWithin(new Rule.TwoErrors())).isFalse();
    }

    @Test
    void agreementThatWouldHoldOfAnyValueIsNone() {
        var blunt = Item.compare(
                SUBJECT,
                Optional.of(new Measured(1.1, 0.3, Double.NaN, 1, AS_PUBLISHED)),
                new Reference(1, 0.3, 0),
                new Rule.TwoErrors());
        assertThat(blunt.verdict()).isEqualTo(Verdict.CANNOT_TELL);
        assertThat(blunt.isWithin(new Rule.TwoErrors())).isTrue();
    }

    @Test
    void slopeThroughTwoPointsHasNoErrorToJudgeBy() {
        var item = Item.compare(
                SUBJECT,
                Optional.of(new Measured(1, Double.NaN, Double.NaN, 1, AS_PUBLISHED)),
                new Reference(1, 0.05, 0),
                new Rule.TwoErrors());
        assertThat(item.verdict()).isEqualTo(Verdict.CANNOT_TELL);
        assertThat(item.why()).contains("no error");
    }

    @Test
    void differenceIsToldWithItsSizeAndItsCause() {
        var item = Item.compare(
                SUBJECT,
                Optional.of(new Measured(0.9, 0.01, Double.NaN, 1, AS_PUBLISHED)),
                new Reference(1.2, 0.01, 0),
                new Rule.TwoErrors(),
                "One seed.");
        assertThat(item.why()).isEqualTo("Lower by 0.3 (25 %), 10.6 times the 0.0283 allowed. One seed.");
    }

    @Test
    void measuredValueIsANumber() {
        assertThatThrownBy(() -> Measured.computed(Double.NaN, 0)).hasMessageContaining("is a number");
    }

    private static Item compare(double ours, double scatter, Training training, double published, Rule rule) {
        return Item.compare(
                SUBJECT,
                Optional.of(new Measured(ours, Double.NaN, scatter, Double.isNaN(scatter) ? 1 : 2, training)),
                new Reference(published, Double.NaN, 0),
                rule);
    }
}
