package dev.superpose.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.superpose.scaling.Forms;
import dev.superpose.scaling.ScalingLaw;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ShapeSearchTest {
    private static final ShapeFamily LLAMA = ShapeFamily.llama(32000, 4096);
    private static final Planner PLANNER =
            Planner.of(PublishedLaws.find("chinchilla-refit").orElseThrow().law());

    @Test
    void findsLlamaWhereLlamaIs() {
        var plan = (Plan) PLANNER.plan(6 * 6738415616.0 * 1.3e11, new Restriction.FixedParameters(6738415616.0));
        var best =
                new ShapeSearch(PLANNER, ShapeRules.usual(LLAMA)).near(plan, 5).getFirst();
        assertThat(best.shape())
                .isEqualTo(new TransformerShape(4096, 32, 32, 32, 128, 11008, 32000, 4096, BlockStyle.LLAMA));
        assertThat(best.parameters()).isEqualTo(6738415616.0);
        assertThat(best.cost()).isZero();
    }

    @Test
    void keepsToTheRulesAndTheBudget() {
        var rules = new ShapeRules(ShapeFamily.gpt2(50257, 1024), 64, 64, 64, 128, 40, 200);
        var plan = (Plan) PLANNER.plan(1e20);
        var candidates = new ShapeSearch(PLANNER, rules).near(plan, 20);
        assertThat(candidates).hasSize(20).allSatisfy(candidate -> {
            var shape = candidate.shape();
            assertThat(shape.width() % 64).isZero();
            assertThat(shape.heads() * 64).isEqualTo(shape.width());
            assertThat(shape.vocabulary()).isEqualTo(50304);
            assertThat(shape.aspect()).isBetween(40.0, 200.0);
            assertThat(6 * candidate.parameters() * candidate.tokens()).isCloseTo(1e20, withinPercentage(1e-9));
            assertThat(candidate.cost()).isGreaterThanOrEqualTo(-1e-12);
        });
        assertThat(candidates.getFirst().cost()).isLessThan(ShapeSearch.ALIKE);
    }

    @Test
    void paysEveryShapeItsOwnOperations() {
        var planner = PLANNER.withFlops(new FlopModel.Shaped(LLAMA, ParameterCount.ALL, AttentionFlops.CAUSAL));
        var plan = (Plan) planner.plan(1e22);
        assertThat(new ShapeSearch(planner, ShapeRules.usual(LLAMA)).near(plan, 10))
                .isNotEmpty()
                .allSatisfy(candidate -> assertThat(
                                candidate.shape().trainingFlopsPerToken(AttentionFlops.CAUSAL) * candidate.tokens())
                        .isCloseTo(1e22, withinPercentage(1e-9)));
    }

    @Test
    void letsALawOfWidthAndDepthChooseBetweenThem() {
        // Depth hardly matters to one law, width hardly to the other.
        var wide = best(law(900, 1.0, 0.5, 1.0));
        var deep = best(law(10, 1.0, 30, 1.0));
        assertThat(wide.aspect()).isGreaterThan(deep.aspect());
    }

    @Test
    void groupsOfQueriesShareKeysEvenly() {
        var grouped = new ShapeFamily(128, 3.5, 4, 128256, 8192, BlockStyle.LLAMA);
        var shape = ShapeRules.usual(grouped).shape(4096, 32);
        assertThat(shape).isEqualTo(new TransformerShape(4096, 32, 32, 8, 128, 14336, 128256, 8192, BlockStyle.LLAMA));
        assertThat(ShapeRules.usual(grouped).shape(1280, 10).keyValueHeads()).isEqualTo(2);
    }

    @Test
    void findsNothingWhereNothingCanBeBuilt() {
        var search = new ShapeSearch(PLANNER, ShapeRules.usual(LLAMA));
        assertThat(search.near((Plan) PLANNER.plan(1e11), 3)).isEmpty();
        assertThat(search.near((Plan) PLANNER.plan(1e39), 3)).isEmpty();
    }

    @Test
    void refusesRulesWithoutRange() {
        assertThatThrownBy(() -> new ShapeRules(LLAMA, 128, 128, 256, 128, 200, 100))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static TransformerShape best(ScalingLaw law) {
        var planner = new Planner(
                law,
                Optional.empty(),
                0.95,
                new FlopModel.SixN(),
                Circumstances.FREE.withFamily(LLAMA, ParameterCount.ALL));
        var plan = (Plan) planner.plan(1e21);
        return new ShapeSearch(planner, ShapeRules.usual(LLAMA))
                .near(plan, 1)
                .getFirst()
                .shape();
    }

    private static ScalingLaw law(double width, double widthExponent, double depth, double depthExponent) {
        return ScalingLaw.of(
                Forms.widthDepthData(),
                Map.of(
                        "c_m", width,
                        "a_m", widthExponent,
                        "c_l", depth,
                        "a_l", depthExponent,
                        "c_D", 530.0,
                        "a_D", 0.3,
                        "E", 1.75));
    }
}
