package dev.superpose.scaling;

import dev.superpose.result.Table;
import java.util.List;

/// How a loss falls with a size. The coordinates in which errors are given are (ln scale, exponent, ...): the form's
/// own parameters, but for the scale, which only its logarithm makes nearly symmetric.
public sealed interface Law {

    /// The form this law is of.
    LawForm form();

    /// The loss at `size`, in the unit of the losses that were fitted.
    double at(double size);

    /// The parameters by name: `scale`, `exponent`, and `floor` where there is one.
    List<Parameter> parameters();

    /// ∂ ln loss / ∂ (ln scale, exponent, ...) at `size`, `(parameters)`.
    double[] logGradientAt(double size);

    /// The exponent, positive where the loss falls.
    double exponent();

    /// The law in figures, such as `L = 12.3 m^-0.91 + 1.7`.
    String formula();

    /// A named value.
    record Parameter(String name, double value) {}

    /// L(m) = scale · m^-exponent: the straight line in ln L over ln m by which Liu, Liu and Gore (2025, arXiv
    /// 2505.10465) measure how loss falls with width; Kaplan et al. (2020, arXiv 2001.08361), eq. 1.1, for
    /// numbers of parameters.
    ///
    /// @param scale the loss at size 1, positive
    /// @param exponent finite; negative where the loss grows with size
    record Power(double scale, double exponent) implements Law {
        public Power {
            checkPositive("scale", scale);
            if (!Double.isFinite(exponent)) {
                throw new IllegalArgumentException("exponent must be finite, is " + exponent);
            }
        }

        @Override
        public LawForm form() {
            return LawForm.POWER;
        }

        @Override
        public double at(double size) {
            return scale * Math.pow(size, -exponent);
        }

        @Override
        public List<Parameter> parameters() {
            return List.of(new Parameter("scale", scale), new Parameter("exponent", exponent));
        }

        @Override
        public double[] logGradientAt(double size) {
            return new double[] {1, -Math.log(size)};
        }

        @Override
        public String formula() {
            return "L = %s m^%s".formatted(brief(scale), brief(-exponent));
        }
    }

    /// L(m) = scale · m^-exponent + floor: what size alone cannot remove stays. Liu, Liu and Gore (2025), the fit
    /// to 27 language models; Henighan et al. (2020, arXiv 2010.14701), eq. 1.1.
    ///
    /// @param scale the part of the loss at size 1 that size removes, positive
    /// @param exponent positive
    /// @param floor the loss at infinite size, not negative
    record PowerWithFloor(double scale, double exponent, double floor) implements Law {
        public PowerWithFloor {
            checkPositive("scale", scale);
            checkPositive("exponent", exponent);
            if (!(floor >= 0 && floor < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("floor must be finite and not negative, is " + floor);
            }
        }

        @Override
        public LawForm form() {
            return LawForm.POWER_WITH_FLOOR;
        }

        @Override
        public double at(double size) {
            return scale * Math.pow(size, -exponent) + floor;
        }

        @Override
        public List<Parameter> parameters() {
            return List.of(
                    new Parameter("scale", scale), new Parameter("exponent", exponent), new Parameter("floor", floor));
        }

        @Override
        public double[] logGradientAt(double size) {
            double loss = at(size);
            double falling = (loss - floor) / loss;
            return new double[] {falling, -falling * Math.log(size), 1 / loss};
        }

        @Override
        public String formula() {
            return "L = %s m^%s + %s".formatted(brief(scale), brief(-exponent), brief(floor));
        }
    }

    private static void checkPositive(String name, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("%s must be positive and finite, is %s".formatted(name, value));
        }
    }

    private static String brief(double value) {
        return Table.brief(value);
    }
}
