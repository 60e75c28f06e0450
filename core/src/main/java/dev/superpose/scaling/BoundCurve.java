package dev.superpose.scaling;

import dev.superpose.numeric.SplitRandom;
import dev.superpose.runs.Runs;
import java.util.Arrays;

/// A [CurveForm] over runs, with logarithms of sizes from their means.
final class BoundCurve implements BoundForm {
    private final CurveForm form;
    private final int runs;

    /// `(sizes, runs)`, centred.
    private final double[][] logs;

    /// What was taken off, `(sizes)`.
    private final double[] centres;

    /// The parameters that are held, in centred coordinates; what is free is 0.
    private final double[] heldVector;

    /// Of each free coordinate its parameter.
    private final int[] parameter;

    BoundCurve(CurveForm form, Runs data) {
        this.form = form;
        runs = data.count();
        logs = form.sizes().stream().map(data::logs).toArray(double[][]::new);
        centres = form.centres(Arrays.stream(logs)
                .mapToDouble(column -> Arrays.stream(column).sum() / Math.max(1, runs))
                .toArray());
        for (int s = 0; s < logs.length; s++) {
            for (int i = 0; i < runs; i++) {
                logs[s][i] -= centres[s];
            }
        }
        var open = form.open();
        heldVector = new double[open.size()];
        int[] free = new int[open.size()];
        int count = 0;
        for (int p = 0; p < heldVector.length; p++) {
            Double value = form.held().get(open.get(p).name());
            if (value == null) {
                free[count++] = p;
            } else {
                heldVector[p] = open.get(p).kind().logarithmic() ? Math.log(value) : value;
            }
        }
        parameter = Arrays.copyOf(free, count);
    }

    @Override
    public int runs() {
        return runs;
    }

    @Override
    public int free() {
        return parameter.length;
    }

    @Override
    public void evaluate(double[] at, double[] weights, double[] predicted, double[][] jacobian) {
        double[] full = full(at);
        double[] point = new double[logs.length];
        double[] gradient = new double[full.length];
        for (int i = 0; i < runs; i++) {
            if (weights[i] == 0) {
                continue;
            }
            for (int s = 0; s < point.length; s++) {
                point[s] = logs[s][i];
            }
            predicted[i] = form.logLoss(full, point, gradient);
            for (int j = 0; j < parameter.length; j++) {
                jacobian[j][i] = gradient[parameter[j]];
            }
        }
    }

    private double[] full(double[] at) {
        double[] full = heldVector.clone();
        for (int j = 0; j < parameter.length; j++) {
            full[parameter[j]] = at[j];
        }
        return full;
    }

    private double[] free(double[] full) {
        return Arrays.stream(parameter).mapToDouble(p -> full[p]).toArray();
    }

    @Override
    public double[] start(SplitRandom random, double[] logLosses, double[] weights) {
        double[] full = heldVector.clone();
        boolean[] wanted = new boolean[full.length];
        for (int p : parameter) {
            wanted[p] = true;
        }
        form.start(new CurveStart(full, wanted, logs, logLosses, weights, random));
        return free(full);
    }

    @Override
    public double[] vector(double[] at) {
        double[] full = full(at);
        form.move(full, Arrays.stream(centres).map(centre -> -centre).toArray());
        return full;
    }

    @Override
    public double[] coordinates(double[] vector) {
        double[] full = vector.clone();
        form.move(full, centres);
        return free(full);
    }
}
