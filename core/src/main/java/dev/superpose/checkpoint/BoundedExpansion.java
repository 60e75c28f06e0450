package dev.superpose.checkpoint;

import dev.superpose.result.InputException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/// Decompressed data that refuses to grow beyond what numbers written as text can be compressed to.
final class BoundedExpansion extends FilterInputStream {
    /// Numbers as text shrink two- to threefold; zeros alone a hundredfold and more.
    private static final long RATIO = 200;

    private static final long FREE = 1 << 20;

    private final Path file;
    private final long most;
    private long count;

    BoundedExpansion(Path file, InputStream in, long packed) {
        super(in);
        this.file = file;
        this.most = most(packed);
    }

    /// How many bytes so many compressed ones may become.
    static long most(long packed) {
        return FREE + RATIO * packed;
    }

    @Override
    public int read() throws IOException {
        int b = super.read();
        add(b < 0 ? 0 : 1);
        return b;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
        int n = super.read(target, from, length);
        add(n);
        return n;
    }

    private void add(int n) throws InputException {
        count += Math.max(0, n);
        if (count > most) {
            throw new InputException(
                    file,
                    "",
                    "data that unpacks to at most %,d bytes".formatted(most),
                    "more",
                    "unpack it with gunzip if you trust it");
        }
    }
}
