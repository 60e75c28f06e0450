package dev.superpose.toy;

import java.util.Arrays;

/// The kernels as plain loops: the algorithmic reference and the fall-back.
final class ScalarToyKernels implements ToyKernels {
    @Override
    public void gram(float[] a, int rows, float[] w, int n, int width, int stride, float[] packed, float[] g) {
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < w.length / stride; j++) {
                float sum = 0;
                for (int k = 0; k < width; k++) {
                    sum = Math.fma(a[i * stride + k], w[j * stride + k], sum);
                }
                g[i * n + j] = sum;
            }
        }
    }

    @Override
    public int outputs(float[] g, int[] at, float[] values, int count, float[] b, int n, float[] z, int[] blocks) {
        int kept = 0;
        for (int block = 0; block < n; block += LANES) {
            boolean any = false;
            for (int j = block; j < block + LANES; j++) {
                float sum = b[j];
                for (int k = 0; k < count; k++) {
                    sum = Math.fma(values[k], g[at[k] + j], sum);
                }
                z[j] = sum;
                any |= sum > 0;
            }
            if (any) {
                blocks[kept++] = block;
            }
        }
        return kept;
    }

    @Override
    public int reachable(float[] g, int at, float[] b, int n, int[] blocks) {
        int kept = 0;
        for (int block = 0; block < n; block += LANES) {
            boolean any = false;
            for (int j = block; j < block + LANES; j++) {
                any |= b[j] > 0 || Math.fma(2, g[at + j], b[j]) > 0;
            }
            blocks[kept] = block;
            kept += any ? 1 : 0;
        }
        return kept;
    }

    @Override
    public int outputsWithin(
            float[] g, int at, float value, float[] b, int[] candidates, int count, float[] z, int[] blocks) {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            int block = candidates[i];
            boolean any = false;
            for (int j = block; j < block + LANES; j++) {
                z[j] = Math.fma(value, g[at + j], b[j]);
                any |= z[j] > 0;
            }
            blocks[kept] = block;
            kept += any ? 1 : 0;
        }
        return kept;
    }

    @Override
    public void deltas(float[] z, int at, int[] blocks, int count, float scale, float[] db, Tally tally) {
        for (int i = 0; i < count; i++) {
            for (int j = blocks[i]; j < blocks[i] + LANES; j++) {
                float y = Math.max(z[at + j], 0);
                z[at + j] = y * scale;
                db[j] += y * scale;
                tally.squares += (double) y * y;
                tally.positives += y > 0 ? 1 : 0;
            }
        }
    }

    @Override
    public void spread(float[] d, int[] blocks, int count, float value, float[] dg, int at) {
        for (int i = 0; i < count; i++) {
            for (int j = blocks[i]; j < blocks[i] + LANES; j++) {
                dg[at + j] = Math.fma(value, d[j], dg[at + j]);
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
    public void scatter(
            float[] coefficients,
            int at,
            int n,
            float[] w,
            float[] dw,
            int wAt,
            int stride,
            float[] u,
            int uAt,
            float[] du,
            int duAt) {
        for (int j = 0; j < n; j++) {
            float c = coefficients[at + j];
            if (c != 0) {
                int row = wAt + j * stride;
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
