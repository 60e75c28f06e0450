package dev.superpose.plan;

/// What training and serving hold in memory, roughly. Training states are taken as spread evenly
/// over all accelerators (as ZeRO stage 3, FSDP or tensor parallelism do); activations, buffers and
/// fragmentation must fit in the share that is not usable here.
///
/// @param state what is kept for every parameter
/// @param usable the share of an accelerator's memory for parameters and their states, in (0, 1]
public record Memory(State state, double usable) {
    /// A fifth is left for activations and buffers.
    public static final Memory USUAL = new Memory(State.ADAM_MIXED, 0.8);

    private static final double BF16_BYTES = 2;

    /// What the optimiser keeps for every parameter.
    public enum State {
        /// Weights and gradients in BF16, weights and two moments in FP32 (Rajbhandari et al. 2020,
        /// ZeRO, section 3.1).
        ADAM_MIXED(2 + 2 + 4 + 4 + 4, "BF16 weights and gradients, FP32 weights and two moments"),
        /// All in FP32.
        ADAM_FP32(4 + 4 + 4 + 4, "FP32 weights, gradients and two moments"),
        /// Moments in 8 bits (Dettmers et al. 2022, 8-bit Optimizers via Block-wise Quantization).
        ADAM_8BIT(2 + 2 + 4 + 1 + 1, "BF16 weights and gradients, FP32 weights, two 8-bit moments"),
        /// One moment, as Muon or SGD with momentum keep.
        ONE_MOMENT(2 + 2 + 4 + 4, "BF16 weights and gradients, FP32 weights and one moment");

        private final int bytesPerParameter;
        private final String words;

        State(int bytesPerParameter, String words) {
            this.bytesPerParameter = bytesPerParameter;
            this.words = words;
        }

        /// Bytes for every parameter.
        public int bytesPerParameter() {
            return bytesPerParameter;
        }

        /// In words.
        public String words() {
            return words;
        }
    }

    public Memory {
        if (!(usable > 0 && usable <= 1)) {
            throw new IllegalArgumentException("a usable share lies in (0, 1], is " + usable);
        }
    }

    /// Bytes of weights, gradients and optimiser for `parameters`, embeddings included; no
    /// activations.
    public double trainingBytes(double parameters) {
        return parameters * state.bytesPerParameter();
    }

    /// How many accelerators hold [#trainingBytes(double)].
    public long gpusToTrain(double parameters, Gpu gpu) {
        return (long) Math.ceil(trainingBytes(parameters) / (gpu.memoryBytes() * usable));
    }

    /// How many accelerators hold the weights in BF16 for serving, before the keys and values of
    /// requests.
    public long gpusToServe(double parameters, Gpu gpu) {
        return (long) Math.ceil(BF16_BYTES * parameters / (gpu.memoryBytes() * usable));
    }

    /// The largest model whose training states `hardware` holds: a bound for
    /// [Circumstances#largestParameters()].
    public double largestTrainable(Hardware hardware) {
        return hardware.gpu().memoryBytes() * usable * hardware.count() / state.bytesPerParameter();
    }

    /// The largest model whose BF16 weights one accelerator serves.
    public double largestServable(Gpu gpu) {
        return gpu.memoryBytes() * usable / BF16_BYTES;
    }

    /// Bytes of activations that the backward pass needs for `tokens` in flight, in BF16, without
    /// recomputation and without attention scores (FlashAttention): 34 d a layer (Korthikanti et
    /// al. 2022, Reducing Activation Recomputation, eq. 1, for a plain feed-forward layer of 4 d; a
    /// gated one takes about as much).
    public static double activationBytes(TransformerShape shape, long tokens) {
        return 34.0 * shape.width() * shape.depth() * tokens;
    }

    /// Bytes of keys and values in BF16 for `tokens` being served.
    public static double keyValueBytes(TransformerShape shape, long tokens) {
        return 2 * BF16_BYTES * shape.depth() * shape.keyValueHeads() * shape.headSize() * tokens;
    }
}
