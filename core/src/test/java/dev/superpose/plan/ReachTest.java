package dev.superpose.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.superpose.runs.Quantity;
import dev.superpose.runs.Runs;
import dev.superpose.runs.Sizes;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReachTest {
    private static final Runs RUNS = Runs.of(
            List.of(new Runs.Run("small", Sizes.of(1e8, 1e11), 3.0), new Runs.Run("large", Sizes.of(1e9, 2e10), 2.8)));

    @Test
    void tellsHowFarAPlanLiesBeyondTheRuns() {
        var reach = Reach.of(RUNS, new Choice(5e9, 2e11, 2.2));
        assertThat(reach.parameters()).isCloseTo(5, withinPercentage(1e-9));
        assertThat(reach.tokens()).isCloseTo(2, withinPercentage(1e-9));
        // The largest N D is that of one run, not of the largest N and the largest D.
        assertThat(reach.compute()).isCloseTo(50, withinPercentage(1e-9));
        assertThat(reach.inside()).isFalse();
        assertThat(reach.words()).startsWith("N is 5").contains("D 2").contains("N D 50");
        assertThat(Reach.of(RUNS, new Choice(1e8, 1e10, 3.4)).inside()).isTrue();
    }

    @Test
    void saysNothingOfASizeThatWasNotMeasured() {
        var runs = Runs.of(List.of(new Runs.Run("one", Sizes.of(Quantity.TOKENS, 1e9), 3.0)));
        var reach = Reach.of(runs, new Choice(1e9, 2e9, 2.5));
        assertThat(reach.parameters()).isNaN();
        assertThat(reach.tokens()).isCloseTo(2, withinPercentage(1e-9));
        assertThat(reach.compute()).isNaN();
        assertThat(reach.inside()).isFalse();
    }
}
