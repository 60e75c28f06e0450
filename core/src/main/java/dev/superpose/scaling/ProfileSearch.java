package dev.superpose.scaling;

import dev.superpose.stat.Interval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Walks along one parameter, the others fitted anew at each step from the law one step before,
/// until the objective has risen as far as the level allows, on both sides.
///
/// Coefficients are walked in their logarithm, except floors, which may be 0: all steps are then of
/// like size.
final class ProfileSearch {
    private static final int MOST_DOUBLINGS = 8;

    /// Coefficients beyond e^±300 are as good as none.
    private static final double LARGEST_LOGARITHM = 300;

    private static final int MOST_ROOT_STEPS = 40;

    /// Ends are found until the root is this close to Student's t.
    private static final double CLOSE = 1e-5;

    /// Points of the curve on each side, and how many of them lie within the interval.
    private static final int POINTS = 10;

    private static final int INNER_POINTS = 8;

    /// The first step for a floor at its bound, as a share of the loss.
    private static final double SHARE_OF_LOSS = 0.01;

    private final Fit.Fitted fitted;
    private final String name;
    private final double level;
    private final boolean logarithmic;
    private final boolean floor;
    private final double estimate;
    private final double firstStep;
    private final ProfileScale scale;
    private final double target;

    ProfileSearch(Fit.Fitted fitted, String name, double level) {
        this.fitted = fitted;
        this.name = name;
        this.level = level;
        var parameters = fitted.form().parameters(fitted.runs().groups());
        int index = 0;
        while (index < parameters.size() && !parameters.get(index).name().equals(name)) {
            index++;
        }
        if (index == parameters.size() || parameters.get(index).held()) {
            throw new IllegalArgumentException("%s has no free parameter %s: it is %s"
                    .formatted(fitted.form().word(), name, fitted.form().formula()));
        }
        var kind = parameters.get(index).kind();
        floor = kind == Form.Kind.FLOOR;
        logarithmic = kind.logarithmic() && !floor;
        estimate = inward(fitted.law().parameter(name));
        scale = ProfileScale.of(fitted);
        target = Interval.halfWidthFactor(fitted.degreesOfFreedom(), level);
        double error = fitted.covariance().standardError(index) * (floor ? estimate : 1);
        firstStep = error > 0 ? target * error : SHARE_OF_LOSS * fitted.runs().loss(0);
    }

    Profile profile() {
        if (!(target > 0) || !(scale.unit() > 0)) {
            var nothing = new Interval(Double.NaN, Double.NaN, level);
            return new Profile(name, outward(estimate), nothing, false, false, List.of(), scale.method());
        }
        var below = end(-1);
        var above = end(1);
        var curve = new ArrayList<Profile.Point>();
        curve.add(new Profile.Point(outward(estimate), 0));
        draw(curve, below.reached);
        draw(curve, above.reached);
        curve.sort(Comparator.comparingDouble(Profile.Point::value));
        return new Profile(
                name,
                outward(estimate),
                new Interval(below.at, above.at, level),
                below.open,
                above.open,
                curve,
                scale.method());
    }

    /// @param at the end of the interval, in the unit of the parameter
    /// @param reached how far the walk went, for the curve
    private record End(double at, boolean open, double reached) {}

    /// A value of the parameter with the law there and the root; NaN where the refit broke off.
    private record Place(double at, double root, ScalingLaw law) {}

    private End end(int side) {
        if (floor && side < 0 && estimate == 0) {
            return new End(0, true, 0);
        }
        var near = new Place(estimate, 0, fitted.law());
        double step = firstStep;
        for (int doubling = 0; doubling < MOST_DOUBLINGS; doubling++) {
            double next = near.at + side * step;
            if (logarithmic && Math.abs(next) > LARGEST_LOGARITHM) {
                break;
            }
            var far = place(floor ? Math.max(0, next) : next, near);
            if (Double.isNaN(far.root)) {
                return new End(Double.NaN, false, near.at);
            }
            if (far.root >= target) {
                double root = between(near, far);
                return new End(outward(root), false, root);
            }
            if (floor && far.at == 0) {
                return new End(0, true, 0);
            }
            near = far;
            step *= 2;
        }
        double edge = side > 0 ? Double.POSITIVE_INFINITY : logarithmic ? 0 : Double.NEGATIVE_INFINITY;
        return new End(edge, true, estimate + side * firstStep);
    }

    /// Where the root meets Student's t: false position with halved ordinates (the Illinois
    /// method).
    private double between(Place below, Place beyond) {
        var near = below;
        var far = beyond;
        double low = near.root - target;
        double high = far.root - target;
        for (int step = 0; step < MOST_ROOT_STEPS && high - low > CLOSE; step++) {
            var middle = place((near.at * high - far.at * low) / (high - low), near);
            double rest = middle.root - target;
            if (Math.abs(rest) < CLOSE || Double.isNaN(rest)) {
                return middle.at;
            }
            if (rest < 0) {
                near = middle;
                low = rest;
                high /= 2;
            } else {
                far = middle;
                high = rest;
                low /= 2;
            }
        }
        return far.at;
    }

    private Place place(double at, Place from) {
        var held = fitted.form().holding(name, outward(at));
        return new Refit(fitted, held, from.law)
                .best()
                .map(best -> new Place(at, root(best.value()), best.law()))
                .orElse(new Place(at, Double.NaN, from.law));
    }

    private double root(double value) {
        return Math.sqrt(Math.max(0, (value - fitted.value()) / scale.unit()));
    }

    private void draw(List<Profile.Point> curve, double reached) {
        var place = new Place(estimate, 0, fitted.law());
        for (int k = 1; k <= POINTS && reached != estimate && Double.isFinite(reached); k++) {
            double at = estimate + (reached - estimate) * k / INNER_POINTS;
            if ((floor && at < 0) || (logarithmic && Math.abs(at) > LARGEST_LOGARITHM)) {
                break;
            }
            place = place(at, place);
            if (Double.isNaN(place.root)) {
                break;
            }
            curve.add(new Profile.Point(outward(at), Math.copySign(place.root, reached - estimate)));
        }
    }

    private double inward(double value) {
        return logarithmic ? Math.log(value) : value;
    }

    private double outward(double at) {
        return logarithmic ? Math.exp(at) : at;
    }
}
