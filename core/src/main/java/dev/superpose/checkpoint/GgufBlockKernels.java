package dev.superpose.checkpoint;

/// Blocks of 32 numbers with a scale of their own to float32, in the order of operations of
/// `quants.py` in gguf 0.19.0, so that the bits are the same.
///
/// d and m are float16, little-endian. A byte holds two 4-bit numbers: the lower halves of 16
/// bytes are the numbers 0 to 15 of a block, the upper halves 16 to 31.
final class GgufBlockKernels {
    /// The levels of the non-linear 4-bit formats.
    static final byte[] LEVELS = {-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113};

    /// Twice the values of the 4-bit float with 2 exponent bits and 1 fraction bit (OCP
    /// Microscaling Formats 1.0).
    private static final float[] E2M1 = {0, 1, 2, 3, 4, 6, 8, 12, 0, -1, -2, -3, -4, -6, -8, -12};

    private static final int HALF = 16;

    private GgufBlockKernels() {}

    /// The float16 at byte `at`.
    static float half(byte[] bytes, int at) {
        return Float.float16ToFloat((short) ((bytes[at] & 0xFF) | (bytes[at + 1] << 8)));
    }

    /// `d | 16 bytes`: d (q - 8).
    static void q4zero(byte[] bytes, int count, float[] target, int at) {
        for (int b = 0, from = 0, to = at; b < count; b++, from += 18, to += 32) {
            float d = half(bytes, from);
            for (int i = 0; i < HALF; i++) {
                int pair = bytes[from + 2 + i];
                target[to + i] = d * ((pair & 15) - 8);
                target[to + HALF + i] = d * ((pair >> 4 & 15) - 8);
            }
        }
    }

    /// `d | m | 16 bytes`: d q + m.
    static void q4one(byte[] bytes, int count, float[] target, int at) {
        for (int b = 0, from = 0, to = at; b < count; b++, from += 20, to += 32) {
            float d = half(bytes, from);
            float m = half(bytes, from + 2);
            for (int i = 0; i < HALF; i++) {
                int pair = bytes[from + 4 + i];
                target[to + i] = d * (pair & 15) + m;
                target[to + HALF + i] = d * (pair >> 4 & 15) + m;
            }
        }
    }

    /// `d | 32 fifth bits | 16 bytes`: d (q - 16).
    static void q5zero(byte[] bytes, int count, float[] target, int at) {
        for (int b = 0, from = 0, to = at; b < count; b++, from += 22, to += 32) {
            float d = half(bytes, from);
            int fifths = fifths(bytes, from + 2);
            for (int i = 0; i < HALF; i++) {
                int pair = bytes[from + 6 + i];
                target[to + i] = d * (((pair & 15) | ((fifths >> i & 1) << 4)) - 16);
                target[to + HALF + i] = d * (((pair >> 4 & 15) | ((fifths >> (HALF + i) & 1) << 4)) - 16);
            }
        }
    }

    /// `d | m | 32 fifth bits | 16 bytes`: d q + m.
    static void q5one(byte[] bytes, int count, float[] target, int at) {
        for (int b = 0, from = 0, to = at; b < count; b++, from += 24, to += 32) {
            float d = half(bytes, from);
            float m = half(bytes, from + 2);
            int fifths = fifths(bytes, from + 4);
            for (int i = 0; i < HALF; i++) {
                int pair = bytes[from + 8 + i];
                target[to + i] = d * ((pair & 15) | ((fifths >> i & 1) << 4)) + m;
                target[to + HALF + i] = d * ((pair >> 4 & 15) | ((fifths >> (HALF + i) & 1) << 4)) + m;
            }
        }
    }

    /// The 32 fifth bits from byte `at` on.
    private static int fifths(byte[] bytes, int at) {
        return (bytes[at] & 0xFF)
                | ((bytes[at + 1] & 0xFF) << 8)
                | ((bytes[at + 2] & 0xFF) << 16)
                | ((bytes[at + 3] & 0xFF) << 24);
    }

    /// `d | 32 signed bytes`: d q.
    static void q8zero(byte[] bytes, int count, float[] target, int at) {
        for (int b = 0, from = 0, to = at; b < count; b++, from += 34, to += 32) {
            float d = half(bytes, from);
            for (int i = 0; i < 2 * HALF; i++) {
                target[to + i] = bytes[from + 2 + i] * d;
            }
        }
    }

    /// `d | 16 bytes`: d level(q).
    static void iq4nl(byte[] bytes, int count, float[] target, int at) {
        for (int b = 0, from = 0, to = at; b < count; b++, from += 18, to += 32) {
            float d = half(bytes, from);
            for (int i = 0; i < HALF; i++) {
                int pair = bytes[from + 2 + i];
                target[to + i] = d * LEVELS[pair & 15];
                target[to + HALF + i] = d * LEVELS[pair >> 4 & 15];
            }
        }
    }

    /// `e | 16 bytes`: 2^(e - 128) times twice a 4-bit float.
    static void mxfp4(byte[] bytes, int count, float[] target, int at) {
        for (int b = 0, from = 0, to = at; b < count; b++, from += 17, to += 32) {
            int e = bytes[from] & 0xFF;
            // Below 2^-126 a float32 has no exponent of its own: the fraction's highest bits stand in.
            float d = Float.intBitsToFloat(e < 2 ? 0x00200000 << e : (e - 1) << 23);
            for (int i = 0; i < HALF; i++) {
                int pair = bytes[from + 1 + i];
                target[to + i] = d * E2M1[pair & 15];
                target[to + HALF + i] = d * E2M1[pair >> 4 & 15];
            }
        }
    }
}
