package dev.superpose.scaling;

import dev.superpose.runs.Quantity;
import dev.superpose.runs.Runs;

/// Where the compute of runs comes from.
final class ComputeColumn {
    /// Floating-point operations per parameter and token: 2 forward, 4 backward. Kaplan et al.
    /// 2020, section 2.1.
    private static final double PER_PARAMETER_AND_TOKEN = 6;

    private ComputeColumn() {}

    /// `runs` with compute: as measured, else 6 N D.
    ///
    /// @throws IllegalArgumentException if they have neither compute nor both N and D
    static Runs in(Runs runs) {
        if (runs.has(Quantity.COMPUTE)) {
            return runs;
        }
        if (!runs.has(Quantity.PARAMETERS) || !runs.has(Quantity.TOKENS)) {
            throw new IllegalArgumentException(
                    "compute-optimal sizes need compute (C), or N and D for 6 N D; the runs have "
                            + runs.quantities().stream().map(Quantity::symbol).toList());
        }
        double[] logs = runs.logs(Quantity.PARAMETERS);
        for (int i = 0; i < logs.length; i++) {
            logs[i] += runs.log(Quantity.TOKENS, i) + Math.log(PER_PARAMETER_AND_TOKEN);
        }
        return runs.withLogs(Quantity.COMPUTE, logs);
    }
}
