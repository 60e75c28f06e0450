package dev.superpose.models;

import dev.superpose.runs.Quantity;
import dev.superpose.runs.Runs;
import dev.superpose.scaling.Fit;
import dev.superpose.scaling.Form;
import dev.superpose.scaling.SumOfPowers;
import dev.superpose.scaling.SumOfPowers.Term;
import java.util.List;
import java.util.Map;

/// L = A/m + C/l + offset of the group: the loss shared out between width and depth, both with an
/// exponent of 1. Deep models are wide ones, so that width alone also takes what depth did.
///
/// @param fitted the law
public record DepthEstimate(Fit.Fitted fitted) {
    private static final Form FORM = new SumOfPowers(
            "width-depth-groups",
            "Liu, Liu and Gore 2025, arXiv 2505.10465, eq. 7, with both exponents 1",
            List.of(
                    new Term("A", Map.of(Quantity.WIDTH, "alpha"), false),
                    new Term("C", Map.of(Quantity.DEPTH, "beta"), false),
                    new Term("B", Map.of(), true)),
            Map.of("alpha", 1.0, "beta", 1.0));

    /// Fits `runs`, which need a width and a depth.
    static DepthEstimate of(Runs runs) {
        return new DepthEstimate(WidthEstimate.fit(FORM, runs));
    }

    /// A, and C of the depth.
    public double widthScale() {
        return fitted.law().parameter("A");
    }

    /// Its standard error.
    public double widthScaleError() {
        return error("A");
    }

    /// C.
    public double depthScale() {
        return fitted.law().parameter("C");
    }

    /// Its standard error.
    public double depthScaleError() {
        return error("C");
    }

    /// Of the losses about the law, per loss.
    public double meanSquare() {
        return fitted.value() / fitted.runs().count();
    }

    private double error(String name) {
        return fitted.standardErrors().getOrDefault(name, Double.NaN);
    }
}
