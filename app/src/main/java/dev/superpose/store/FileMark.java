package dev.superpose.store;

import dev.superpose.result.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// What tells a file from itself after a change, without reading all of it: its size, its time of
/// change, and a hash of pieces of it. Files up to 320 KiB are hashed whole; of larger ones the
/// head, the tail and 63 pieces in between. Trained further, a model differs in all of them; a
/// change elsewhere, with size and time set back, is not seen.
///
/// @param size in bytes
/// @param modified the time of the last change, as the file system tells it
/// @param pieces SHA-256 of the pieces
public record FileMark(long size, String modified, String pieces) {
    private static final int HEAD = 1 << 16;
    private static final int PIECE = 1 << 12;
    private static final int PIECES = 64;

    /// The mark of `file` as it is now.
    public static FileMark of(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            var hash = new StringBuilder();
            if (size <= HEAD + (long) PIECES * PIECE) {
                add(hash, channel, 0, (int) size);
            } else {
                add(hash, channel, 0, HEAD);
                long span = size - HEAD - PIECE;
                for (int k = 1; k <= PIECES; k++) {
                    add(hash, channel, HEAD + span / PIECES * k + (k == PIECES ? span % PIECES : 0), PIECE);
                }
            }
            return new FileMark(size, Files.getLastModifiedTime(file).toString(), Sha256.of(hash.toString()));
        }
    }

    private static void add(StringBuilder hash, FileChannel channel, long from, int count) throws IOException {
        ByteBuffer piece = ByteBuffer.allocate(count);
        int read = 0;
        while (read >= 0 && piece.hasRemaining()) {
            read = channel.read(piece, from + piece.position());
        }
        hash.append(Sha256.of(piece.array()));
    }
}
