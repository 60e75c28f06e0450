package dev.superpose.plan;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Accelerators with the figures of their vendors' data sheets. Peaks are dense: where a sheet
/// prints the figure with sparsity only, half of it. There are no prices, since none is the same in
/// two places for a month: the user gives one.
public final class GpuCatalogue {
    /// When the figures were collected.
    public static final String AS_OF = "2025-06";

    private static final double TERA = 1e12;
    private static final double GIGA = 1e9;

    private static final List<Gpu> ALL = List.of(
            gpu("A100-40", 312, 40, "NVIDIA A100 Tensor Core GPU data sheet (A100 40GB)"),
            gpu("A100-80", 312, 80, "NVIDIA A100 Tensor Core GPU data sheet (A100 80GB SXM)"),
            gpu("H100-SXM", 989.4, 80, "NVIDIA H100 Tensor Core GPU architecture white paper (H100 SXM5)"),
            gpu(
                    "H100-PCIe",
                    756.5,
                    80,
                    "NVIDIA H100 Tensor Core GPU data sheet (H100 PCIe), half of 1513 with sparsity"),
            gpu("H200", 989.5, 141, "NVIDIA H200 Tensor Core GPU data sheet (H200 SXM), half of 1979 with sparsity"),
            gpu("B200", 2250, 180, "NVIDIA HGX B200 data sheet, per GPU: an eighth of half of 36 PFLOPS with sparsity"),
            gpu(
                    "GB200",
                    2500,
                    186,
                    "NVIDIA GB200 NVL72 data sheet, per GPU: a 72nd of half of 360 PFLOPS with sparsity"),
            gpu("L40S", 362.05, 48, "NVIDIA L40S data sheet"),
            gpu("RTX-4090", 165.2, 24, "NVIDIA Ada GPU architecture white paper (GeForce RTX 4090, FP32 sums)"),
            gpu("TPU-v4", 275, 32, "Google Cloud TPU documentation, TPU v4, per chip"),
            gpu("TPU-v5e", 197, 16, "Google Cloud TPU documentation, TPU v5e, per chip"),
            gpu("TPU-v5p", 459, 95, "Google Cloud TPU documentation, TPU v5p, per chip"),
            gpu("TPU-v6e", 918, 32, "Google Cloud TPU documentation, TPU v6e (Trillium), per chip"),
            gpu("MI250X", 383, 128, "AMD Instinct MI250X data sheet, both dies"),
            gpu("MI300X", 1307.4, 192, "AMD Instinct MI300X data sheet"));

    private GpuCatalogue() {}

    /// All of them, by vendor and age.
    public static List<Gpu> all() {
        return ALL;
    }

    /// The one called `name`; case, spaces and dashes do not matter.
    public static Optional<Gpu> find(String name) {
        String asked = bare(name);
        return ALL.stream().filter(gpu -> bare(gpu.name()).equals(asked)).findFirst();
    }

    private static String bare(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    private static Gpu gpu(String name, double teraflops, double gigabytes, String source) {
        return new Gpu(name, teraflops * TERA, gigabytes * GIGA, source);
    }
}
