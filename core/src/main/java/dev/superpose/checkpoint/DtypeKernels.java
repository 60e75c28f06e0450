package dev.superpose.checkpoint;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// Stored numbers to float32: plain loops over blocks copied from the mapped file, so that the
/// compiler can make them wide. In every method `count` numbers from byte `offset` of `from` go
/// to `target` from index `at`.
final class DtypeKernels {
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfDouble DOUBLE =
            ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int BLOCK = 4096;

    private DtypeKernels() {}

    static void float32(MemorySegment from, long offset, float[] target, int at, int count) {
        MemorySegment.copy(from, FLOAT, offset, target, at, count);
    }

    /// Rounds to the nearest float32; beyond its range the value is an infinity.
    static void float64(MemorySegment from, long offset, float[] target, int at, int count) {
        double[] block = new double[Math.min(BLOCK, count)];
        for (int done = 0; done < count; done += block.length) {
            int n = Math.min(block.length, count - done);
            MemorySegment.copy(from, DOUBLE, offset + 8L * done, block, 0, n);
            for (int i = 0; i < n; i++) {
                target[at + done + i] = (float) block[i];
            }
        }
    }

    static void float16(MemorySegment from, long offset, float[] target, int at, int count) {
        short[] block = new short[Math.min(BLOCK, count)];
        for (int done = 0; done < count; done += block.length) {
            int n = Math.min(block.length, count - done);
            MemorySegment.copy(from, SHORT, offset + 2L * done, block, 0, n);
            for (int i = 0; i < n; i++) {
                target[at + done + i] = Float.float16ToFloat(block[i]);
            }
        }
    }

    /// The upper half of a float32 each.
    static void bfloat16(MemorySegment from, long offset, float[] target, int at, int count) {
        short[] block = new short[Math.min(BLOCK, count)];
        for (int done = 0; done < count; done += block.length) {
            int n = Math.min(block.length, count - done);
            MemorySegment.copy(from, SHORT, offset + 2L * done, block, 0, n);
            for (int i = 0; i < n; i++) {
                target[at + done + i] = Float.intBitsToFloat(block[i] << 16);
            }
        }
    }

    static void signed16(MemorySegment from, long offset, float[] target, int at, int count) {
        for (int i = 0; i < count; i++) {
            target[at + i] = from.get(SHORT, offset + 2L * i);
        }
    }

    static void signed8(MemorySegment from, long offset, float[] target, int at, int count) {
        for (int i = 0; i < count; i++) {
            target[at + i] = from.get(ValueLayout.JAVA_BYTE, offset + i);
        }
    }

    static void unsigned8(MemorySegment from, long offset, float[] target, int at, int count) {
        for (int i = 0; i < count; i++) {
            target[at + i] = Byte.toUnsignedInt(from.get(ValueLayout.JAVA_BYTE, offset + i));
        }
    }

    /// The upper half of a float16 each.
    static void float8e5m2(MemorySegment from, long offset, float[] target, int at, int count) {
        for (int i = 0; i < count; i++) {
            target[at + i] = Float.float16ToFloat((short) (from.get(ValueLayout.JAVA_BYTE, offset + i) << 8));
        }
    }

    /// @param meaning what each of the 256 codes means
    static void float8(float[] meaning, MemorySegment from, long offset, float[] target, int at, int count) {
        for (int i = 0; i < count; i++) {
            target[at + i] = meaning[Byte.toUnsignedInt(from.get(ValueLayout.JAVA_BYTE, offset + i))];
        }
    }
}
