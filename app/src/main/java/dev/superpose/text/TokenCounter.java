package dev.superpose.text;

import dev.superpose.result.InputException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;

/// Counts the tokens of texts, in memory that does not grow with them.
public final class TokenCounter {
    private static final int BATCH_CHARACTERS = 1 << 20;
    private static final int BATCH_PASSAGES = 4096;

    private final Tokenizer tokenizer;
    private final Options options;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final List<String> batch = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private long[] counts;
    private int batchCharacters;
    private long tokens;
    private long encoded;
    private long encodedBytes;
    private long documents;
    private long cuts;
    private long faults;
    private long bytesRead;

    private TokenCounter(Tokenizer tokenizer, Options options) {
        this.tokenizer = tokenizer;
        this.options = options;
        this.counts = new long[Math.toIntExact(tokenizer.tokens().length())];
    }

    /// How to count.
    ///
    /// @param field of JSON objects that holds the text
    /// @param limit tokens after which to end; empty for none
    /// @param longest characters that are encoded at once
    public record Options(String field, OptionalLong limit, int longest) {
        /// Fails on a limit below 1.
        public Options {
            if (limit.isPresent() && limit.getAsLong() < 1) {
                throw new IllegalArgumentException("--limit must be at least 1, is " + limit.getAsLong());
            }
        }

        /// The field `text`, all tokens, passages of 65,536 characters.
        public static Options standard() {
            return new Options("text", OptionalLong.empty(), Passages.LONGEST);
        }
    }

    /// Told how far the work is.
    @FunctionalInterface
    public interface Progress {
        /// Takes note of the state of the work.
        ///
        /// @param tokens counted so far
        /// @param bytes read so far, as they lie on disk
        void at(long tokens, long bytes);
    }

    /// A counter that is not yet started.
    public static TokenCounter of(Tokenizer tokenizer, Options options) {
        return new TokenCounter(tokenizer, options);
    }

    /// Ends the count as soon as it can, from any thread.
    public void stop() {
        stopped.set(true);
    }

    /// Counts the tokens of `files`, of which [TextFiles#STANDARD_INPUT] stands for
    /// `standardInput`. Once only.
    ///
    /// @throws InputException if a file is no text, or all are empty
    public TokenCounts count(List<Path> files, InputStream standardInput, Progress progress) throws IOException {
        try {
            for (Path file : files) {
                if (!wanted()) {
                    break;
                }
                try (InputStream in =
                        file.equals(TextFiles.STANDARD_INPUT) ? standardInput : Files.newInputStream(file)) {
                    count(file, in, progress);
                }
            }
            encode(progress);
        } catch (UncheckedIOException failed) {
            throw failed.getCause();
        }
        if (tokens == 0 && !stopped.get()) {
            throw new InputException(String.valueOf(files.getFirst()), "", "text", "none in all the files", "");
        }
        if (cuts > 0 && !tokenizer.cutsCleanly()) {
            notes.add(
                    ("documents of more than %,d characters were cut in %,d places; this tokenizer treats the beginning"
                                    + " of a text in its own way, so that a token at each cut may be another one")
                            .formatted(options.longest(), cuts));
        }
        return new TokenCounts(this);
    }

    private void count(Path file, InputStream in, Progress progress) throws IOException {
        var passages = new Passages(options.longest(), passage -> take(passage, progress));
        var reader = new DocumentReader(file, options.field(), passages, () -> {
            documents++;
            return wanted();
        });
        DocumentReader.Reading reading = reader.read(new Counted(in));
        cuts += passages.cuts();
        faults += reading.faults();
        if (reading.faults() > 0) {
            notes.add("%s: %,d times bytes that are no UTF-8, the first at byte %,d, were counted as U+FFFD"
                    .formatted(file, reading.faults(), reading.firstFault()));
        }
    }

    private boolean wanted() {
        return !stopped.get() && tokens < options.limit().orElse(Long.MAX_VALUE);
    }

    private boolean take(String passage, Progress progress) {
        batch.add(passage);
        batchCharacters += passage.length();
        long left = options.limit().orElse(Long.MAX_VALUE) - tokens;
        // A token has a character and more, so with few left a small batch is enough.
        if (batchCharacters >= Math.min(BATCH_CHARACTERS, Math.max(left, options.longest()))
                || batch.size() >= BATCH_PASSAGES) {
            try {
                encode(progress);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
        return wanted();
    }

    private void encode(Progress progress) throws InputException {
        if (batch.isEmpty()) {
            return;
        }
        List<long[]> all = tokenizer.encode(batch);
        for (int i = 0; i < all.size() && wanted(); i++) {
            encodedBytes += batch.get(i).getBytes(StandardCharsets.UTF_8).length;
            encoded += all.get(i).length;
            add(all.get(i));
        }
        batch.clear();
        batchCharacters = 0;
        progress.at(tokens, bytesRead);
    }

    private void add(long[] rows) {
        long limit = options.limit().orElse(Long.MAX_VALUE);
        for (long row : rows) {
            if (tokens == limit) {
                return;
            }
            if (row >= counts.length) {
                counts = Arrays.copyOf(counts, Math.toIntExact(row + 1));
            }
            counts[(int) row]++;
            tokens++;
        }
    }

    long[] counts() {
        return counts;
    }

    long tokens() {
        return tokens;
    }

    long documents() {
        return documents;
    }

    long cuts() {
        return cuts;
    }

    long faults() {
        return faults;
    }

    boolean interrupted() {
        return stopped.get();
    }

    double bytesPerToken() {
        return (double) encodedBytes / encoded;
    }

    List<String> notes() {
        return List.copyOf(notes);
    }

    /// The bytes of `files` on disk; empty if one of them is standard input.
    ///
    /// @throws IOException if a size cannot be read
    public static OptionalLong bytes(List<Path> files) throws IOException {
        long sum = 0;
        for (Path file : files) {
            if (file.equals(TextFiles.STANDARD_INPUT)) {
                return OptionalLong.empty();
            }
            sum += Files.size(file);
        }
        return OptionalLong.of(sum);
    }

    /// Counts the bytes that are read.
    private final class Counted extends FilterInputStream {
        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int b = super.read();
            bytesRead += b < 0 ? 0 : 1;
            return b;
        }

        @Override
        public int read(byte[] target, int from, int length) throws IOException {
            int n = super.read(target, from, length);
            bytesRead += Math.max(0, n);
            return n;
        }
    }
}
