package dev.superpose.toy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;
import tools.jackson.databind.json.JsonMapper;

/// What PyTorch computes for a small toy model: `golden-n5-m2` and `golden-n24-m6`, made by
/// `bench/pytorch/golden.py`, whose head explains every field. All arrays are row-major and flat; the inputs are
/// float32 numbers.
@JsonNaming(SnakeCaseStrategy.class)
@SuppressWarnings("ArrayRecordComponent") // a file read for a test, never compared
record Golden(
        String madeBy,
        int features,
        int width,
        int batch,
        double[] learningRates,
        double[] w,
        double[] b,
        List<double[]> batches,
        First first,
        List<Run> runs) {

    /// Loss, output (B, n) and the float64 gradients at the start, on the first batch.
    @SuppressWarnings("ArrayRecordComponent")
    record First(double loss, double[] output, double[] dw, double[] db) {}

    /// Ten steps of AdamW, one batch each, in float64 and in float32.
    @JsonNaming(SnakeCaseStrategy.class)
    record Run(double decay, double gradientScale, Steps float64, Steps float32) {
        @Override
        public String toString() {
            return "decay %s, gradient scale %s".formatted(decay, gradientScale);
        }
    }

    /// The losses before each step, and the weights after the steps that were kept.
    @SuppressWarnings("ArrayRecordComponent")
    record Steps(double[] losses, Map<Integer, Weights> after) {}

    /// W (n, m) and b (n).
    @SuppressWarnings("ArrayRecordComponent")
    record Weights(double[] w, double[] b) {}

    static Golden read(String name) {
        try (InputStream in = Objects.requireNonNull(Golden.class.getResourceAsStream(name + ".json"), name)) {
            return JsonMapper.shared().readValue(in, Golden.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Golden> all() {
        return List.of(read("golden-n5-m2"), read("golden-n24-m6"));
    }

    @Override
    public String toString() {
        return "n=%d, m=%d".formatted(features, width);
    }
}
