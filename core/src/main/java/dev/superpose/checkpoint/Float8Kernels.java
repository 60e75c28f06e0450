package dev.superpose.checkpoint;

/// All 256 values of the 8-bit floating-point formats that are not the upper half of a 16-bit one.
final class Float8Kernels {
    /// 4 exponent bits (bias 7), 3 fraction bits and no infinity; the two codes with all bits set
    /// are not a number (Micikevicius et al. 2022, "FP8 formats for deep learning", table 1).
    static final float[] E4M3 = values(3, 7, false);

    /// As [#E4M3] with bias 8 and no negative zero: its code, 0x80, is the only one that is not a
    /// number (Noune et al. 2022, "8-bit numerical formats for deep neural networks").
    static final float[] E4M3_FNUZ = values(3, 8, true);

    /// 5 exponent bits (bias 16), 2 fraction bits; finite and without negative zero as
    /// [#E4M3_FNUZ].
    static final float[] E5M2_FNUZ = values(2, 16, true);

    /// A power of two, 2^(code - 127); 255 is not a number (OCP Microscaling Formats 1.0, section
    /// 5.4.1).
    static final float[] E8M0 = powers();

    private static final int NEGATIVE_ZERO = 0x80;

    private Float8Kernels() {}

    /// @param fractionBits the bits below the exponent
    /// @param bias what the exponent is stored with
    /// @param oneNotANumber whether only the code of the negative zero is not a number, rather than
    /// the two greatest
    private static float[] values(int fractionBits, int bias, boolean oneNotANumber) {
        float[] values = new float[256];
        for (int code = 0; code < values.length; code++) {
            int exponent = (code & 0x7f) >> fractionBits;
            float fraction = (code & ((1 << fractionBits) - 1)) / (float) (1 << fractionBits);
            float magnitude =
                    exponent == 0 ? Math.scalb(fraction, 1 - bias) : Math.scalb(1 + fraction, exponent - bias);
            boolean notANumber = oneNotANumber ? code == NEGATIVE_ZERO : (code & 0x7f) == 0x7f;
            values[code] = notANumber ? Float.NaN : code < NEGATIVE_ZERO ? magnitude : -magnitude;
        }
        return values;
    }

    private static float[] powers() {
        float[] values = new float[256];
        for (int code = 0; code < values.length; code++) {
            values[code] = code == 255 ? Float.NaN : Math.scalb(1f, code - 127);
        }
        return values;
    }
}
