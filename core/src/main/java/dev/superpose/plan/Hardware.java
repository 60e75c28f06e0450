package dev.superpose.plan;

import java.util.OptionalDouble;

/// What computes, how well it is used, and what it costs.
///
/// @param gpu the accelerator
/// @param count how many work together, at least 1
/// @param utilisation the share of the peak that training reaches (MFU), in (0, 1]
/// @param pricePerHour of one accelerator, in the user's currency; empty if unknown
public record Hardware(Gpu gpu, int count, double utilisation, OptionalDouble pricePerHour) {
    /// What large trainings report: PaLM .46 (Chowdhery et al. 2022, table 3), Llama 3 .38 to .43
    /// (2024, table 4).
    public static final double USUAL_UTILISATION = 0.4;

    private static final double SECONDS_PER_HOUR = 3600;

    public Hardware {
        if (count < 1) {
            throw new IllegalArgumentException("at least 1 accelerator is needed, not " + count);
        }
        if (!(utilisation > 0 && utilisation <= 1)) {
            throw new IllegalArgumentException(
                    "a utilisation is a share of the peak in (0, 1], is %s".formatted(utilisation));
        }
        if (pricePerHour.isPresent() && !(pricePerHour.getAsDouble() > 0)) {
            throw new IllegalArgumentException("a price must be positive, is " + pricePerHour.getAsDouble());
        }
    }

    /// FLOPs that one accelerator does in an hour, at its utilisation.
    public double flopsPerGpuHour() {
        return gpu.peakFlops() * utilisation * SECONDS_PER_HOUR;
    }

    /// What `flops` cost here.
    ///
    /// @param flops positive
    public Cost cost(double flops) {
        double gpuHours = flops / flopsPerGpuHour();
        var money = pricePerHour.isPresent()
                ? OptionalDouble.of(gpuHours * pricePerHour.getAsDouble())
                : OptionalDouble.empty();
        return new Cost(flops, gpuHours, gpuHours / count / 24, money);
    }

    /// What a computation costs.
    ///
    /// @param flops of the computation
    /// @param gpuHours accelerators times hours
    /// @param days from start to end with all accelerators
    /// @param money in the currency of the price; empty without a price
    public record Cost(double flops, double gpuHours, double days, OptionalDouble money) {}
}
