package dev.superpose.checkpoint;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.superpose.fuzz.Trial;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

class NumpyFuzzTest {
    /// Reading deflated data takes buffers; a directory entry costs its name, twice, and a record.
    private static final Trial TRIAL = new Trial(4 << 20, 300);

    private static final int MOST_NUMBERS = 1 << 12;

    @FuzzTest
    void filesAreReadOrRefused(byte[] file) throws IOException {
        MemorySegment bytes = Memory.of(file);
        TRIAL.of(file.length, () -> Values.read(NumpyFile.matrices(Memory.FILE, bytes)));
    }

    /// The input is a version of the format and the dictionary; as many numbers follow as
    /// its shape says.
    @FuzzTest
    void headersAreReadOrRefused(byte[] input) throws IOException {
        int version = input.length == 0 ? 1 : input[0];
        byte[] text = Arrays.copyOfRange(input, Math.min(1, input.length), input.length);
        byte[] preamble = {
            (byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0, (byte) text.length, (byte) (text.length >> 8), 0, 0
        };
        byte[] start = Arrays.copyOf(preamble, version == 1 ? 10 : 12);
        TRIAL.of(input.length + MOST_NUMBERS, () -> {
            MemorySegment alone = Memory.of(start, text);
            NpyHeader header = NpyHeader.read(Memory.FILE, "", alone, alone.byteSize());
            byte[] numbers = new byte[numbers(header)];
            Values.read(NumpyFile.matrices(Memory.FILE, Memory.of(start, text, numbers)));
        });
    }

    private static int numbers(NpyHeader header) {
        long count = header.dtype().bits() / 8;
        for (long dimension : header.shape()) {
            count = dimension > MOST_NUMBERS ? MOST_NUMBERS : Math.min(MOST_NUMBERS, count * dimension);
        }
        return (int) count;
    }

    @FuzzTest
    void archivesAreReadOrRefused(byte[] file) throws IOException {
        MemorySegment bytes = Memory.of(file);
        TRIAL.of(file.length, () -> Values.read(NumpyArchive.matrices(Memory.FILE, bytes)));
    }

    /// The input is an array as it lies in an archive, deflated or (where the first byte is even)
    /// stored, after two bytes that are the size which the directory tells.
    @FuzzTest
    void arraysInArchivesAreReadOrRefused(byte[] input) throws IOException {
        byte[] given = Arrays.copyOf(input, Math.max(3, input.length));
        byte[] array = Arrays.copyOfRange(given, 3, given.length);
        boolean deflated = given[0] % 2 != 0;
        int size = deflated ? Byte.toUnsignedInt(given[1]) + 256 * Byte.toUnsignedInt(given[2]) : array.length;
        byte[] file = new ZipBytes().add("a.npy", deflated ? 8 : 0, array, size).end();
        MemorySegment bytes = Memory.of(file);
        TRIAL.of(file.length, () -> Values.read(NumpyArchive.matrices(Memory.FILE, bytes)));
    }
}
