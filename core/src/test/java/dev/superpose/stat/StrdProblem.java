package dev.superpose.stat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hipparchus.analysis.differentiation.Gradient;
import org.hipparchus.util.FastMath;

/// A certified problem of NIST's Statistical Reference Datasets for non-linear regression: the formula here,
/// the two starting points, certified values and data in `strd-<name>.txt`. Derivatives by automatic
/// differentiation.
final class StrdProblem implements LeastSquares.Model {
    private final String name;
    private final Formula formula;
    private final List<double[]> parameters = new ArrayList<>();
    private final List<double[]> points = new ArrayList<>();
    private double sumOfSquares;

    private interface Formula {
        Gradient at(Gradient[] b, double x);
    }

    private StrdProblem(String name, Formula formula) {
        this.name = name;
        this.formula = formula;
        String file = "strd-" + name.toLowerCase(Locale.ROOT) + ".txt";
        try (var in = StrdProblem.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("missing " + file);
            }
            new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(this::read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<StrdProblem> all() {
        return List.of(
                new StrdProblem(
                        "BoxBOD",
                        (b, x) -> b[0].multiply(b[1].multiply(-x).exp().negate().add(1))),
                new StrdProblem("Chwirut2", (b, x) -> b[0].multiply(-x).exp().divide(b[1].add(b[2].multiply(x)))),
                danWood(),
                new StrdProblem(
                        "Eckerle4",
                        (b, x) -> b[0].divide(b[1])
                                .multiply(b[2].negate()
                                        .add(x)
                                        .divide(b[1])
                                        .square()
                                        .multiply(-0.5)
                                        .exp())),
                new StrdProblem(
                        "MGH09",
                        (b, x) -> b[0].multiply(b[1].multiply(x).add(x * x))
                                .divide(b[2].multiply(x).add(b[3]).add(x * x))),
                new StrdProblem(
                        "MGH10",
                        (b, x) -> b[0].multiply(b[1].divide(b[2].add(x)).exp())),
                new StrdProblem(
                        "Misra1a",
                        (b, x) -> b[0].multiply(b[1].multiply(-x).exp().negate().add(1))),
                new StrdProblem(
                        "Misra1c",
                        (b, x) -> b[0].multiply(b[1].multiply(2 * x)
                                .add(1)
                                .sqrt()
                                .reciprocal()
                                .negate()
                                .add(1))),
                new StrdProblem(
                        "Rat42",
                        (b, x) -> b[0].divide(
                                b[1].subtract(b[2].multiply(x)).exp().add(1))),
                new StrdProblem(
                        "Rat43",
                        (b, x) -> b[0].multiply(b[1].subtract(b[2].multiply(x))
                                .exp()
                                .add(1)
                                .log()
                                .divide(b[3])
                                .negate()
                                .exp())),
                new StrdProblem(
                        "Roszman1",
                        (b, x) -> b[0].subtract(b[1].multiply(x))
                                .subtract(
                                        FastMath.atan(b[2].divide(b[3].negate().add(x)))
                                                .divide(Math.PI))),
                new StrdProblem(
                        "Thurber",
                        (b, x) -> cubic(b[0], b[1], b[2], b[3], x)
                                .divide(cubic(b[0].getField().getOne(), b[4], b[5], b[6], x))));
    }

    static StrdProblem danWood() {
        return new StrdProblem(
                "DanWood", (b, x) -> b[0].multiply(b[1].multiply(Math.log(x)).exp()));
    }

    private static Gradient cubic(Gradient c0, Gradient c1, Gradient c2, Gradient c3, double x) {
        return c3.multiply(x).add(c2).multiply(x).add(c1).multiply(x).add(c0);
    }

    private void read(String line) {
        String[] words = line.split(" ", -1);
        switch (words[0]) {
            case "#" -> {}
            case "parameter" -> parameters.add(numbers(words, 1));
            case "rss" -> sumOfSquares = Double.parseDouble(words[1]);
            default -> points.add(numbers(words, 0));
        }
    }

    private static double[] numbers(String[] words, int from) {
        double[] numbers = new double[words.length - from];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = Double.parseDouble(words[from + i]);
        }
        return numbers;
    }

    /// Starting point 0 or 1.
    double[] start(int which) {
        return parameters.stream().mapToDouble(p -> p[which]).toArray();
    }

    double certified(int parameter) {
        return parameters.get(parameter)[2];
    }

    double certifiedError(int parameter) {
        return parameters.get(parameter)[3];
    }

    double certifiedSumOfSquares() {
        return sumOfSquares;
    }

    @Override
    public int points() {
        return points.size();
    }

    @Override
    public int parameters() {
        return parameters.size();
    }

    @Override
    public void evaluate(double[] at, double[] residuals, double[][] jacobian) {
        Gradient[] b = new Gradient[at.length];
        for (int j = 0; j < at.length; j++) {
            b[j] = Gradient.variable(at.length, j, at[j]);
        }
        for (int i = 0; i < residuals.length; i++) {
            double[] point = points.get(i);
            var predicted = formula.at(b, point[1]);
            residuals[i] = predicted.getValue() - point[0];
            jacobian[i] = predicted.getGradient();
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
