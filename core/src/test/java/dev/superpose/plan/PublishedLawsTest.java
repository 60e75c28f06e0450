package dev.superpose.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PublishedLawsTest {

    @Test
    void everyLawPlansAndNamesItsSource() {
        assertThat(PublishedLaws.laws()).allSatisfy(law -> {
            assertThat(law.source()).contains("arXiv ").contains(Integer.toString(law.year()));
            assertThat(law.note()).isNotBlank();
            assertThat(PublishedLaws.find(law.name())).contains(law);
            assertThat(Planner.of(law.law()).plan(1e22)).isInstanceOf(Plan.class);
        });
        assertThat(PublishedLaws.find("nobody-1900")).isEmpty();
    }

    /// Muennighoff et al. 2023, appendix A: L = 521 / N^.353 + 1488 / D^.353 + 1.87, and N = .051 D
    /// at the optimum.
    @Test
    void muennighoffsLawHasItsPrintedNumbers() {
        var law = PublishedLaws.find("muennighoff-2023").orElseThrow().law();
        assertThat(law.parameter("A")).isCloseTo(521, within(0.5));
        assertThat(law.parameter("B")).isCloseTo(1488, within(0.5));
        assertThat(law.parameter("E")).isCloseTo(1.87, within(0.005));
        assertThat(law.parameter("alpha")).isCloseTo(0.353, within(0.0005));
        var best = ((Plan) Planner.of(law).plan(1e22)).best();
        assertThat(1 / best.ratio()).isCloseTo(0.051, within(0.0005));
    }

    /// A refit of Llama 3's isoFLOP points recommends 16.10T tokens at 3.8e25 FLOPs (the paper,
    /// rounded, 16.55T).
    @Test
    void llamasRuleGivesItsTokens() {
        var rule = PublishedLaws.rules().getFirst();
        assertThat(rule.at(3.8e25)).isCloseTo(16.1e12, within(0.05e12));
    }

    /// DeepSeek LLM, eq. 4: model scale .1715 C^.5243 and data 5.8316 C^.4757 multiply to C.
    @Test
    void deepSeeksRuleSpendsTheBudget() {
        var rule = PublishedLaws.rules().get(1);
        assertThat(rule.at(1e21) * 0.1715 * Math.pow(1e21, 0.5243) / 1e21).isCloseTo(1, within(1e-3));
    }

    /// Kaplan et al. 2020, table 6: 1.3e9 parameters for a petaflop-day.
    @Test
    void kaplansRuleIsInPetaflopDays() {
        var rule = PublishedLaws.rules().get(2);
        assertThat(rule.at(1e15 * 86400)).isCloseTo(1.3e9, within(1e3));
    }
}
