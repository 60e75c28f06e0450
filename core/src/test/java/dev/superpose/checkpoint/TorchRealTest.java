package dev.superpose.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.superpose.result.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Files that PyTorch itself wrote (`src/test/python/torch_real_fixtures.py`), read bit for bit.
class TorchRealTest {
    private static final Path FOLDER = ArrayFixtures.CHECKPOINT.resolve("torch-real");

    static List<String> expected() throws IOException {
        return Files.readAllLines(FOLDER.resolve("expected.txt"));
    }

    @ParameterizedTest
    @MethodSource("expected")
    void readsTheBitsOfPyTorch(String line) throws IOException {
        String[] words = line.split(" ", -1);
        int rows = Integer.parseInt(words[2]);
        int width = Integer.parseInt(words[3]);
        int[] bits = Arrays.stream(words)
                .skip(4)
                .mapToInt(word -> Integer.parseUnsignedInt(word, 16))
                .toArray();
        try (TorchFile file = TorchFile.open(FOLDER.resolve(words[0]))) {
            assertThat(file.rows(words[1]).width()).isEqualTo(width);
            float[] numbers = new float[rows * width];
            file.rows(words[1]).read(0, rows, numbers);
            for (int i = 0; i < bits.length; i++) {
                assertThat(Float.floatToRawIntBits(numbers[i]))
                        .as("number %d", i)
                        .isEqualTo(bits[i]);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "plain.pt, F32, 1",
        "bf16.pt, BF16, 1",
        "fp16.pt, F16, 1",
        "float8.pt, F8_E4M3, 1",
        "module.pt, F32, 1",
        "parameters.pt, F32, 2",
        "subclass.pt, F32, 1",
        "views.pt, F32, 2",
        "sharded, F32, 2"
    })
    void findsTheMatrices(String name, String dtype, int count) throws IOException {
        try (Checkpoint read = Checkpoint.open(FOLDER.resolve(name))) {
            assertThat(read.matrices())
                    .hasSize(count)
                    .allMatch(matrix -> matrix.dtype().equals(dtype));
        }
    }

    @Test
    void seesThatSharedStorageIsTied() throws IOException {
        try (Checkpoint read = Checkpoint.open(FOLDER.resolve("module.pt"))) {
            assertThat(read.matrices().getFirst().tied()).isTrue();
            assertThat(read.matrices().getFirst().tensor()).isEqualTo("lm_head.weight");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "legacy.pt | found a Python pickle, such as the files that PyTorch wrote before 1.6",
                "whole.pt | found a whole object, made by torch.nn.modules.linear.Linear"
            })
    void refusesByName(String name, String finding) {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> Checkpoint.open(FOLDER.resolve(name)))
                .withMessageContaining(finding);
    }
}
