package dev.superpose.scaling;

import dev.superpose.runs.Quantity;
import dev.superpose.runs.Runs;
import dev.superpose.stat.LineFit;

/// A compute-optimal size as a power of compute, x*(C) = k C^a.
///
/// @param quantity x
/// @param line ln x* over ln C
public record Allocation(Quantity quantity, LineFit line) {

    /// Fits the power to `optima`, which have `quantity` and compute.
    static Allocation of(Quantity quantity, Runs optima) {
        return new Allocation(quantity, LineFit.of(optima.logs(Quantity.COMPUTE), optima.logs(quantity)));
    }

    /// x* at `compute` floating-point operations.
    public double at(double compute) {
        return Math.exp(line.at(Math.log(compute)));
    }

    /// a.
    public double exponent() {
        return line.slope();
    }

    /// k.
    public double coefficient() {
        return Math.exp(line.intercept());
    }
}
