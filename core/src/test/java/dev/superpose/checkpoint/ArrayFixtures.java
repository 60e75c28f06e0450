package dev.superpose.checkpoint;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/// The files that `array_fixtures.py` wrote, and what NumPy reads in them.
final class ArrayFixtures {
    static final Path CHECKPOINT = Path.of("src/test/resources/dev/superpose/checkpoint");
    static final Path FOLDER = CHECKPOINT.resolve("arrays");

    private ArrayFixtures() {}

    /// What one matrix should be.
    record Expected(int rows, int width, List<Integer> bits) {}

    /// All matrices by the name of their file.
    static Map<String, Expected> expected() throws IOException {
        Map<String, Expected> all = new LinkedHashMap<>();
        for (String line : Files.readAllLines(FOLDER.resolve("expected.txt"))) {
            String[] words = line.split(" ");
            List<Integer> bits = Arrays.stream(words)
                    .skip(3)
                    .mapToInt(word -> Integer.parseUnsignedInt(word, 16))
                    .boxed()
                    .toList();
            all.put(words[0], new Expected(Integer.parseInt(words[1]), Integer.parseInt(words[2]), bits));
        }
        return all;
    }

    /// The bits of the matrix of that name.
    static List<Integer> expectedBits(String name) throws IOException {
        return Objects.requireNonNull(expected().get(name), name).bits();
    }

    /// The bits of all numbers of `matrix`, read row by row and again at once.
    static List<Integer> bits(PackedMatrix matrix) throws IOException {
        int rows = Math.toIntExact(matrix.rows().rows());
        int width = matrix.rows().width();
        float[] numbers = new float[rows * width];
        matrix.rows().read(0, rows, numbers);
        float[] row = new float[width];
        for (int i = 0; i < rows; i++) {
            matrix.rows().read(i, 1, row);
            if (Arrays.mismatch(row, 0, width, numbers, i * width, (i + 1) * width) >= 0) {
                throw new AssertionError("row %d by itself is another".formatted(i));
            }
        }
        return IntStream.range(0, numbers.length)
                .mapToObj(i -> Float.floatToIntBits(numbers[i]))
                .toList();
    }

    /// An array of version 1.0 with that header and so many bytes of numbers.
    static byte[] npy(String header, int numbers) {
        byte[] text = header.getBytes(StandardCharsets.ISO_8859_1);
        byte[] bytes = new byte[10 + text.length + numbers];
        System.arraycopy(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}, 0, bytes, 0, 8);
        bytes[8] = (byte) text.length;
        bytes[9] = (byte) (text.length >> 8);
        System.arraycopy(text, 0, bytes, 10, text.length);
        return bytes;
    }

    /// The header of an array.
    static String header(String descr, String fortran, String shape) {
        return "{'descr': %s, 'fortran_order': %s, 'shape': %s, }\n".formatted(descr, fortran, shape);
    }
}
