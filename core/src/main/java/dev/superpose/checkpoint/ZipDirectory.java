package dev.superpose.checkpoint;

import dev.superpose.result.InputException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// Where the entries of a zip archive lie in the mapped file.
///
/// Java's own reader copies; here an entry's numbers stay where they are. Every offset and length
/// is compared with the bytes that are there before it is used, and where the central directory
/// and an entry's own header name it differently the archive is refused. Format: PKWARE APPNOTE
/// 6.3.10, sections 4.3.7 to 4.3.16 and 4.5.3 (zip64).
final class ZipDirectory {
    private static final int END = 0x06054b50;
    private static final int END64 = 0x06064b50;
    private static final int LOCATOR64 = 0x07064b50;
    private static final int CENTRAL = 0x02014b50;
    private static final int LOCAL = 0x04034b50;
    private static final int END_BYTES = 22;
    private static final int END64_BYTES = 56;
    private static final int LOCATOR64_BYTES = 20;
    private static final int CENTRAL_BYTES = 46;
    private static final int LOCAL_BYTES = 30;
    private static final int ENCRYPTED = 1;
    private static final int DEFLATED = 8;
    private static final long NO_32 = 0xffffffffL;
    private static final long MOST_ENTRIES = 1_000_000;
    private static final long LONGEST = 256L << 20;
    private static final String FETCH_AGAIN = "the file is damaged or cut short; fetch it again";
    private static final ValueLayout.OfShort U16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong U64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final Path file;
    private final MemorySegment bytes;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private long begin;

    private ZipDirectory(Path file, MemorySegment bytes) {
        this.file = file;
        this.bytes = bytes;
    }

    /// @param at where the entry's own header begins
    private record Entry(int flags, int method, long packed, long size, long at) {}

    /// Reads the central directory of `bytes`, the whole file.
    static ZipDirectory read(Path file, MemorySegment bytes) throws InputException {
        var directory = new ZipDirectory(file, bytes);
        directory.readEntries(directory.findEnd());
        return directory;
    }

    /// The names of all entries, in the order of the directory.
    Iterable<String> names() {
        return Collections.unmodifiableSet(entries.keySet());
    }

    /// Whether there is an entry of that name.
    boolean has(String name) {
        return entries.containsKey(name);
    }

    /// Where the bytes of the entry begin in the file, and how many they are.
    record Span(long offset, long bytes) {}

    /// Where the bytes of an entry lie that may be deflated.
    ///
    /// @param bytes how many they are in the file
    /// @param size how many the directory says they are once inflated
    record Packed(long offset, long bytes, long size, boolean deflated) {}

    /// Finds the bytes of the entry of that name, which must be there, stored as they are
    /// or deflated.
    Packed locate(String name) throws InputException {
        Entry entry = require(name);
        boolean deflated = entry.method == DEFLATED;
        if ((entry.flags & ENCRYPTED) != 0 || !(deflated || (entry.method == 0 && entry.packed == entry.size))) {
            throw new InputException(
                    file,
                    "entry '%s'".formatted(name),
                    "bytes stored or deflated",
                    "encrypted ones, or another compression",
                    "save it again without");
        }
        Span span = span(name, entry, entry.packed);
        return new Packed(span.offset, span.bytes, entry.size, deflated);
    }

    private Entry require(String name) throws InputException {
        Entry entry = entries.get(name);
        if (entry == null) {
            throw new InputException(file, "directory", "an entry '%s'".formatted(name), "none", FETCH_AGAIN);
        }
        return entry;
    }

    /// Finds the bytes of the entry of that name, which must be there and stored as they are.
    Span find(String name) throws InputException {
        Entry entry = require(name);
        if ((entry.flags & ENCRYPTED) != 0 || entry.method != 0 || entry.packed != entry.size) {
            throw new InputException(
                    file,
                    "entry '%s'".formatted(name),
                    "bytes stored as they are",
                    "compressed or encrypted ones",
                    "save it again with torch.save, which does not compress");
        }
        return span(name, entry, entry.size);
    }

    private Span span(String name, Entry entry, long length) throws InputException {
        byte[] wanted = name.getBytes(StandardCharsets.ISO_8859_1);
        boolean whole = entry.at >= 0 && entry.at <= begin - LOCAL_BYTES - wanted.length && u32(entry.at) == LOCAL;
        if (!whole
                || u16(entry.at + 26) != wanted.length
                || bytes.asSlice(entry.at + LOCAL_BYTES, wanted.length).mismatch(MemorySegment.ofArray(wanted)) != -1) {
            throw wrong(entry.at, "the header of entry '%s'".formatted(name), "another thing");
        }
        long offset = entry.at + LOCAL_BYTES + wanted.length + u16(entry.at + 28);
        if (length < 0 || offset > begin || length > begin - offset) {
            throw wrong(
                    entry.at,
                    "an entry '%s' that ends before byte %,d".formatted(name, begin),
                    "%,d bytes from byte %,d on".formatted(length, offset));
        }
        return new Span(offset, length);
    }

    /// @param count how many entries there are
    /// @param limit the byte that the directory's last one must lie before
    private record End(long count, long offset, long size, long limit) {}

    private End findEnd() throws InputException {
        long last = bytes.byteSize() - END_BYTES;
        for (long at = last; at >= Math.max(0, last - 0xffff); at--) {
            if (u32(at) == END && u16(at + 20) == last - at) {
                long locator = at - LOCATOR64_BYTES;
                return (locator >= 0 && u32(locator) == LOCATOR64)
                        ? end64(locator)
                        : new End(u16(at + 10), u32(at + 16) & NO_32, u32(at + 12) & NO_32, at);
            }
        }
        throw wrong(Math.max(0, last), "the end of a zip archive's directory", "none");
    }

    private End end64(long locator) throws InputException {
        long at = u64(locator + 8);
        if (at < 0 || at > locator - END64_BYTES || u32(at) != END64) {
            throw wrong(locator, "the place of the zip64 directory's end", "%,d".formatted(at));
        }
        return new End(u64(at + 32), u64(at + 48), u64(at + 40), at);
    }

    private void readEntries(End end) throws InputException {
        if (end.offset < 0 || end.size < 0 || end.size > LONGEST || end.offset > end.limit - end.size) {
            throw wrong(
                    end.limit,
                    "a directory of at most %,d bytes before it".formatted(LONGEST),
                    "%,d bytes at byte %,d".formatted(end.size, end.offset));
        }
        if (end.count < 0 || end.count > MOST_ENTRIES || end.count > end.size / CENTRAL_BYTES) {
            throw wrong(end.limit, "at most %,d entries".formatted(MOST_ENTRIES), "%,d".formatted(end.count));
        }
        begin = end.offset;
        long at = begin;
        long limit = end.offset + end.size;
        for (long i = 0; i < end.count; i++) {
            at = readEntry(at, limit);
        }
    }

    /// Reads the entry at `at`; returns where the next begins.
    private long readEntry(long at, long limit) throws InputException {
        if (at > limit - CENTRAL_BYTES || u32(at) != CENTRAL) {
            throw wrong(at, "an entry of the directory", "another thing");
        }
        int length = u16(at + 28);
        int extra = u16(at + 30);
        long next = at + CENTRAL_BYTES + length + extra + u16(at + 32);
        if (next > limit) {
            throw wrong(at, "an entry that ends before byte %,d".formatted(limit), "%,d".formatted(next));
        }
        // One byte to one character: names are compared byte for byte, whatever their encoding.
        byte[] text = bytes.asSlice(at + CENTRAL_BYTES, length).toArray(ValueLayout.JAVA_BYTE);
        String name = new String(text, StandardCharsets.ISO_8859_1);
        long[] sizes = {u32(at + 24) & NO_32, u32(at + 20) & NO_32, u32(at + 42) & NO_32};
        widen(sizes, at + CENTRAL_BYTES + length, extra);
        var entry = new Entry(u16(at + 8), u16(at + 10), sizes[1], sizes[0], sizes[2]);
        if (entries.putIfAbsent(name, entry) != null) {
            throw wrong(at, "each entry once", "'%s' twice".formatted(name));
        }
        return next;
    }

    /// Replaces those of size, packed size and offset that do not fit 32 bits by those of
    /// the zip64 extra field.
    private void widen(long[] sizes, long from, int length) throws InputException {
        long end = from + length;
        for (long at = from; at <= end - 4; at += 4 + u16(at + 2)) {
            if (u16(at) == 1) {
                long field = at + 4;
                long fieldEnd = Math.min(end, field + u16(at + 2));
                for (int i = 0; i < sizes.length; i++) {
                    if (sizes[i] == NO_32) {
                        if (field > fieldEnd - Long.BYTES) {
                            throw wrong(at, "the 64-bit sizes of an entry", "too few");
                        }
                        sizes[i] = u64(field);
                        field += Long.BYTES;
                    }
                }
                return;
            }
        }
    }

    private int u16(long at) {
        return Short.toUnsignedInt(bytes.get(U16, at));
    }

    private int u32(long at) {
        return bytes.get(U32, at);
    }

    private long u64(long at) {
        return bytes.get(U64, at);
    }

    private InputException wrong(long at, String expected, String found) {
        return new InputException(file, "byte %,d".formatted(at), expected, found, FETCH_AGAIN);
    }
}
