package dev.superpose.checkpoint;

import java.lang.foreign.MemorySegment;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How the numbers of a tensor are stored: the names of the safetensors format. All are little-endian.
public enum Dtype {
    BOOL(8),
    F4(4),
    F6_E2M3(6),
    F6_E3M2(6),
    U8(8, DtypeKernels::unsigned8),
    I8(8, DtypeKernels::signed8),
    F8_E5M2(8, DtypeKernels::float8e5m2),
    F8_E4M3(8, DtypeKernels::float8e4m3),
    F8_E8M0(8),
    F8_E4M3FNUZ(8),
    F8_E5M2FNUZ(8),
    I16(16, DtypeKernels::signed16),
    U16(16),
    F16(16, DtypeKernels::float16),
    BF16(16, DtypeKernels::bfloat16),
    I32(32),
    U32(32),
    F32(32, DtypeKernels::float32),
    C64(64),
    F64(64, DtypeKernels::float64),
    I64(64),
    U64(64);

    /// Reads `count` numbers of `from`, starting at byte `offset`, into `target` from index `at`.
    @FunctionalInterface
    interface Decoder {
        void decode(MemorySegment from, long offset, float[] target, int at, int count);
    }

    private final int bits;
    private final @Nullable Decoder decoder;

    Dtype(int bits) {
        this.bits = bits;
        this.decoder = null;
    }

    Dtype(int bits, Decoder decoder) {
        this.bits = bits;
        this.decoder = decoder;
    }

    /// The bits of one number.
    public int bits() {
        return bits;
    }

    /// Whether rows of such numbers can be read as float32.
    public boolean readable() {
        return decoder != null;
    }

    Optional<Decoder> decoder() {
        return Optional.ofNullable(decoder);
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
