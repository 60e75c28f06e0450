package dev.superpose.toy;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/// The state of a training between two steps, from which it goes on bit for bit.
///
/// On disk: magic number, step, seed, the arrays with their lengths, and a CRC-32 of all that,
/// big-endian. The format is private to one engine version: a snapshot serves a crash, not an
/// archive.
public final class Snapshot {
    private static final int MAGIC = 0x53505331; // "SPS1"
    private static final int MOST_ARRAYS = 64;

    private final int step;
    private final long seed;
    private final float[][] arrays;

    private Snapshot(int step, long seed, float[][] arrays) {
        this.step = step;
        this.seed = seed;
        this.arrays = arrays;
    }

    static Snapshot of(int step, long seed, float[][] arrays) {
        var copies = new float[arrays.length][];
        for (int i = 0; i < arrays.length; i++) {
            copies[i] = arrays[i].clone();
        }
        return new Snapshot(step, seed, copies);
    }

    /// The number of steps taken when it was made.
    public int step() {
        return step;
    }

    void restore(long wantedSeed, float[][] targets) {
        if (seed != wantedSeed || targets.length != arrays.length) {
            throw new IllegalArgumentException("the snapshot belongs to another training");
        }
        for (int i = 0; i < arrays.length; i++) {
            if (arrays[i].length != targets[i].length) {
                throw new IllegalArgumentException("the snapshot belongs to a training of another shape");
            }
        }
        for (int i = 0; i < arrays.length; i++) {
            System.arraycopy(arrays[i], 0, targets[i], 0, arrays[i].length);
        }
    }

    /// Writes all of it; does not close `out`.
    public void write(OutputStream out) throws IOException {
        var checked = new CheckedOutputStream(out, new CRC32());
        var data = new DataOutputStream(checked);
        data.writeInt(MAGIC);
        data.writeInt(step);
        data.writeLong(seed);
        data.writeInt(arrays.length);
        for (float[] array : arrays) {
            data.writeInt(array.length);
            ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(4, array.length));
            bytes.asFloatBuffer().put(array);
            data.write(bytes.array());
        }
        data.writeLong(checked.getChecksum().getValue());
        data.flush();
    }

    /// Reads what [#write] wrote.
    ///
    /// @throws IOException if it is something else, or damaged; the caller starts afresh then
    public static Snapshot read(InputStream in) throws IOException {
        var checked = new CheckedInputStream(in, new CRC32());
        var data = new DataInputStream(checked);
        if (data.readInt() != MAGIC) {
            throw new IOException("not a training snapshot of this version");
        }
        int step = data.readInt();
        long seed = data.readLong();
        int count = data.readInt();
        if (count < 0 || count > MOST_ARRAYS) {
            throw new IOException("a snapshot cannot hold " + count + " arrays");
        }
        var arrays = new float[count][];
        for (int i = 0; i < count; i++) {
            int length = data.readInt();
            // readNBytes takes memory as bytes arrive, so that a false length costs nothing.
            byte[] bytes = data.readNBytes(Math.multiplyExact(4, Math.clamp(length, 0, Integer.MAX_VALUE / 4)));
            if (length < 0 || bytes.length != 4L * length) {
                throw new IOException("the snapshot ends too early");
            }
            arrays[i] = new float[length];
            ByteBuffer.wrap(bytes).asFloatBuffer().get(arrays[i]);
        }
        long sum = checked.getChecksum().getValue();
        if (data.readLong() != sum) {
            throw new IOException("the snapshot is damaged: its checksum differs");
        }
        return new Snapshot(step, seed, arrays);
    }

    @Override
    public String toString() {
        return "snapshot after step " + step + " of "
                + Arrays.stream(arrays).mapToInt(a -> a.length).sum() + " numbers";
    }
}
