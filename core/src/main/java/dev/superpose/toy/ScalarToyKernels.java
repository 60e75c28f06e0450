package dev.superpose.toy;

import java.util.Arrays;

/// The kernels as plain loops: the algorithmic reference and the fall-back.
final class ScalarToyKernels implements ToyKernels {
    @Override
    public void single(
            float[] g, int at, float value, float[] b, float scale, int n, float[] dg, float[] db, Tally tally) {
        for (int j = 0; j < n; j++) {
            float z = Math.fma(value, g[at + j], b[j]);
            if (z > 0) {
                float d = z * scale;
                dg[at + j] = Math.fma(value, d, dg[at + j]);
                db[j] += d;
                tally.squares += (double) z * z;
                tally.positives++;
            }
        }
    }

    @Override
    public void add(float[] g, int at, float value, float[] z, int zAt, int n) {
        for (int j = 0; j < n; j++) {
            z[zAt + j] = Math.fma(value, g[at + j], z[zAt + j]);
        }
    }

    @Override
    public void deltas(float[] z, int at, float scale, int n, float[] db, Tally tally) {
        for (int j = 0; j < n; j++) {
            float y = z[at + j];
            if (y > 0) {
                z[at + j] = y * scale;
                db[j] += y * scale;
                tally.squares += (double) y * y;
                tally.positives++;
            } else {
                z[at + j] = 0;
            }
        }
    }

    @Override
    public void spread(float[] d, float value, float[] dg, int at, int n) {
        for (int j = 0; j < n; j++) {
            dg[at + j] = Math.fma(value, d[j], dg[at + j]);
        }
    }

    @Override
    public int nonZeros(float[] row, int at, int n) {
        int count = 0;
        for (int j = at; j < at + n; j++) {
            count += row[j] == 0 ? 0 : 1;
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
        for (int j = 0; j < n; j++) {
            float c = coefficients[at + j];
            if (c != 0) {
                int row = j * stride;
                for (int k = 0; k < stride; k++) {
                    dw[row + k] = Math.fma(c, u[uAt + k], dw[row + k]);
                }
                for (int k = 0; k < stride; k++) {
                    du[duAt + k] = Math.fma(c, w[row + k], du[duAt + k]);
                }
            }
        }
        Arrays.fill(coefficients, at, at + n, 0);
    }

    @Override
    public float squares(float[] a, int at, int length) {
        float sum = 0;
        for (int k = at; k < at + length; k++) {
            sum = Math.fma(a[k], a[k], sum);
        }
        return sum;
    }

    @Override
    public void adam(
            float[] w, float[] g, float[] m, float[] v, int at, int length, float keep, float rate, float root) {
        for (int k = at; k < at + length; k++) {
            float gradient = g[k];
            float first = Math.fma(AdamW.BETA1, m[k], (1 - AdamW.BETA1) * gradient);
            if (Math.abs(first) < AdamW.NEGLIGIBLE) {
                first = 0;
            }
            float second = Math.fma(AdamW.BETA2, v[k], (1 - AdamW.BETA2) * gradient * gradient);
            m[k] = first;
            v[k] = second;
            float denominator = Math.fma((float) Math.sqrt(second), root, AdamW.EPSILON);
            w[k] = Math.fma(w[k], keep, -(rate * first / denominator));
        }
    }
}
