package dev.superpose.stat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hipparchus.CalculusFieldElement;
import org.hipparchus.analysis.differentiation.Gradient;
import org.hipparchus.dfp.DfpField;
import org.junit.jupiter.params.provider.Arguments;

/// A certified problem of NIST's Statistical Reference Datasets for non-linear regression, all of it as NIST
/// publishes it: formula, two starting points, certified values and data stand in `strd-<name>.txt`. Derivatives
/// by automatic differentiation.
final class StrdProblem implements LeastSquares.Model {
    private static final List<String> LOWER_DIFFICULTY =
            List.of("Misra1a", "Chwirut2", "Chwirut1", "Lanczos3", "Gauss1", "Gauss2", "DanWood", "Misra1b");

    private static final List<String> AVERAGE_DIFFICULTY = List.of(
            "Kirby2",
            "Hahn1",
            "Nelson",
            "MGH17",
            "Lanczos1",
            "Lanczos2",
            "Gauss3",
            "Misra1c",
            "Misra1d",
            "Roszman1",
            "ENSO");

    private static final List<String> HIGHER_DIFFICULTY =
            List.of("MGH09", "Thurber", "BoxBOD", "Rat42", "MGH10", "Eckerle4", "Rat43", "Bennett5");

    private final String name;
    private final String model;
    private final double sumOfSquares;
    private final List<double[]> parameters = new ArrayList<>();
    private final List<String> points = new ArrayList<>();
    private final Residuals<Gradient> residuals;

    private StrdProblem(String name) {
        this.name = name;
        String formula = "";
        double rss = Double.NaN;
        for (String line : lines("strd-" + name.toLowerCase(Locale.ROOT) + ".txt")) {
            String[] keyAndRest = line.split(" ", 2);
            switch (keyAndRest[0]) {
                case "#" -> {}
                case "model" -> formula = keyAndRest[1];
                case "parameter" ->
                    parameters.add(words(keyAndRest[1])
                            .mapToDouble(Double::parseDouble)
                            .toArray());
                case "rss" -> rss = Double.parseDouble(keyAndRest[1]);
                default -> points.add(line);
            }
        }
        model = formula;
        sumOfSquares = rss;
        residuals = residuals(decimal -> Gradient.constant(parameters.size(), Double.parseDouble(decimal)));
    }

    static StrdProblem named(String name) {
        return new StrdProblem(name);
    }

    /// NIST's 27 problems, the easier first.
    static List<StrdProblem> all() {
        return Stream.of(LOWER_DIFFICULTY, AVERAGE_DIFFICULTY, HIGHER_DIFFICULTY)
                .flatMap(List::stream)
                .map(StrdProblem::new)
                .toList();
    }

    /// Each problem with the number of a starting point, 1 or 2.
    static Stream<Arguments> fromBothStarts() {
        return all().stream().flatMap(problem -> Stream.of(Arguments.of(problem, 1), Arguments.of(problem, 2)));
    }

    private static List<String> lines(String file) {
        try (var in = StrdProblem.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("missing " + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> words(String line) {
        return Stream.of(line.split(" ", -1));
    }

    /// Starting point 1 or 2.
    double[] start(int number) {
        return parameters.stream().mapToDouble(p -> p[number - 1]).toArray();
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
    public void evaluate(double[] at, double[] values, double[][] jacobian) {
        var b = IntStream.range(0, at.length)
                .mapToObj(j -> Gradient.variable(at.length, j, at[j]))
                .toList();
        for (int i = 0; i < values.length; i++) {
            var residual = residuals.at(b, i);
            values[i] = residual.getValue();
            jacobian[i] = residual.getGradient();
        }
    }

    /// The same problem with its residuals taken in decimals of 40 digits and only then rounded, while the
    /// derivatives are those of [#evaluate].
    LeastSquares.Model withExactResiduals() {
        var decimals = new DfpField(40);
        var exact = residuals(decimals::newDfp);
        return new LeastSquares.Model() {
            @Override
            public int points() {
                return StrdProblem.this.points();
            }

            @Override
            public int parameters() {
                return StrdProblem.this.parameters();
            }

            @Override
            public void evaluate(double[] at, double[] values, double[][] jacobian) {
                StrdProblem.this.evaluate(at, values, jacobian);
                var b = IntStream.range(0, at.length)
                        .mapToObj(j -> decimals.newDfp(at[j]))
                        .toList();
                for (int i = 0; i < values.length; i++) {
                    values[i] = exact.at(b, i).toDouble();
                }
            }
        };
    }

    private <T extends CalculusFieldElement<T>> Residuals<T> residuals(Function<String, T> number) {
        return new Residuals<>(
                StrdFormula.residual(model, number),
                points.stream().map(line -> words(line).map(number).toList()).toList());
    }

    /// The model and the data in one kind of number.
    private record Residuals<T>(StrdFormula.Term<T> formula, List<List<T>> points) {
        T at(List<T> b, int point) {
            return formula.at(b, points.get(point));
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
