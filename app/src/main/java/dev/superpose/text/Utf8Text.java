package dev.superpose.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/// UTF-8 to characters. Bytes that are none become U+FFFD, are counted, and the first is
/// remembered: a corpus of gigabytes is not thrown away for one of them.
final class Utf8Text extends Reader {
    private static final char REPLACEMENT = '\ufffd';

    private final InputStream in;
    private final ByteBuffer bytes = ByteBuffer.allocate(1 << 16).flip();
    private final CharBuffer pending = CharBuffer.allocate(2).flip();
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);

    // The place in the data of the first byte in the buffer.
    private long start;
    private boolean ended;
    private long faults;
    private long firstFault = -1;

    /// @param start the place of the first byte of `in` in the data
    Utf8Text(InputStream in, long start) {
        this.in = in;
        this.start = start;
    }

    /// How many times bytes were no character.
    long faults() {
        return faults;
    }

    /// The place of the first of them, from 0.
    OptionalLong firstFault() {
        return firstFault < 0 ? OptionalLong.empty() : OptionalLong.of(firstFault);
    }

    @Override
    public int read(char[] target, int from, int length) throws IOException {
        CharBuffer out = CharBuffer.wrap(target, from, length);
        while (out.position() == from && length > 0) {
            if (pending.hasRemaining()) {
                out.put(pending.get());
                break;
            }
            if (!decode(out)) {
                return -1;
            }
        }
        return out.position() - from;
    }

    /// Decodes what fits; false at the end.
    private boolean decode(CharBuffer out) throws IOException {
        CoderResult result = decoder.decode(bytes, out, ended);
        if (result.isError()) {
            faults++;
            firstFault = firstFault < 0 ? start + bytes.position() : firstFault;
            bytes.position(bytes.position() + result.length());
            put(out, REPLACEMENT);
        } else if (result.isOverflow() && !out.hasRemaining()) {
            return true;
        } else if (result.isOverflow()) {
            // A pair of surrogates with room for one.
            pending.clear();
            decoder.decode(bytes, pending, ended);
            pending.flip();
            out.put(pending.get());
        } else if (ended) {
            return false;
        } else {
            fill();
        }
        return true;
    }

    private void put(CharBuffer out, char c) {
        if (out.hasRemaining()) {
            out.put(c);
        } else {
            pending.clear();
            pending.put(c).flip();
        }
    }

    private void fill() throws IOException {
        start += bytes.position();
        bytes.compact();
        int n = in.read(bytes.array(), bytes.position(), bytes.remaining());
        ended = n < 0;
        bytes.position(bytes.position() + Math.max(0, n)).flip();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
