package dev.superpose.checkpoint;

import dev.superpose.result.InputException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Checks that bytes are UTF-8 in the strict sense (no overlong forms, no surrogates) and hold no NUL.
final class StrictUtf8 {
    private StrictUtf8() {}

    /// Checks `bytes`, which begin at byte `from` of `file`.
    static void check(Path file, long from, MemorySegment bytes) throws InputException {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer input = bytes.asByteBuffer();
        CharBuffer output = CharBuffer.allocate(8192);
        CoderResult result;
        do {
            result = decoder.decode(input, output.clear(), true);
            output.flip();
            for (int i = 0; i < output.length(); i++) {
                if (output.charAt(i) == 0) {
                    throw new InputException(file, "header", "JSON", "a NUL byte", "");
                }
            }
        } while (result.isOverflow());
        if (result.isError()) {
            long at = from + input.position();
            throw new InputException(
                    file,
                    "byte %,d".formatted(at),
                    "UTF-8",
                    "0x%02x".formatted(input.get(input.position())),
                    "the file is damaged; fetch or save it again");
        }
    }
}
