package dev.superpose.scaling;

import dev.superpose.numeric.SplitRandom;
import dev.superpose.runs.Runs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// A sum of powers over runs. Term k of run i is exp(c_k - Σ e x_i): c_k the logarithm of the term where every
/// logarithm of a size has its mean, x_i the logarithms from their means. So coefficients and exponents are
/// hardly correlated, where A and alpha of Chinchilla's law in their own units are to 0.998.
///
/// A term whose coefficient is held is not centred: its coefficient would else move with its exponents.
final class BoundSum implements BoundForm {
    /// Falling parts shrink over the measured sizes by a factor of e^0.2 to e^12 at the start.
    private static final double LEAST_FALL = 0.2;

    private static final double MOST_FALL_RATIO = 60;

    private final SumOfPowers form;
    private final List<String> groups;
    private final List<Form.Parameter> parameters;
    private final int runs;
    private final int[] runGroup;

    /// Of each parameter of the vector its free coordinate, -1 if it is held.
    private final int[] coordinate;

    private final double[] heldValue;
    private final int free;
    private final int freeCoefficients;

    /// Per term in use: the vector index of the coefficient in each group, its sizes' logarithms and the vector
    /// indexes of their exponents.
    private final int[][] coefficient;

    private final double[][][] logs;
    private final int[][] exponent;
    private final double[][] centre;
    private final double[] spans;

    BoundSum(SumOfPowers form, Runs data) {
        this.form = form;
        groups = data.groups();
        runs = data.count();
        parameters = form.parameters(groups);
        runGroup = new int[runs];
        for (int i = 0; i < runs; i++) {
            runGroup[i] = data.group(i);
        }
        coordinate = new int[parameters.size()];
        heldValue = new double[parameters.size()];
        free = number();
        freeCoefficients = (int) IntStream.range(0, coordinate.length)
                .filter(p -> coordinate[p] >= 0 && parameters.get(p).kind().logarithmic())
                .count();
        var terms = new ArrayList<BoundTerm>();
        int next = 0;
        for (var term : form.terms()) {
            int[] indexes = new int[groups.size()];
            for (int g = 0; g < indexes.length; g++) {
                indexes[g] = next + (term.perGroup() ? g : 0);
            }
            next += term.perGroup() ? groups.size() : 1;
            if (Arrays.stream(indexes).anyMatch(p -> coordinate[p] >= 0 || heldValue[p] > Double.NEGATIVE_INFINITY)) {
                terms.add(bind(term, indexes, data));
            }
        }
        coefficient = terms.stream().map(BoundTerm::coefficient).toArray(int[][]::new);
        logs = terms.stream().map(BoundTerm::logs).toArray(double[][][]::new);
        exponent = terms.stream().map(BoundTerm::exponent).toArray(int[][]::new);
        centre = terms.stream().map(BoundTerm::centre).toArray(double[][]::new);
        spans = spans();
    }

    /// A term with its sizes filled in.
    private BoundTerm bind(SumOfPowers.Term term, int[] indexes, Runs data) {
        boolean held = Arrays.stream(indexes).anyMatch(p -> coordinate[p] < 0);
        var names = form.exponents();
        int firstExponent = form.coefficients(groups.size());
        int sizes = term.powers().size();
        double[][] centred = new double[sizes][];
        double[] centres = new double[sizes];
        int[] powers = new int[sizes];
        int s = 0;
        for (var power : term.powers().entrySet()) {
            double[] column = data.logs(power.getKey());
            centres[s] = held ? 0 : mean(column);
            for (int i = 0; i < runs; i++) {
                column[i] -= centres[s];
            }
            centred[s] = column;
            powers[s] = firstExponent + names.indexOf(power.getValue());
            s++;
        }
        return new BoundTerm(indexes, centred, powers, centres);
    }

    /// What the constructor spreads over its arrays: indexes of coefficients `(groups)`, centred logarithms
    /// `(sizes, runs)`, indexes of exponents `(sizes)`, and what was taken off `(sizes)`.
    @SuppressWarnings("ArrayRecordComponent") // local, never compared
    private record BoundTerm(int[] coefficient, double[][] logs, int[] exponent, double[] centre) {}

    /// Numbers the free coordinates and takes up what is held.
    private int number() {
        int count = 0;
        int index = 0;
        for (var term : form.terms()) {
            for (String group : term.perGroup() ? groups : List.of("")) {
                double value = form.heldAt(term.coefficient(), term.name(group));
                coordinate[index] = Double.isNaN(value) ? count++ : -1;
                heldValue[index++] = Math.log(value);
            }
        }
        for (String name : form.exponents()) {
            Double value = form.held().get(name);
            coordinate[index] = value == null ? count++ : -1;
            heldValue[index++] = value == null ? Double.NaN : value;
        }
        return count;
    }

    @Override
    public int runs() {
        return runs;
    }

    @Override
    public int free() {
        return free;
    }

    @Override
    public boolean isLogarithm(int j) {
        // Coefficients come first among the parameters, thus among the coordinates.
        return j < freeCoefficients;
    }

    @Override
    public void evaluate(double[] at, double[] weights, double[] predicted, double[][] jacobian) {
        for (double[] column : jacobian) {
            Arrays.fill(column, 0);
        }
        double[] full = full(at);
        SumKernels.evaluate(full, coordinate, coefficient, logs, exponent, runGroup, weights, predicted, jacobian);
    }

    /// All parameters in centred coordinates.
    private double[] full(double[] at) {
        double[] full = new double[coordinate.length];
        for (int p = 0; p < full.length; p++) {
            full[p] = coordinate[p] >= 0 ? at[coordinate[p]] : heldValue[p];
        }
        return full;
    }

    @Override
    public double[] vector(double[] at) {
        double[] vector = full(at);
        for (int k = 0; k < coefficient.length; k++) {
            double shift = 0;
            for (int s = 0; s < exponent[k].length; s++) {
                shift += vector[exponent[k][s]] * centre[k][s];
            }
            shift(vector, coefficient[k], shift);
        }
        return vector;
    }

    @Override
    public double[] coordinates(double[] vector) {
        double[] centred = vector.clone();
        for (int k = 0; k < coefficient.length; k++) {
            double shift = 0;
            for (int s = 0; s < exponent[k].length; s++) {
                shift -= vector[exponent[k][s]] * centre[k][s];
            }
            shift(centred, coefficient[k], shift);
        }
        double[] at = new double[free];
        for (int p = 0; p < centred.length; p++) {
            if (coordinate[p] >= 0) {
                at[coordinate[p]] = centred[p];
            }
        }
        return at;
    }

    /// Adds `shift` once to each different entry.
    private static void shift(double[] vector, int[] indexes, double shift) {
        for (int g = 0; g < indexes.length; g++) {
            if (g == 0 || indexes[g] != indexes[g - 1]) {
                vector[indexes[g]] += shift;
            }
        }
    }

    @Override
    public double[] start(SplitRandom random, double[] logLosses, double[] weights) {
        double[] full = new double[coordinate.length];
        for (int p = 0; p < full.length; p++) {
            full[p] = heldValue[p];
            if (coordinate[p] >= 0 && parameters.get(p).kind() == Form.Kind.EXPONENT) {
                double fall = LEAST_FALL * Math.pow(MOST_FALL_RATIO, random.nextDouble());
                full[p] = fall / Math.max(spans[p], 1e-6);
            }
        }
        new SumStart(coefficient, coordinate, logs, exponent, runGroup, weights, logLosses).project(full);
        double[] at = new double[free];
        for (int p = 0; p < full.length; p++) {
            if (coordinate[p] >= 0) {
                at[coordinate[p]] = full[p];
            }
        }
        return at;
    }

    /// Over how much of its logarithm each exponent's size runs, `(parameters)`.
    private double[] spans() {
        double[] spans = new double[coordinate.length];
        for (int k = 0; k < exponent.length; k++) {
            for (int s = 0; s < exponent[k].length; s++) {
                double low = Double.POSITIVE_INFINITY;
                double high = Double.NEGATIVE_INFINITY;
                for (double log : logs[k][s]) {
                    low = Math.min(low, log);
                    high = Math.max(high, log);
                }
                spans[exponent[k][s]] = Math.max(spans[exponent[k][s]], high - low);
            }
        }
        return spans;
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }
}
