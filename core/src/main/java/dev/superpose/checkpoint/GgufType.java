package dev.superpose.checkpoint;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/// How a GGUF file stores the numbers of a tensor: in blocks of so many numbers and bytes each.
/// Names, numbers and sizes are those of `ggml.h` and of `constants.py` in gguf 0.19.0.
enum GgufType {
    F32(0, Dtype.F32),
    F16(1, Dtype.F16),
    Q4_0(2, 32, 18),
    Q4_1(3, 32, 20),
    Q5_0(6, 32, 22),
    Q5_1(7, 32, 24),
    Q8_0(8, 32, 34),
    Q2_K(10, 256, 84),
    Q3_K(11, 256, 110),
    Q4_K(12, 256, 144),
    Q5_K(13, 256, 176),
    Q6_K(14, 256, 210),
    Q8_K(15, 256, 292),
    IQ2_XXS(16, 256, 66),
    IQ2_XS(17, 256, 74),
    IQ3_XXS(18, 256, 98),
    IQ1_S(19, 256, 50),
    IQ4_NL(20, 32, 18),
    IQ3_S(21, 256, 110),
    IQ2_S(22, 256, 82),
    IQ4_XS(23, 256, 136),
    I8(24, Dtype.I8),
    I16(25, Dtype.I16),
    I32(26, Dtype.I32),
    I64(27, Dtype.I64),
    F64(28, Dtype.F64),
    IQ1_M(29, 256, 56),
    BF16(30, Dtype.BF16),
    TQ1_0(34, 256, 54),
    TQ2_0(35, 256, 66),
    MXFP4(39, 32, 17),
    NVFP4(40, 64, 36),
    Q1_0(41, 128, 18),
    Q2_0(42, 64, 18);

    /// Blocks decoded at a time, so that the bytes copied for it stay in the cache.
    private static final int STEP = 64;

    private final int id;
    private final int block;
    private final int bytes;
    private final Optional<Dtype> plain;

    GgufType(int id, Dtype plain) {
        this(id, 1, plain.bits() / 8, Optional.of(plain));
    }

    GgufType(int id, int block, int bytes) {
        this(id, block, bytes, Optional.empty());
    }

    GgufType(int id, int block, int bytes, Optional<Dtype> plain) {
        this.id = id;
        this.block = block;
        this.bytes = bytes;
        this.plain = plain;
    }

    /// The numbers of a block.
    int block() {
        return block;
    }

    /// The bytes of a block.
    int bytes() {
        return bytes;
    }

    /// Whether such numbers can be read as float32.
    boolean readable() {
        return switch (this) {
            case F32, F16, BF16, F64, I8, I16 -> true;
            case Q4_0, Q4_1, Q5_0, Q5_1, Q8_0, IQ4_NL, MXFP4 -> true;
            case Q2_K, Q3_K, Q4_K, Q5_K, Q6_K, IQ4_XS -> true;
            case Q8_K, IQ2_XXS, IQ2_XS, IQ3_XXS, IQ1_S, IQ3_S, IQ2_S, IQ1_M -> false;
            case I32, I64, TQ1_0, TQ2_0, NVFP4, Q1_0, Q2_0 -> false;
        };
    }

    /// Whether these are integers that mean nothing without a scale, which the file does not have.
    boolean unscaled() {
        return this == I8 || this == I16;
    }

    /// Reads `count` numbers, a multiple of [#block], from byte `offset` of `from` into the start
    /// of `target`. The float32 bits are those of `quants.py` in gguf 0.19.0.
    ///
    /// @throws IllegalStateException if such numbers are not [readable][#readable]
    void decode(MemorySegment from, long offset, float[] target, int count) {
        if (plain.isPresent()) {
            plain.get().decode(from, offset, target, 0, count);
            return;
        }
        int wanted = count / block;
        byte[] copied = new byte[Math.min(STEP, wanted) * bytes];
        for (int done = 0; done < wanted; done += STEP) {
            int n = Math.min(STEP, wanted - done);
            MemorySegment.copy(from, ValueLayout.JAVA_BYTE, offset + (long) done * bytes, copied, 0, n * bytes);
            decodeBlocks(copied, n, target, done * block);
        }
    }

    /// Decodes the first `count` blocks of `from` into `target` from index `at`.
    private void decodeBlocks(byte[] from, int count, float[] target, int at) {
        switch (this) {
            case Q4_0 -> GgufBlockKernels.q4zero(from, count, target, at);
            case Q4_1 -> GgufBlockKernels.q4one(from, count, target, at);
            case Q5_0 -> GgufBlockKernels.q5zero(from, count, target, at);
            case Q5_1 -> GgufBlockKernels.q5one(from, count, target, at);
            case Q8_0 -> GgufBlockKernels.q8zero(from, count, target, at);
            case IQ4_NL -> GgufBlockKernels.iq4nl(from, count, target, at);
            case MXFP4 -> GgufBlockKernels.mxfp4(from, count, target, at);
            case Q2_K -> GgufSuperblockKernels.q2k(from, count, target, at);
            case Q3_K -> GgufSuperblockKernels.q3k(from, count, target, at);
            case Q4_K -> GgufSuperblockKernels.q4k(from, count, target, at);
            case Q5_K -> GgufSuperblockKernels.q5k(from, count, target, at);
            case Q6_K -> GgufSuperblockKernels.q6k(from, count, target, at);
            case IQ4_XS -> GgufSuperblockKernels.iq4xs(from, count, target, at);
            case F32, F16, BF16, F64, I8, I16, I32, I64 -> throw noForm();
            case Q8_K, IQ2_XXS, IQ2_XS, IQ3_XXS, IQ1_S, IQ3_S, IQ2_S, IQ1_M -> throw noForm();
            case TQ1_0, TQ2_0, NVFP4, Q1_0, Q2_0 -> throw noForm();
        }
    }

    private IllegalStateException noForm() {
        return new IllegalStateException(this + " has no float32 form");
    }

    /// The type of that number.
    static Optional<GgufType> of(int id) {
        for (GgufType type : values()) {
            if (type.id == id) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /// What is known of a number that is no type here: why it cannot be read.
    static String unreadable(int id) {
        return switch (id) {
            case 4, 5, 31, 32, 33, 36, 37, 38 -> "%d, a type that ggml has removed".formatted(id);
            // ggml and the gguf package disagree on its size.
            case 9 -> "9 (Q8_1), which is no format of weights";
            default -> Integer.toUnsignedString(id) + ", which is no known type";
        };
    }
}
