package dev.superpose.checkpoint;

/// Blocks of 256 numbers, whose runs of 16 or 32 have small integers as scales, to float32: in the
/// order of operations of `quants.py` in gguf 0.19.0, so that the bits are the same.
///
/// d and dmin are float16, little-endian. s and m are a run's scale and minimum.
final class GgufSuperblockKernels {
    private static final int NUMBERS = 256;
    private static final int RUN = 32;

    private GgufSuperblockKernels() {}

    /// `16 (m, s) of 4 bits | 64 bytes | d | dmin`: d s q - dmin m, in runs of 16.
    static void q2k(byte[] bytes, int count, float[] target, int at) {
        for (int b = 0, from = 0, to = at; b < count; b++, from += 84, to += NUMBERS) {
            float d = GgufBlockKernels.half(bytes, from + 80);
            float dmin = GgufBlockKernels.half(bytes, from + 82);
            for (int run = 0; run < 16; run++) {
                float scale = d * (bytes[from + run] & 15);
                float minimum = dmin * (bytes[from + run] >> 4 & 15);
                int twos = from + 16 + twoBits(run);
                int shift = twoBitShift(run);
                for (int i = 0; i < 16; i++) {
                    target[to + 16 * run + i] = scale * (bytes[twos + i] >> shift & 3) - minimum;
                }
            }
        }
    }

    /// `32 bytes of third bits | 64 bytes | 16 s of 6 bits | d`: d (s - 32) (q - 4), in runs of 16.
    static void q3k(byte[] bytes, int count, float[] target, int at) {
        for (int b = 0, from = 0, to = at; b < count; b++, from += 110, to += NUMBERS) {
            float d = GgufBlockKernels.half(bytes, from + 108);
            for (int run = 0; run < 16; run++) {
                int low = bytes[from + 96 + run % 8] >> (4 * (run / 8)) & 15;
                int high = bytes[from + 104 + run % 4] >> (2 * (run / 4)) & 3;
                float scale = d * ((low | (high << 4)) - 32);
                int thirds = from + 16 * (run % 2);
                int twos = from + 32 + twoBits(run);
                int shift = twoBitShift(run);
                for (int i = 0; i < 16; i++) {
                    int third = (bytes[thirds + i] >> (run / 2) & 1) << 2;
                    target[to + 16 * run + i] = scale * (((bytes[twos + i] >> shift & 3) | third) - 4);
                }
            }
        }
    }

    /// The first byte with 2-bit numbers of a run of 16: 32 bytes hold eight runs, a pair of them
    /// in the lowest two bits, the next above these, and so on.
    private static int twoBits(int run) {
        return RUN * (run / 8) + 16 * (run % 2);
    }

    /// Where in a byte the 2-bit numbers of a run of 16 are.
    private static int twoBitShift(int run) {
        return 2 * (run / 2 % 4);
    }

    /// `d | dmin | 8 (s, m) of 6 bits | 128 bytes`: d s q - dmin m, in runs of 32.
    static void q4k(byte[] bytes, int count, float[] target, int at) {
        for (int b = 0, from = 0, to = at; b < count; b++, from += 144, to += NUMBERS) {
            float d = GgufBlockKernels.half(bytes, from);
            float dmin = GgufBlockKernels.half(bytes, from + 2);
            for (int run = 0; run < 8; run++) {
                float scale = d * scale(bytes, from + 4, run);
                float minimum = dmin * minimum(bytes, from + 4, run);
                int pairs = from + 16 + RUN * (run / 2);
                for (int i = 0; i < RUN; i++) {
                    target[to + RUN * run + i] = scale * (bytes[pairs + i] >> (4 * (run % 2)) & 15) - minimum;
                }
            }
        }
    }

    /// `d | dmin | 8 (s, m) of 6 bits | 32 bytes of fifth bits | 128 bytes`: d s q - dmin
    /// m, in runs of 32.
    static void q5k(byte[] bytes, int count, float[] target, int at) {
        for (int b = 0, from = 0, to = at; b < count; b++, from += 176, to += NUMBERS) {
            float d = GgufBlockKernels.half(bytes, from);
            float dmin = GgufBlockKernels.half(bytes, from + 2);
            for (int run = 0; run < 8; run++) {
                float scale = d * scale(bytes, from + 4, run);
                float minimum = dmin * minimum(bytes, from + 4, run);
                int pairs = from + 48 + RUN * (run / 2);
                for (int i = 0; i < RUN; i++) {
                    int fifth = (bytes[from + 16 + i] >> run & 1) << 4;
                    target[to + RUN * run + i] = scale * ((bytes[pairs + i] >> (4 * (run % 2)) & 15) | fifth) - minimum;
                }
            }
        }
    }

    /// Scale `run` of the eight in the 12 bytes from `at` on: of the first four the lower six bits
    /// of bytes 0 to 3; of the others the lower halves of bytes 8 to 11, with the upper two bits of
    /// bytes 0 to 3 above them.
    private static int scale(byte[] bytes, int at, int run) {
        return run < 4 ? bytes[at + run] & 63 : (bytes[at + 4 + run] & 15) | (bytes[at - 4 + run] >> 2 & 48);
    }

    /// Minimum `run` of the eight, likewise in bytes 4 to 7 and the upper halves of bytes 8 to 11.
    private static int minimum(byte[] bytes, int at, int run) {
        return run < 4 ? bytes[at + 4 + run] & 63 : (bytes[at + 4 + run] >> 4 & 15) | (bytes[at + run] >> 2 & 48);
    }

    /// `128 bytes | 64 bytes of upper bits | 16 signed s | d`: d s (q - 32), in runs of 16.
    static void q6k(byte[] bytes, int count, float[] target, int at) {
        for (int b = 0, from = 0, to = at; b < count; b++, from += 210, to += NUMBERS) {
            float d = GgufBlockKernels.half(bytes, from + 208);
            for (int run = 0; run < 16; run++) {
                float scale = d * bytes[from + 192 + run];
                int pairs = from + 64 * (run / 8) + 16 * (run % 4);
                int pairShift = 4 * (run / 4 % 2);
                int twos = from + 128 + twoBits(run);
                int twoShift = twoBitShift(run);
                for (int i = 0; i < 16; i++) {
                    int high = (bytes[twos + i] >> twoShift & 3) << 4;
                    target[to + 16 * run + i] = scale * (((bytes[pairs + i] >> pairShift & 15) | high) - 32);
                }
            }
        }
    }

    /// `d | upper 2 bits of 8 s | lower 4 bits of 8 s | 128 bytes`: d (s - 32) level(q), in runs of
    /// 32.
    static void iq4xs(byte[] bytes, int count, float[] target, int at) {
        for (int b = 0, from = 0, to = at; b < count; b++, from += 136, to += NUMBERS) {
            float d = GgufBlockKernels.half(bytes, from);
            for (int run = 0; run < 8; run++) {
                int low = bytes[from + 4 + run / 2] >> (4 * (run % 2)) & 15;
                int high = bytes[from + 2 + run / 4] >> (2 * (run % 4)) & 3;
                float scale = d * ((low | (high << 4)) - 32);
                for (int i = 0; i < 16; i++) {
                    int pair = bytes[from + 8 + 16 * run + i];
                    target[to + RUN * run + i] = scale * GgufBlockKernels.LEVELS[pair & 15];
                    target[to + RUN * run + 16 + i] = scale * GgufBlockKernels.LEVELS[pair >> 4 & 15];
                }
            }
        }
    }
}
