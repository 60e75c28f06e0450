package dev.superpose.result;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.atomic.AtomicLong;

/// Files that are there whole or not at all: written under a temporary name beside the target, then
/// renamed.
public final class WholeFile {
    private static final AtomicLong COUNT = new AtomicLong();

    private WholeFile() {}

    /// What writes the content to a stream.
    @FunctionalInterface
    public interface ToStream {
        void write(OutputStream out) throws IOException;
    }

    /// What writes the content to a path of its own.
    @FunctionalInterface
    public interface ToPath {
        void write(Path temporary) throws IOException;
    }

    /// Writes `text` in UTF-8 as the whole of `target`.
    public static void write(Path target, String text) throws IOException {
        write(target, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /// Makes `target` of what `content` writes to the stream, which is buffered and closed for it.
    public static void write(Path target, ToStream content) throws IOException {
        writeAt(target, temporary -> {
            try (var out = new BufferedOutputStream(Files.newOutputStream(temporary), 1 << 16)) {
                content.write(out);
            }
        });
    }

    /// Makes `target` of what `content` leaves at the temporary path it is given. If it fails
    /// nothing stays, and a target that was there before stays as it was.
    public static void writeAt(Path target, ToPath content) throws IOException {
        // The process and a count keep two writers of one target apart.
        Path temporary = target.resolveSibling("%s.%d-%d.tmp"
                .formatted(target.getFileName(), ProcessHandle.current().pid(), COUNT.incrementAndGet()));
        try {
            content.write(temporary);
            move(temporary, target);
        } catch (IOException failed) {
            throw naming(target, temporary, failed);
        } finally {
            discard(temporary);
        }
    }

    /// What cannot be deleted is left: nobody takes a file of such a name for a whole one.
    private static void discard(Path temporary) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException _) {
            // The first failure tells more.
        }
    }

    /// `failed` in the name of the target, as nobody knows the temporary file.
    private static IOException naming(Path target, Path temporary, IOException failed) {
        return failed instanceof FileSystemException bad && temporary.toString().equals(bad.getFile())
                ? new IOException(target + ": " + InputException.reason(bad), failed)
                : naming(target, failed);
    }

    /// `failed`, with the name of what could not be written where its own message lacks
    /// it, as that of a full disk does.
    public static IOException naming(Path target, IOException failed) {
        return failed instanceof FileSystemException
                        || failed instanceof InputException
                        || String.valueOf(failed.getMessage()).startsWith(target + ": ")
                ? failed
                : new IOException(target + ": " + failed.getMessage(), failed);
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException _) {
            // Some network file systems only offer the plain move; the content is complete all the same.
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
