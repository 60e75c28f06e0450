package dev.superpose.plan;

/// An accelerator as its vendor describes it.
///
/// @param name as the command line takes it, such as `H100-SXM`
/// @param peakFlops dense BF16 multiply-adds with FP32 sums, in floating-point operations per
/// second: no sparsity
/// @param memoryBytes the vendor's gigabytes, each taken as 10⁹ bytes
/// @param source the vendor's document
public record Gpu(String name, double peakFlops, double memoryBytes, String source) {

    public Gpu {
        if (!(peakFlops > 0 && peakFlops < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("%s: a peak must be positive, is %s".formatted(name, peakFlops));
        }
        if (!(memoryBytes > 0 && memoryBytes < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("%s: a memory must be positive, is %s".formatted(name, memoryBytes));
        }
    }
}
