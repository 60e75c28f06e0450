package dev.superpose.cli;

import dev.superpose.plan.Budget;
import dev.superpose.plan.Gpu;
import dev.superpose.plan.GpuCatalogue;
import dev.superpose.plan.Hardware;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What may be spent, and on what it is spent.
final class BudgetOptions {
    private static final double HOURS_PER_DAY = 24;

    @Option(names = "--compute", paramLabel = "FLOPS", description = "The budget in FLOPs, such as 1e22.")
    @Nullable
    Double compute;

    @Option(names = "--money", paramLabel = "AMOUNT", description = "The budget in money; needs --price.")
    @Nullable
    Double money;

    @Option(names = "--days", paramLabel = "DAYS", description = "The budget in days of all accelerators.")
    @Nullable
    Double days;

    @Option(
            names = "--gpu",
            paramLabel = "NAME",
            description = "The accelerator, see --list (default: ${DEFAULT-VALUE}).",
            defaultValue = "H100-SXM")
    String gpu;

    @Option(
            names = "--gpus",
            paramLabel = "N",
            description = "How many (default: ${DEFAULT-VALUE}).",
            defaultValue = "8")
    int gpus;

    @Option(
            names = "--mfu",
            paramLabel = "SHARE",
            description = "Share of the peak that training reaches (default: ${DEFAULT-VALUE}).",
            defaultValue = "" + Hardware.USUAL_UTILISATION)
    double utilisation;

    @Option(names = "--price", paramLabel = "AMOUNT", description = "Of one accelerator for an hour, as you pay it.")
    @Nullable
    Double price;

    /// The budget that was given; empty if none was.
    ///
    /// @throws IllegalArgumentException if several were
    Optional<Budget> budget() {
        int given = (compute == null ? 0 : 1) + (money == null ? 0 : 1) + (days == null ? 0 : 1);
        if (given > 1) {
            throw new IllegalArgumentException("give one budget: --compute, --money or --days");
        }
        if (compute != null) {
            return Optional.of(new Budget.Flops(compute));
        }
        if (money != null) {
            return Optional.of(new Budget.Money(money));
        }
        return Optional.ofNullable(days).map(time -> new Budget.Time(time * HOURS_PER_DAY));
    }

    /// The accelerators that were chosen.
    ///
    /// @throws IllegalArgumentException if the catalogue has none of that name
    Hardware hardware() {
        Gpu chosen = GpuCatalogue.find(gpu)
                .orElseThrow(() -> new IllegalArgumentException("no accelerator is called \"%s\"; there are %s"
                        .formatted(
                                gpu, GpuCatalogue.all().stream().map(Gpu::name).collect(Collectors.joining(", ")))));
        return new Hardware(
                chosen, gpus, utilisation, price == null ? OptionalDouble.empty() : OptionalDouble.of(price));
    }
}
