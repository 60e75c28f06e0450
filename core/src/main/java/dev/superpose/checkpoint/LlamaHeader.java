package dev.superpose.checkpoint;

import dev.superpose.result.InputException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/// The sizes at the start of a llama2.c model, and what follows from them. Version 0 is seven
/// integers; later versions have a magic number and a version before them, flags after them, and
/// are padded to 256 bytes (`export.py` of karpathy/llama2.c).
///
/// @param version 0 or 1 (float32), or 2 (8-bit integers, one float32 scale for each group of them)
/// @param width numbers per token
/// @param hidden width of the feed-forward layers
/// @param shared whether embedding and unembedding are one matrix
/// @param group numbers with one scale; 0 unless the version is 2
record LlamaHeader(
        int version,
        int width,
        int hidden,
        int layers,
        int heads,
        int keyHeads,
        int vocabulary,
        int context,
        boolean shared,
        int group) {
    private static final int MAGIC = 0x616b3432;
    private static final int LEGACY_BYTES = 28;
    private static final int BYTES = 256;
    private static final int FLAGS = 36;
    private static final String AGAIN = "fetch or export it again";

    /// Whether data that begin so are a llama2.c model: the magic number, or seven
    /// integers that can be its sizes.
    static boolean looksLike(byte[] prefix) {
        if (prefix.length < LEGACY_BYTES) {
            return false;
        }
        ByteBuffer ints = ByteBuffer.wrap(prefix).order(ByteOrder.LITTLE_ENDIAN);
        if (ints.getInt(0) == MAGIC) {
            return prefix[6] == 0 && prefix[7] == 0;
        }
        return legacy(ints).isPlausible();
    }

    /// Reads the header of `file`, whose bytes are `bytes`, and checks that the file is
    /// as long as it says.
    static LlamaHeader read(Path file, MemorySegment bytes) throws InputException {
        byte[] start = bytes.asSlice(0, Math.min(BYTES, bytes.byteSize())).toArray(ValueLayout.JAVA_BYTE);
        ByteBuffer ints = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN);
        boolean versioned = start.length >= 4 && ints.getInt(0) == MAGIC;
        int least = versioned ? BYTES : LEGACY_BYTES;
        if (start.length < least) {
            throw new InputException(
                    file, "byte 0", "a header of %d bytes".formatted(least), start.length + " bytes", AGAIN);
        }
        LlamaHeader header = versioned ? versioned(file, ints) : legacy(ints);
        header.check(file, bytes.byteSize());
        return header;
    }

    private static LlamaHeader legacy(ByteBuffer ints) {
        int vocabulary = ints.getInt(20);
        return new LlamaHeader(
                0,
                ints.getInt(0),
                ints.getInt(4),
                ints.getInt(8),
                ints.getInt(12),
                ints.getInt(16),
                // The sign is the flag: negative where the unembedding is a matrix of its own.
                vocabulary == Integer.MIN_VALUE ? 0 : Math.abs(vocabulary),
                ints.getInt(24),
                vocabulary > 0,
                0);
    }

    private static LlamaHeader versioned(Path file, ByteBuffer ints) throws InputException {
        int version = ints.getInt(4);
        if (version < 1 || version > 2) {
            throw new InputException(
                    file, "byte 4", "version 1 or 2", version, "export the model as version 0, 1 or 2");
        }
        byte shared = ints.get(FLAGS);
        if (shared < 0 || shared > 1) {
            throw new InputException(file, "byte %d".formatted(FLAGS), "0 or 1 (embeddings shared)", shared, AGAIN);
        }
        return new LlamaHeader(
                version,
                ints.getInt(8),
                ints.getInt(12),
                ints.getInt(16),
                ints.getInt(20),
                ints.getInt(24),
                ints.getInt(28),
                ints.getInt(32),
                shared == 1,
                version == 2 ? ints.getInt(FLAGS + 1) : 0);
    }

    /// Whether the sizes can be those of a model. The limits are far above any, and keep
    /// every product below 2^63.
    private boolean isPlausible() {
        return within(width, 1 << 17)
                && within(hidden, 1 << 20)
                && within(layers, 1 << 10)
                && within(heads, 1 << 12)
                && within(keyHeads, heads)
                && within(vocabulary, 1 << 24)
                && within(context, 1 << 24)
                && width % heads == 0
                && heads % keyHeads == 0;
    }

    private static boolean within(int value, int most) {
        return value >= 1 && value <= most;
    }

    private void check(Path file, long size) throws InputException {
        int sizesAt = version == 0 ? 0 : 8;
        if (!isPlausible()) {
            throw new InputException(
                    file,
                    "byte %d".formatted(sizesAt),
                    "the sizes of a model (width a multiple of its heads, all above 0)",
                    "width %,d, hidden %,d, layers %,d, heads %,d, key heads %,d, vocabulary %,d, context %,d"
                            .formatted(width, hidden, layers, heads, keyHeads, vocabulary, context),
                    AGAIN);
        }
        if (version == 2 && (group < 1 || width % group != 0)) {
            throw new InputException(
                    file,
                    "byte %d".formatted(FLAGS + 1),
                    "a group size that divides the width %,d".formatted(width),
                    group,
                    AGAIN);
        }
        if (size != bytes()) {
            throw new InputException(
                    file,
                    "byte %d".formatted(sizesAt),
                    "a file of %,d bytes, as its sizes say".formatted(bytes()),
                    "%,d bytes".formatted(size),
                    size < bytes() ? "it is cut short; " + AGAIN : AGAIN);
        }
    }

    /// The bytes of the whole file.
    private long bytes() {
        long head = width / heads;
        long attention = 2L * width * width + 2L * width * keyHeads * head;
        long body = layers * (attention + 3L * width * hidden);
        if (version == 0) {
            return LEGACY_BYTES + matrixBytes() * (shared ? 1 : 2) + 4 * (norms() + body + context * (head / 2) * 2);
        }
        long packed = version == 1 ? 4 * body : body + 4 * (body / group);
        return BYTES + 4 * norms() + matrixBytes() * (shared ? 1 : 2) + packed;
    }

    private long norms() {
        return (2L * layers + 1) * width;
    }

    /// The numbers of the embedding, which the unembedding has too.
    long numbers() {
        return (long) vocabulary * width;
    }

    /// The bytes of the embedding, with its scales.
    long matrixBytes() {
        return version == 2 ? numbers() + 4 * (numbers() / group) : 4 * numbers();
    }

    /// The first byte of the embedding. The unembedding, if it is not shared, is the last
    /// of the file.
    long embeddingAt() {
        return version == 0 ? LEGACY_BYTES : BYTES + 4 * norms();
    }
}
