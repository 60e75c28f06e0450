package dev.superpose.checkpoint;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/// The code of byte-level BPE vocabularies (Radford et al. 2019, GPT-2): each byte of the UTF-8 text is one printable
/// character. Bytes that are printable in Latin-1 stand for themselves, the others, in order, for U+0100 and up, so
/// that a blank (0x20) is `Ġ` (U+0120).
final class ByteLevel {
    private static final char[] CHARACTERS = characters();
    private static final Map<Character, Byte> BYTES = bytes();

    private ByteLevel() {}

    private static char[] characters() {
        char[] characters = new char[256];
        char next = 0x100;
        for (int b = 0; b < 256; b++) {
            boolean printable = (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xAC) || b >= 0xAE;
            characters[b] = printable ? (char) b : next++;
        }
        return characters;
    }

    private static Map<Character, Byte> bytes() {
        Map<Character, Byte> bytes = HashMap.newHashMap(256);
        for (int b = 0; b < 256; b++) {
            bytes.put(CHARACTERS[b], (byte) b);
        }
        return bytes;
    }

    /// `text` as a vocabulary writes it.
    static String encode(String text) {
        var entry = new StringBuilder(text.length());
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            entry.append(CHARACTERS[Byte.toUnsignedInt(b)]);
        }
        return entry.toString();
    }

    /// What `entry` means; `entry` itself if it is not in this code, as special tokens are not. Bytes that are only
    /// part of a character become U+FFFD.
    static String decode(String entry) {
        ByteBuffer bytes = ByteBuffer.allocate(entry.length());
        for (int i = 0; i < entry.length(); i++) {
            Byte b = BYTES.get(entry.charAt(i));
            if (b == null) {
                return entry;
            }
            bytes.put(b);
        }
        return new String(bytes.array(), StandardCharsets.UTF_8);
    }
}
