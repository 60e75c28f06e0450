package dev.superpose.models;

import dev.superpose.runs.Quantity;
import dev.superpose.runs.Runs;
import dev.superpose.scaling.Fit;
import dev.superpose.scaling.Fitter;
import dev.superpose.scaling.Form;
import dev.superpose.scaling.Forms;
import dev.superpose.scaling.Objective;
import dev.superpose.scaling.Profile;
import dev.superpose.stat.Interval;
import java.util.List;

/// L = scale · m^-exponent + offset of the group, fitted by least squares of the loss, with what
/// the losses say of the exponent.
///
/// @param name of what was fitted
/// @param fitted the law
/// @param profile of the exponent, 95 %: all other parameters fitted anew at each of its values
public record WidthEstimate(String name, Fit.Fitted fitted, Profile profile) {
    static final double LEVEL = 0.95;

    /// All starts agree on these losses (tested); a few more than one make sure.
    private static final int STARTS = 12;

    static final Form FORM = Forms.widthOverGroups(Quantity.WIDTH);

    /// Fits `runs`, which need a width.
    ///
    /// @throws IllegalArgumentException if they do not fix the law, with the reason
    static WidthEstimate of(String name, Runs runs) {
        Fit.Fitted fitted = fit(FORM, runs);
        return new WidthEstimate(name, fitted, Profile.of(fitted, "alpha", LEVEL));
    }

    /// Any form by least squares of the loss.
    ///
    /// @throws IllegalArgumentException if the runs do not fix it, with the reason
    static Fit.Fitted fit(Form form, Runs runs) {
        return switch (new Fitter(new Objective.LeastSquares(), STARTS, Fitter.USUAL_SEED).fit(form, runs)) {
            case Fit.Fitted fitted -> fitted;
            case Fit.NotIdentified lacking ->
                throw new IllegalArgumentException("%s: %s".formatted(form.word(), lacking.reason()));
            case Fit.NotConverged lost ->
                throw new IllegalArgumentException("%s: %s".formatted(form.word(), lost.reason()));
        };
    }

    /// alpha_m.
    public double exponent() {
        return fitted.law().parameter("alpha");
    }

    /// The standard error of the exponent with all other parameters free, to first order: for
    /// losses that deviate independently.
    public double standardError() {
        return fitted.standardErrors().getOrDefault("alpha", Double.NaN);
    }

    /// C_m, in the unit of the loss at a width of 1.
    public double scale() {
        return fitted.law().parameter("A");
    }

    /// The 95 % profile interval of the exponent.
    public Interval interval() {
        return profile.interval();
    }

    /// Of the losses about the law.
    public double sumOfSquares() {
        return fitted.value();
    }

    /// [#sumOfSquares] per loss.
    public double meanSquare() {
        return sumOfSquares() / fitted.runs().count();
    }

    /// The part of the loss that width can remove: scale · m^-exponent.
    public double reducible(double width) {
        return scale() * Math.pow(width, -exponent());
    }

    /// Student's t interval of [#reducible], from that of its logarithm, 95 %.
    public Interval reducibleAt(double width) {
        var parameters = fitted.form().parameters(fitted.runs().groups());
        double[] gradient = new double[parameters.size()];
        for (int p = 0; p < gradient.length; p++) {
            gradient[p] = switch (parameters.get(p).name()) {
                case "A" -> 1;
                case "alpha" -> -Math.log(width);
                default -> 0;
            };
        }
        double half = Interval.halfWidthFactor(fitted.degreesOfFreedom(), LEVEL)
                * fitted.covariance().standardErrorAlong(gradient);
        double middle = reducible(width);
        return new Interval(middle * Math.exp(-half), middle * Math.exp(half), LEVEL);
    }

    /// The correlation of the errors of ln scale and exponent.
    public double correlation() {
        var parameters = fitted.form().parameters(fitted.runs().groups());
        int scale = indexOf(parameters, "A");
        int exponent = indexOf(parameters, "alpha");
        var covariance = fitted.covariance();
        return covariance.at(scale, exponent) / (covariance.standardError(scale) * covariance.standardError(exponent));
    }

    private static int indexOf(List<Form.Parameter> parameters, String name) {
        return parameters.stream().map(Form.Parameter::name).toList().indexOf(name);
    }
}
