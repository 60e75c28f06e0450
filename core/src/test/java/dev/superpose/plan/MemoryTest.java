package dev.superpose.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class MemoryTest {
    private static final Gpu A100 = GpuCatalogue.find("A100-80").orElseThrow();

    /// Rajbhandari et al. 2020: 16 bytes for every parameter under mixed-precision Adam, 120 GB for
    /// 7.5B.
    @Test
    void adamTakesSixteenBytesForEveryParameter() {
        assertThat(Memory.USUAL.trainingBytes(7.5e9)).isEqualTo(120e9);
        assertThat(Memory.USUAL.gpusToTrain(7.5e9, A100)).isEqualTo(2);
        assertThat(Memory.USUAL.gpusToServe(7.5e9, A100)).isEqualTo(1);
    }

    @Test
    void theLargestModelJustFits() {
        var hardware = new Hardware(A100, 64, 0.4, OptionalDouble.empty());
        double largest = Memory.USUAL.largestTrainable(hardware);
        assertThat(Memory.USUAL.gpusToTrain(largest * 0.999, A100)).isEqualTo(64);
        assertThat(Memory.USUAL.gpusToTrain(largest * 1.001, A100)).isEqualTo(65);
        assertThat(Memory.USUAL.gpusToServe(Memory.USUAL.largestServable(A100) * 1.001, A100))
                .isEqualTo(2);
    }

    @Test
    void fewerStatesTakeLess() {
        assertThat(Memory.State.values())
                .allSatisfy(state -> assertThat(state.bytesPerParameter()).isLessThanOrEqualTo(16));
        assertThat(new Memory(Memory.State.ADAM_8BIT, 1).trainingBytes(1e9)).isEqualTo(10e9);
    }

    /// Llama 2 7B: half a megabyte of keys and values a token.
    @Test
    void keysAndValuesOfLlamaTakeHalfAMegabyteAToken() {
        var llama = new TransformerShape(4096, 32, 32, 32, 128, 11008, 32000, 4096, BlockStyle.LLAMA);
        assertThat(Memory.keyValueBytes(llama, 1)).isEqualTo(524288);
        assertThat(Memory.activationBytes(llama, 4096)).isCloseTo(34.0 * 4096 * 32 * 4096, withinPercentage(1e-9));
    }
}
