package dev.superpose.toy;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// The kernels by the Vector API. Most outputs of a trained model are zero, so whole blocks of
/// [#LANES] outputs are tested at once and passed over; only the others pay for their deltas.
final class VectorToyKernels implements ToyKernels {
    private static final VectorSpecies<Float> SPECIES =
            FloatVector.SPECIES_PREFERRED.length() > 16 ? FloatVector.SPECIES_512 : FloatVector.SPECIES_PREFERRED;
    private static final int STEP = SPECIES.length();

    /// Tiles of 4 rows by two vectors, whose eight sums stay in registers; W is packed tile by tile, so that each tile
    /// is read from the nearest cache, and g is written once.
    @Override
    public void gram(float[] a, int rows, float[] w, int n, int width, int stride, float[] packed, float[] g) {
        pack(w, n, width, stride, packed);
        for (int j = 0; j < n; j += 2 * STEP) {
            boolean whole = j + 2 * STEP <= n;
            int tile = j * width;
            int i = 0;
            for (; whole && i <= rows - 4; i += 4) {
                tile(a, i * stride, width, stride, packed, tile, g, i * n + j, n);
            }
            for (; i < rows; i++) {
                for (int part = j; part < Math.min(j + 2 * STEP, n); part += STEP) {
                    row(a, i * stride, width, packed, tile + (part - j), whole ? 2 * STEP : STEP, g, i * n + part);
                }
            }
        }
    }

    /// W (n, stride) in tiles of two vectors of features, within a tile (width, 2 STEP); the last tile may be half.
    private static void pack(float[] w, int n, int width, int stride, float[] packed) {
        int features = w.length / stride;
        int to = 0;
        for (int j = 0; j < n; j += 2 * STEP) {
            int lanes = Math.min(2 * STEP, n - j);
            for (int k = 0; k < width; k++) {
                for (int l = j; l < j + lanes; l++) {
                    packed[to++] = l < features ? w[l * stride + k] : 0;
                }
            }
        }
    }

    private static void tile(
            float[] a, int from, int width, int stride, float[] packed, int tile, float[] g, int to, int n) {
        FloatVector s00 = FloatVector.zero(SPECIES);
        FloatVector s01 = s00;
        FloatVector s10 = s00;
        FloatVector s11 = s00;
        FloatVector s20 = s00;
        FloatVector s21 = s00;
        FloatVector s30 = s00;
        FloatVector s31 = s00;
        for (int k = 0; k < width; k++) {
            FloatVector w0 = FloatVector.fromArray(SPECIES, packed, tile + k * 2 * STEP);
            FloatVector w1 = FloatVector.fromArray(SPECIES, packed, tile + k * 2 * STEP + STEP);
            FloatVector a0 = FloatVector.broadcast(SPECIES, a[from + k]);
            s00 = w0.fma(a0, s00);
            s01 = w1.fma(a0, s01);
            FloatVector a1 = FloatVector.broadcast(SPECIES, a[from + stride + k]);
            s10 = w0.fma(a1, s10);
            s11 = w1.fma(a1, s11);
            FloatVector a2 = FloatVector.broadcast(SPECIES, a[from + 2 * stride + k]);
            s20 = w0.fma(a2, s20);
            s21 = w1.fma(a2, s21);
            FloatVector a3 = FloatVector.broadcast(SPECIES, a[from + 3 * stride + k]);
            s30 = w0.fma(a3, s30);
            s31 = w1.fma(a3, s31);
        }
        s00.intoArray(g, to);
        s01.intoArray(g, to + STEP);
        s10.intoArray(g, to + n);
        s11.intoArray(g, to + n + STEP);
        s20.intoArray(g, to + 2 * n);
        s21.intoArray(g, to + 2 * n + STEP);
        s30.intoArray(g, to + 3 * n);
        s31.intoArray(g, to + 3 * n + STEP);
    }

    private static void row(float[] a, int from, int width, float[] packed, int tile, int apart, float[] g, int to) {
        FloatVector sum = FloatVector.zero(SPECIES);
        for (int k = 0; k < width; k++) {
            sum = FloatVector.fromArray(SPECIES, packed, tile + k * apart)
                    .fma(FloatVector.broadcast(SPECIES, a[from + k]), sum);
        }
        sum.intoArray(g, to);
    }

    @Override
    public int outputs(float[] g, int[] at, float[] values, int count, float[] b, int n, float[] z, int[] blocks) {
        return switch (count) {
            case 1 -> outputs1(g, at[0], values[0], b, n, z, blocks);
            case 2 -> outputs2(g, at[0], values[0], at[1], values[1], b, n, z, blocks);
            default -> {
                // All but the last two rows are added into z first.
                System.arraycopy(b, 0, z, 0, n);
                for (int k = 0; k < count - 2; k++) {
                    add(g, at[k], values[k], z, 0, n);
                }
                yield outputs2(g, at[count - 2], values[count - 2], at[count - 1], values[count - 1], z, n, z, blocks);
            }
        };
    }

    private static int outputs1(float[] g, int at, float value, float[] b, int n, float[] z, int[] blocks) {
        FloatVector v = FloatVector.broadcast(SPECIES, value);
        int kept = 0;
        int j = 0;
        for (; j <= n - 4 * STEP; j += 4 * STEP) {
            FloatVector z0 = z1(g, at + j, v, b, j);
            FloatVector z1 = z1(g, at + j + STEP, v, b, j + STEP);
            FloatVector z2 = z1(g, at + j + 2 * STEP, v, b, j + 2 * STEP);
            FloatVector z3 = z1(g, at + j + 3 * STEP, v, b, j + 3 * STEP);
            if (z0.max(z1).max(z2.max(z3)).compare(VectorOperators.GT, 0).anyTrue()) {
                kept = keep1(g, at, v, b, j, j + 4 * STEP, z, blocks, kept);
            }
        }
        return keep1(g, at, v, b, j, n, z, blocks, kept);
    }

    private static FloatVector z1(float[] g, int at, FloatVector v, float[] b, int j) {
        return FloatVector.fromArray(SPECIES, g, at).fma(v, FloatVector.fromArray(SPECIES, b, j));
    }

    /// Keeps the blocks with a positive output among outputs `from` .. `to` - 1.
    private static int keep1(
            float[] g, int at, FloatVector v, float[] b, int from, int to, float[] z, int[] blocks, int kept) {
        int count = kept;
        for (int block = from; block < to; block += LANES) {
            boolean any = false;
            for (int j = block; j < block + LANES; j += STEP) {
                FloatVector each = z1(g, at + j, v, b, j);
                each.intoArray(z, j);
                any |= each.compare(VectorOperators.GT, 0).anyTrue();
            }
            blocks[count] = block;
            count += any ? 1 : 0;
        }
        return count;
    }

    /// z = start + v0 g0 + v1 g1; `start` may be `z` itself.
    private static int outputs2(
            float[] g, int at0, float value0, int at1, float value1, float[] start, int n, float[] z, int[] blocks) {
        FloatVector v0 = FloatVector.broadcast(SPECIES, value0);
        FloatVector v1 = FloatVector.broadcast(SPECIES, value1);
        int kept = 0;
        int j = 0;
        for (; j <= n - 4 * STEP; j += 4 * STEP) {
            FloatVector s0 = z1(g, at1 + j, v1, z1(g, at0 + j, v0, start, j));
            FloatVector s1 = z1(g, at1 + j + STEP, v1, z1(g, at0 + j + STEP, v0, start, j + STEP));
            FloatVector s2 = z1(g, at1 + j + 2 * STEP, v1, z1(g, at0 + j + 2 * STEP, v0, start, j + 2 * STEP));
            FloatVector s3 = z1(g, at1 + j + 3 * STEP, v1, z1(g, at0 + j + 3 * STEP, v0, start, j + 3 * STEP));
            if (s0.max(s1).max(s2.max(s3)).compare(VectorOperators.GT, 0).anyTrue()) {
                kept = keep2(g, at0, v0, at1, v1, start, j, j + 4 * STEP, z, blocks, kept);
            }
        }
        return keep2(g, at0, v0, at1, v1, start, j, n, z, blocks, kept);
    }

    private static FloatVector z1(float[] g, int at, FloatVector v, FloatVector start) {
        return FloatVector.fromArray(SPECIES, g, at).fma(v, start);
    }

    private static int keep2(
            float[] g,
            int at0,
            FloatVector v0,
            int at1,
            FloatVector v1,
            float[] start,
            int from,
            int to,
            float[] z,
            int[] blocks,
            int kept) {
        int count = kept;
        for (int block = from; block < to; block += LANES) {
            boolean any = false;
            for (int j = block; j < block + LANES; j += STEP) {
                FloatVector each = z1(g, at1 + j, v1, z1(g, at0 + j, v0, start, j));
                each.intoArray(z, j);
                any |= each.compare(VectorOperators.GT, 0).anyTrue();
            }
            blocks[count] = block;
            count += any ? 1 : 0;
        }
        return count;
    }

    @Override
    public int reachable(float[] g, int at, float[] b, int n, int[] blocks) {
        FloatVector most = FloatVector.broadcast(SPECIES, 2);
        int kept = 0;
        for (int block = 0; block < n; block += LANES) {
            boolean any = false;
            for (int j = block; j < block + LANES; j += STEP) {
                FloatVector bias = FloatVector.fromArray(SPECIES, b, j);
                FloatVector end = FloatVector.fromArray(SPECIES, g, at + j).fma(most, bias);
                any |= end.max(bias).compare(VectorOperators.GT, 0).anyTrue();
            }
            blocks[kept] = block;
            kept += any ? 1 : 0;
        }
        return kept;
    }

    @Override
    public int outputsWithin(
            float[] g, int at, float value, float[] b, int[] candidates, int count, float[] z, int[] blocks) {
        FloatVector v = FloatVector.broadcast(SPECIES, value);
        int kept = 0;
        for (int i = 0; i < count; i++) {
            int block = candidates[i];
            boolean any = false;
            for (int j = block; j < block + LANES; j += STEP) {
                FloatVector each = z1(g, at + j, v, b, j);
                each.intoArray(z, j);
                any |= each.compare(VectorOperators.GT, 0).anyTrue();
            }
            blocks[kept] = block;
            kept += any ? 1 : 0;
        }
        return kept;
    }

    @Override
    public void deltas(float[] z, int at, int[] blocks, int count, float scale, float[] db, Tally tally) {
        FloatVector squares = FloatVector.zero(SPECIES);
        long positives = 0;
        for (int i = 0; i < count; i++) {
            for (int j = blocks[i]; j < blocks[i] + LANES; j += STEP) {
                FloatVector y = FloatVector.fromArray(SPECIES, z, at + j).max(0);
                squares = y.fma(y, squares);
                positives += y.compare(VectorOperators.GT, 0).trueCount();
                FloatVector d = y.mul(scale);
                d.intoArray(z, at + j);
                d.add(FloatVector.fromArray(SPECIES, db, j)).intoArray(db, j);
            }
        }
        tally.squares += sumInOrder(squares);
        tally.positives += positives;
    }

    @Override
    public void spread(float[] d, int[] blocks, int count, float value, float[] dg, int at) {
        FloatVector v = FloatVector.broadcast(SPECIES, value);
        for (int i = 0; i < count; i++) {
            for (int j = blocks[i]; j < blocks[i] + LANES; j += STEP) {
                FloatVector.fromArray(SPECIES, d, j)
                        .fma(v, FloatVector.fromArray(SPECIES, dg, at + j))
                        .intoArray(dg, at + j);
            }
        }
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
        for (int j = 0; j < n; j += STEP) {
            long set = FloatVector.fromArray(SPECIES, coefficients, at + j)
                    .compare(VectorOperators.NE, 0)
                    .toLong();
            while (set != 0) {
                int row = j + Long.numberOfTrailingZeros(set);
                set &= set - 1;
                scatterRow(coefficients[at + row], w, dw, wAt + row * stride, stride, u, uAt, du, duAt);
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
        return sumInOrder(sum);
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

    /// The sum of the lanes from first to last. The Vector API leaves the order of its own reduction open, and the
    /// interpreter and the compiler do take different ones: the same training would end in other bits.
    private static float sumInOrder(FloatVector lanes) {
        float[] each = new float[STEP];
        lanes.intoArray(each, 0);
        float sum = 0;
        for (float lane : each) {
            sum += lane;
        }
        return sum;
    }
}
