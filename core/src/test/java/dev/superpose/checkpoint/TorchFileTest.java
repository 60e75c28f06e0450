package dev.superpose.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.superpose.numeric.FloatMatrix;
import dev.superpose.result.InputException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Files that Python's own pickler wrote (`src/test/python/torch_fixtures.py`), read back.
class TorchFileTest {
    private static final float[] SIX = {0.5f, -1.25f, 3, 4, 0, -6.5f};

    @TempDir
    private Path folder;

    private static Path golden(String name) throws URISyntaxException {
        return Path.of(Objects.requireNonNull(TorchFileTest.class.getResource("torch/" + name))
                .toURI());
    }

    private static float[] numbers(PackedMatrix matrix) throws IOException {
        int rows = Math.toIntExact(matrix.rows().rows());
        float[] numbers = new float[rows * matrix.rows().width()];
        matrix.rows().read(0, rows, numbers);
        return numbers;
    }

    private static void refused(Path file, String finding) {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> Checkpoint.open(file).close())
                .withMessageContaining(finding);
    }

    @ParameterizedTest
    @CsvSource({"FloatStorage, F32", "DoubleStorage, F64", "HalfStorage, F16", "BFloat16Storage, BF16"})
    void readsFloats(String storage, String dtype) throws Exception {
        try (Checkpoint read = Checkpoint.open(golden(storage + ".pt"))) {
            assertThat(read.model()).isEqualTo(storage);
            PackedMatrix matrix = read.matrices().getFirst();
            assertThat(matrix.dtype()).isEqualTo(dtype);
            assertThat(matrix.tensor()).isEqualTo("weight");
            assertThat(numbers(matrix)).isEqualTo(SIX);
        }
    }

    @ParameterizedTest
    @CsvSource({"CharStorage, I8, -6", "ShortStorage, I16, -6", "ByteStorage, U8, 255"})
    void readsWholeNumbers(String storage, String dtype, float last) throws Exception {
        try (Checkpoint read = Checkpoint.open(golden(storage + ".pt"))) {
            PackedMatrix matrix = read.matrices().getFirst();
            assertThat(matrix.dtype()).isEqualTo(dtype);
            assertThat(numbers(matrix)).startsWith(1).endsWith(last);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5})
    void readsEveryBinaryProtocol(int protocol) throws Exception {
        try (Checkpoint read = Checkpoint.open(golden("protocol%d.pt".formatted(protocol)))) {
            assertThat(numbers(read.matrices().getFirst())).isEqualTo(SIX);
        }
    }

    @Test
    void findsTheModelInATrainingCheckpointAndItsTiedMatrix() throws Exception {
        try (Checkpoint read = Checkpoint.open(golden("training.pt"));
                TorchFile file = TorchFile.open(golden("training.pt"))) {
            assertThat(file.names()).containsExactly("model.embed_tokens.weight", "lm_head.weight", "norm.weight");
            assertThat(read.matrices()).hasSize(1);
            assertThat(read.matrices().getFirst().tied()).isTrue();
            assertThat(numbers(read.matrices().getFirst())).isEqualTo(SIX);
        }
    }

    @Test
    void readsTransposedAndSpacedViewsAsTheSameNumbers() throws Exception {
        try (Checkpoint read = Checkpoint.open(golden("views.pt"));
                TorchFile file = TorchFile.open(golden("views.pt"))) {
            assertThat(read.matrices().getFirst().tied()).isTrue();
            for (String name : file.names()) {
                float[] numbers = new float[6];
                file.rows(name).read(0, 3, numbers);
                assertThat(numbers).isEqualTo(SIX);
                float[] last = new float[2];
                file.rows(name).read(2, 1, last);
                assertThat(last).containsExactly(0, -6.5f);
            }
        }
        try (Checkpoint read = Checkpoint.open(golden("gaps.pt"))) {
            assertThat(numbers(read.matrices().getFirst())).isEqualTo(SIX);
        }
    }

    @Test
    void readsParametersAndSubclassesAndPassesOverWhatItNeedsNot() throws Exception {
        try (Checkpoint read = Checkpoint.open(golden("parameters.pt"))) {
            assertThat(read.matrices()).hasSize(1);
            assertThat(numbers(read.matrices().getFirst())).isEqualTo(SIX);
        }
    }

    @Test
    void refusesWhatItCannotReadOnlyWhereItIsNeeded() throws Exception {
        refused(
                golden("quantised.pt"),
                "tensor 'model.embed_tokens.weight': expected a dense tensor,"
                        + " found an object made by torch._utils._rebuild_qtensor");
        refused(golden("big-endian.pt"), "entry 'model/byteorder': expected 'little', found 'big'");
    }

    @Test
    void readsShards() throws Exception {
        assertThat(Checkpoint.find(golden("sharded"))).containsExactly(golden("sharded"));
        try (Checkpoint read = Checkpoint.open(golden("sharded"))) {
            assertThat(read.matrices())
                    .extracting(PackedMatrix::tensor)
                    .containsExactly("lm_head.weight", "model.embed_tokens.weight");
            assertThat(numbers(read.matrices().getFirst())).startsWith(-6.5f).endsWith(0.5f);
            assertThat(numbers(read.matrices().getLast())).isEqualTo(SIX);
        }
    }

    @Test
    void prefersSafetensorsInOneFolder() throws Exception {
        Files.copy(golden("protocol2.pt"), folder.resolve("pytorch_model.bin"));
        try (Checkpoint read = Checkpoint.open(folder)) {
            assertThat(read.matrices().getFirst().tensor()).isEqualTo("weight");
            assertThat(read.model()).isEqualTo(String.valueOf(folder.getFileName()));
        }
        new SafetensorsWriter()
                .add("better", new FloatMatrix(1, 2, new float[] {1, 2}))
                .write(folder.resolve("model.safetensors"));
        try (Checkpoint read = Checkpoint.open(folder)) {
            assertThat(read.matrices().getFirst().tensor()).isEqualTo("better");
        }
    }

    @Test
    void refusesPartsThatLeadElsewhere() throws Exception {
        for (String part : List.of("../x.bin", "x.safetensors", "/x.bin", "sub\\\\x.bin")) {
            Files.writeString(
                    folder.resolve("pytorch_model.bin.index.json"),
                    "{\"weight_map\":{\"lm_head.weight\":\"%s\"}}".formatted(part));
            refused(folder, "the name of a file in the same folder");
        }
    }

    @Test
    void areFoundInAFolderOfModels() throws Exception {
        Path small = Files.copy(golden("protocol2.pt"), folder.resolve("m2.pt"));
        Path large = Files.copy(golden("protocol2.pt"), folder.resolve("m16.pth"));
        Files.write(folder.resolve("other.bin"), new byte[] {'P', 'K', 3, 4, 0, 0});
        assertThat(Checkpoint.find(folder)).containsExactly(small, large);
    }
}
