package dev.superpose.checkpoint;

import java.lang.foreign.MemorySegment;
import java.util.Optional;

/// How the numbers of a tensor are stored: the names of the safetensors format. All are
/// little-endian.
public enum Dtype {
    BOOL(8),
    F4(4),
    F6_E2M3(6),
    F6_E3M2(6),
    U8(8),
    I8(8),
    F8_E5M2(8),
    F8_E4M3(8),
    F8_E8M0(8),
    F8_E4M3FNUZ(8),
    F8_E5M2FNUZ(8),
    I16(16),
    U16(16),
    F16(16),
    BF16(16),
    I32(32),
    U32(32),
    F32(32),
    C64(64),
    F64(64),
    I64(64),
    U64(64);

    private final int bits;

    Dtype(int bits) {
        this.bits = bits;
    }

    /// The bits of one number.
    public int bits() {
        return bits;
    }

    /// Whether such numbers can be read as float32. The others are counts, indexes, scales or
    /// codes that mean nothing by themselves.
    public boolean readable() {
        return switch (this) {
            case U8, I8, I16, F8_E5M2, F8_E4M3, F8_E8M0, F8_E4M3FNUZ, F8_E5M2FNUZ, F16, BF16, F32, F64 -> true;
            case BOOL, F4, F6_E2M3, F6_E3M2, U16, I32, U32, C64, I64, U64 -> false;
        };
    }

    /// Whether the numbers usually need a scale, stored elsewhere, to be weights.
    boolean quantised() {
        return readable() && bits == 8;
    }

    /// Reads `count` numbers of `from`, starting at byte `offset`, into `target` from index `at`.
    ///
    /// @throws IllegalStateException if such numbers are not [readable][#readable]
    void decode(MemorySegment from, long offset, float[] target, int at, int count) {
        switch (this) {
            case U8 -> DtypeKernels.unsigned8(from, offset, target, at, count);
            case I8 -> DtypeKernels.signed8(from, offset, target, at, count);
            case I16 -> DtypeKernels.signed16(from, offset, target, at, count);
            case F8_E5M2 -> DtypeKernels.float8e5m2(from, offset, target, at, count);
            case F8_E4M3 -> DtypeKernels.float8(Float8Kernels.E4M3, from, offset, target, at, count);
            case F8_E8M0 -> DtypeKernels.float8(Float8Kernels.E8M0, from, offset, target, at, count);
            case F8_E4M3FNUZ -> DtypeKernels.float8(Float8Kernels.E4M3_FNUZ, from, offset, target, at, count);
            case F8_E5M2FNUZ -> DtypeKernels.float8(Float8Kernels.E5M2_FNUZ, from, offset, target, at, count);
            case F16 -> DtypeKernels.float16(from, offset, target, at, count);
            case BF16 -> DtypeKernels.bfloat16(from, offset, target, at, count);
            case F32 -> DtypeKernels.float32(from, offset, target, at, count);
            case F64 -> DtypeKernels.float64(from, offset, target, at, count);
            case BOOL, F4, F6_E2M3, F6_E3M2, U16, I32, U32, C64, I64, U64 ->
                throw new IllegalStateException(this + " has no float32 form");
        }
    }

    /// The dtype of that name, in the spelling of the format.
    static Optional<Dtype> named(String name) {
        for (Dtype dtype : values()) {
            if (dtype.name().equals(name)) {
                return Optional.of(dtype);
            }
        }
        return Optional.empty();
    }
}
