package dev.superpose.toy;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// The kernels by the Vector API. Most outputs of a trained model are zero, so whole blocks of [#LANES]
/// outputs are
/// tested at once and passed over; only the others pay for their deltas.
final class VectorToyKernels implements ToyKernels {
    private static final VectorSpecies<Float> SPECIES =
            FloatVector.SPECIES_PREFERRED.length() > 16 ? FloatVector.SPECIES_512 : FloatVector.SPECIES_PREFERRED;
    private static final int STEP = SPECIES.length();

    @Override
    public void single(
            float[] g, int at, float value, float[] b, float scale, int n, float[] dg, float[] db, Tally tally) {
        FloatVector v = FloatVector.broadcast(SPECIES, value);
        FloatVector squares = FloatVector.zero(SPECIES);
        long positives = 0;
        for (int j = 0; j < n; j += 4 * STEP) {
            int i = at + j;
            FloatVector z0 = FloatVector.fromArray(SPECIES, g, i).fma(v, FloatVector.fromArray(SPECIES, b, j));
            FloatVector z1 =
                    FloatVector.fromArray(SPECIES, g, i + STEP).fma(v, FloatVector.fromArray(SPECIES, b, j + STEP));
            FloatVector z2 = FloatVector.fromArray(SPECIES, g, i + 2 * STEP)
                    .fma(v, FloatVector.fromArray(SPECIES, b, j + 2 * STEP));
            FloatVector z3 = FloatVector.fromArray(SPECIES, g, i + 3 * STEP)
                    .fma(v, FloatVector.fromArray(SPECIES, b, j + 3 * STEP));
            if (z0.max(z1).max(z2.max(z3)).compare(VectorOperators.GT, 0).anyTrue()) {
                for (int k = 0; k < 4; k++) {
                    FloatVector z = k == 0 ? z0 : k == 1 ? z1 : k == 2 ? z2 : z3;
                    VectorMask<Float> positive = z.compare(VectorOperators.GT, 0);
                    if (positive.anyTrue()) {
                        int o = j + k * STEP;
                        FloatVector y = z.max(0);
                        squares = y.fma(y, squares);
                        FloatVector d = y.mul(scale);
                        d.fma(v, FloatVector.fromArray(SPECIES, dg, at + o)).intoArray(dg, at + o);
                        d.add(FloatVector.fromArray(SPECIES, db, o)).intoArray(db, o);
                        positives += positive.trueCount();
                    }
                }
            }
        }
        tally.squares += squares.reduceLanes(VectorOperators.ADD);
        tally.positives += positives;
    }

    @Override
    public void add(float[] g, int at, float value, float[] z, int zAt, int n) {
        FloatVector v = FloatVector.broadcast(SPECIES, value);
        for (int j = 0; j < n; j += STEP) {
            FloatVector.fromArray(SPECIES, g, at + j)
                    .fma(v, FloatVector.fromArray(SPECIES, z, zAt + j))
                    .intoArray(z, zAt + j);
        }
    }

    @Override
    public void deltas(float[] z, int at, float scale, int n, float[] db, Tally tally) {
        FloatVector squares = FloatVector.zero(SPECIES);
        long positives = 0;
        for (int j = 0; j < n; j += STEP) {
            FloatVector y = FloatVector.fromArray(SPECIES, z, at + j);
            VectorMask<Float> positive = y.compare(VectorOperators.GT, 0);
            if (positive.anyTrue()) {
                y = y.max(0);
                squares = y.fma(y, squares);
                FloatVector d = y.mul(scale);
                d.intoArray(z, at + j);
                d.add(FloatVector.fromArray(SPECIES, db, j)).intoArray(db, j);
                positives += positive.trueCount();
            } else {
                FloatVector.zero(SPECIES).intoArray(z, at + j);
            }
        }
        tally.squares += squares.reduceLanes(VectorOperators.ADD);
        tally.positives += positives;
    }

    @Override
    public void spread(float[] d, float value, float[] dg, int at, int n) {
        FloatVector v = FloatVector.broadcast(SPECIES, value);
        for (int j = 0; j < n; j += STEP) {
            FloatVector delta = FloatVector.fromArray(SPECIES, d, j);
            if (delta.compare(VectorOperators.NE, 0).anyTrue()) {
                delta.fma(v, FloatVector.fromArray(SPECIES, dg, at + j)).intoArray(dg, at + j);
            }
        }
    }

    @Override
    public int nonZeros(float[] row, int at, int n) {
        int count = 0;
        for (int j = at; j < at + n; j += STEP) {
            count += FloatVector.fromArray(SPECIES, row, j)
                    .compare(VectorOperators.NE, 0)
                    .trueCount();
        }
        return count;
    }

    @Override
    public void scatter(
            float[] coefficients,
            int at,
            int n,
            float[] w,
            float[] dw,
            int stride,
            float[] u,
            int uAt,
            float[] du,
            int duAt) {
        for (int j = 0; j < n; j += STEP) {
            long set = FloatVector.fromArray(SPECIES, coefficients, at + j)
                    .compare(VectorOperators.NE, 0)
                    .toLong();
            while (set != 0) {
                int row = j + Long.numberOfTrailingZeros(set);
                set &= set - 1;
                scatterRow(coefficients[at + row], w, dw, row * stride, stride, u, uAt, du, duAt);
            }
        }
        Arrays.fill(coefficients, at, at + n, 0);
    }

    private static void scatterRow(
            float c, float[] w, float[] dw, int row, int stride, float[] u, int uAt, float[] du, int duAt) {
        FloatVector factor = FloatVector.broadcast(SPECIES, c);
        for (int k = 0; k < stride; k += STEP) {
            FloatVector.fromArray(SPECIES, u, uAt + k)
                    .fma(factor, FloatVector.fromArray(SPECIES, dw, row + k))
                    .intoArray(dw, row + k);
            FloatVector.fromArray(SPECIES, w, row + k)
                    .fma(factor, FloatVector.fromArray(SPECIES, du, duAt + k))
                    .intoArray(du, duAt + k);
        }
    }

    @Override
    public float squares(float[] a, int at, int length) {
        FloatVector sum = FloatVector.zero(SPECIES);
        for (int k = at; k < at + length; k += STEP) {
            FloatVector x = FloatVector.fromArray(SPECIES, a, k);
            sum = x.fma(x, sum);
        }
        return sum.reduceLanes(VectorOperators.ADD);
    }

    @Override
    public void adam(
            float[] w, float[] g, float[] m, float[] v, int at, int length, float keep, float rate, float root) {
        FloatVector epsilon = FloatVector.broadcast(SPECIES, AdamW.EPSILON);
        FloatVector negativeRate = FloatVector.broadcast(SPECIES, -rate);
        for (int k = at; k < at + length; k += STEP) {
            FloatVector gradient = FloatVector.fromArray(SPECIES, g, k);
            FloatVector first = FloatVector.fromArray(SPECIES, m, k)
                    .lanewise(VectorOperators.FMA, AdamW.BETA1, gradient.mul(1 - AdamW.BETA1));
            first = first.blend(0, first.abs().compare(VectorOperators.LT, AdamW.NEGLIGIBLE));
            FloatVector second = FloatVector.fromArray(SPECIES, v, k)
                    .lanewise(
                            VectorOperators.FMA,
                            AdamW.BETA2,
                            gradient.mul(1 - AdamW.BETA2).mul(gradient));
            first.intoArray(m, k);
            second.intoArray(v, k);
            FloatVector denominator = second.sqrt().lanewise(VectorOperators.FMA, root, epsilon);
            FloatVector.fromArray(SPECIES, w, k)
                    .lanewise(VectorOperators.FMA, keep, negativeRate.mul(first).div(denominator))
                    .intoArray(w, k);
        }
    }
}
