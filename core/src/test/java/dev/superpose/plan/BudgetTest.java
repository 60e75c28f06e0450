package dev.superpose.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class BudgetTest {
    private static final Gpu H100 = GpuCatalogue.find("h100 sxm").orElseThrow();
    private static final Hardware CLUSTER = new Hardware(H100, 512, 0.4, OptionalDouble.of(2.5));

    @Test
    void timeMoneyAndOperationsAreOneBudget() {
        double flops = new Budget.Time(240).flops(CLUSTER);
        assertThat(flops).isCloseTo(240 * 3600 * 512 * 0.4 * 989.4e12, withinPercentage(1e-9));
        var cost = CLUSTER.cost(flops);
        assertThat(cost.days()).isCloseTo(10, withinPercentage(1e-9));
        assertThat(cost.gpuHours()).isCloseTo(240 * 512, withinPercentage(1e-9));
        assertThat(new Budget.Money(cost.money().orElseThrow()).flops(CLUSTER))
                .isCloseTo(flops, withinPercentage(1e-9));
        assertThat(new Budget.Flops(flops).flops(CLUSTER)).isEqualTo(flops);
    }

    @Test
    void moreAcceleratorsAreFasterAndNoCheaper() {
        var twice = new Hardware(H100, 1024, 0.4, OptionalDouble.of(2.5));
        assertThat(twice.cost(1e23).days()).isCloseTo(CLUSTER.cost(1e23).days() / 2, withinPercentage(1e-9));
        assertThat(twice.cost(1e23).money()).isEqualTo(CLUSTER.cost(1e23).money());
    }

    @Test
    void moneyNeedsAPrice() {
        var unpriced = new Hardware(H100, 8, 0.4, OptionalDouble.empty());
        assertThat(unpriced.cost(1e20).money()).isEmpty();
        assertThatThrownBy(() -> new Budget.Money(1000).flops(unpriced))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("price");
    }

    @Test
    void refusesWhatCannotBe() {
        assertThatThrownBy(() -> new Budget.Flops(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Budget.Time(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Hardware(H100, 0, 0.4, OptionalDouble.empty()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Hardware(H100, 1, 40, OptionalDouble.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("(0, 1]");
    }

    @Test
    void everyAcceleratorNamesItsSource() {
        assertThat(GpuCatalogue.all()).allSatisfy(gpu -> {
            assertThat(gpu.source())
                    .contains(
                            gpu.name().startsWith("TPU") ? "Google" : gpu.name().startsWith("MI") ? "AMD" : "NVIDIA");
            assertThat(gpu.peakFlops()).isBetween(1e14, 5e15);
            assertThat(GpuCatalogue.find(gpu.name())).contains(gpu);
        });
        assertThat(GpuCatalogue.find("abacus")).isEmpty();
    }
}
