package dev.superpose.checkpoint;

import static dev.superpose.checkpoint.GgufBytes.F32;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.superpose.geometry.Geometry;
import dev.superpose.geometry.GeometryReport;
import dev.superpose.result.InputException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Sound GGUF files. The expected bits are those of the gguf package, see `gguf_fixtures.py`.
class GgufFileTest {
    private static final Path FOLDER = ArrayFixtures.CHECKPOINT.resolve("gguf");
    private static final String FIRST = "part-00001-of-00002.gguf";
    private static final String SECOND = "part-00002-of-00002.gguf";

    @TempDir
    private Path folder;

    /// The float32 numbers of a file, as bits.
    private static List<Integer> expected(String name) throws IOException {
        ByteBuffer bytes =
                ByteBuffer.wrap(Files.readAllBytes(FOLDER.resolve(name))).order(ByteOrder.LITTLE_ENDIAN);
        List<Integer> bits = new ArrayList<>();
        while (bytes.hasRemaining()) {
            bits.add(bytes.getInt());
        }
        return bits;
    }

    private static List<Integer> bits(List<PackedMatrix> matrices) throws IOException {
        List<Integer> bits = new ArrayList<>();
        for (PackedMatrix matrix : matrices) {
            bits.addAll(ArrayFixtures.bits(matrix));
        }
        return bits;
    }

    private PackedMatrix only(byte[] file) throws IOException {
        return only(Files.write(folder.resolve("m.gguf"), file));
    }

    private static PackedMatrix only(Path file) throws IOException {
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            assertThat(checkpoint.matrices()).hasSize(1);
            return checkpoint.matrices().getFirst();
        }
    }

    @ParameterizedTest
    @EnumSource
    void turnsBlocksIntoTheBitsOfTheReference(GgufType type) throws IOException {
        if (!type.readable()) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> type.decode(MemorySegment.ofArray(new byte[512]), 0, new float[256], 256));
            return;
        }
        try (Arena arena = Arena.ofConfined()) {
            GgufParts blocks = GgufParts.map(FOLDER.resolve("blocks.gguf"), arena);
            int from = 0;
            for (GgufTensor tensor : blocks.tensors()) {
                if (tensor.name().equals(type.name())) {
                    break;
                }
                from += Math.toIntExact(tensor.shape().get(0) * tensor.shape().get(1));
            }
            GgufRows rows = blocks.find(type.name()).orElseThrow().rows();
            float[] numbers = new float[2 * rows.width()];
            // Row by row, the last first: each begins at a block of its own.
            float[] row = new float[rows.width()];
            for (int i = 1; i >= 0; i--) {
                rows.read(i, 1, row);
                System.arraycopy(row, 0, numbers, i * row.length, row.length);
            }
            List<Integer> found = new ArrayList<>();
            for (float number : numbers) {
                found.add(Float.floatToIntBits(number));
            }
            assertThat(found).isEqualTo(expected("blocks.f32").subList(from, from + numbers.length));
        }
    }

    @Test
    void readsEmbeddingAndUnembedding() throws IOException {
        try (Checkpoint checkpoint = Checkpoint.open(FOLDER.resolve("untied.gguf"))) {
            assertThat(checkpoint.model()).isEqualTo("untied");
            assertThat(checkpoint.matrices())
                    .extracting(PackedMatrix::role, PackedMatrix::tensor, PackedMatrix::dtype, PackedMatrix::tied)
                    .containsExactly(
                            tuple(Role.UNEMBEDDING, "output.weight", "Q6_K", false),
                            tuple(Role.EMBEDDING, "token_embd.weight", "Q4_K", false));
            assertThat(bits(checkpoint.matrices())).isEqualTo(expected("untied.f32"));
            PackedMatrix head = checkpoint.matrices().getFirst();
            assertThat(head.firstPaddingRow()).isEqualTo(12);
            assertThat(head.notes())
                    .containsExactly(
                            "the matrix has fewer rows than columns: nothing needs to overlap",
                            "2 rows beyond the 12 tokens of tokenizer.ggml.tokens are padding");
            assertThat(head.tokens().orElseThrow().find(" cat")).hasValue(4);
            assertThat(head.tokens().orElseThrow().text(3)).isEqualTo(" the");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tied.gguf", "version-2.gguf"})
    void takesAModelWithoutUnembeddingForTied(String name) throws IOException {
        try (Checkpoint checkpoint = Checkpoint.open(FOLDER.resolve(name))) {
            PackedMatrix matrix = checkpoint.matrices().getFirst();
            assertThat(checkpoint.matrices()).hasSize(1);
            assertThat(matrix.role()).isEqualTo(Role.UNEMBEDDING);
            assertThat(matrix.tied()).isTrue();
            assertThat(bits(checkpoint.matrices())).isEqualTo(expected("tied.f32"));
            assertThat(matrix.notes()).isEmpty();
            assertThat(matrix.tokens().orElseThrow().text(4)).isEqualTo("\u00e9");
            assertThat(matrix.tokens().orElseThrow().find("the")).hasValue(1);
        }
    }

    @Test
    void takesTwoEqualMatricesForTied() throws IOException {
        PackedMatrix matrix = only(GgufBytes.model(3)
                .tensor("output.weight", F32, 32, 2, 3)
                .tensor("output.bias", F32, 64, 3)
                .file(96));
        assertThat(matrix.tied()).isTrue();
        assertThat(matrix.tensor()).isEqualTo("output.weight");
        assertThat(matrix.notes()).anyMatch(note -> note.startsWith("the unembedding has a bias, output.bias (3) F32"));
    }

    @Test
    void takesNoEncoderForTied() throws IOException {
        PackedMatrix matrix = only(new GgufBytes(3)
                .text("general.architecture", "nomic-bert")
                .text("tokenizer.ggml.model", "bert")
                .key("tokenizer.ggml.tokens", GgufBytes.ARRAY, GgufBytes.strings("[PAD]", "\u2581the", "ing"))
                .tensor("token_embd.weight", F32, 0, 2, 3)
                .file(24));
        assertThat(matrix.role()).isEqualTo(Role.EMBEDDING);
        assertThat(matrix.tied()).isFalse();
        assertThat(matrix.notes()).containsExactly("models of architecture nomic-bert have no unembedding");
        // "[PAD]" is a token; only "[PAD<row>]" at the end fills rows.
        assertThat(matrix.tokens().orElseThrow().find("the")).hasValue(1);
        assertThat(matrix.firstPaddingRow()).isEqualTo(3);
    }

    @Test
    void saysWhatIsOdd() throws IOException {
        PackedMatrix matrix = only(new GgufBytes(2)
                .text("general.architecture", "llama")
                .key("llama.embedding_length", GgufBytes.U32, GgufBytes.ints(64))
                .tensor("output.weight", 24, 0, 2, 3)
                .file(6));
        assertThat(matrix.dtype()).isEqualTo("I8");
        assertThat(matrix.notes())
                .containsExactly(
                        "the input embedding is not in the file",
                        "the numbers are I8 without a scale: norms are in units of the quantisation",
                        "the rows are 2 wide, the layers 64 (embedding_length)",
                        "no tokenizer.json or list of tokens is beside the weights: padding rows, if any, are not known");
        assertThat(matrix.model()).isEqualTo("m");
    }

    @Test
    void readsTokensBesideAFileThatHasNone() throws IOException {
        Files.writeString(folder.resolve("m.tokens.txt"), "a\nb\nc\n");
        assertThat(only(GgufBytes.model(3).file(24)).tokens().orElseThrow().find("b"))
                .hasValue(1);
    }

    @Test
    void readsRowsWhoseScaleIsNoNumber() throws IOException {
        byte[] block = new byte[34];
        block[1] = 0x7e;
        block[2] = 1;
        try (Checkpoint checkpoint = Checkpoint.open(Files.write(
                folder.resolve("m.gguf"),
                new GgufBytes(3).tensor("token_embd.weight", 8, 0, 32, 1).file(block)))) {
            assertThat(ArrayFixtures.bits(checkpoint.matrices().getFirst()))
                    .hasSize(32)
                    .containsOnly(Float.floatToIntBits(Float.NaN));
        }
    }

    @Test
    void measuresARealModelAsNumpyDoes() throws IOException {
        Map<String, Double> oracle = new HashMap<>();
        for (String line : Files.readAllLines(FOLDER.resolve("stories.txt"))) {
            int blank = line.indexOf(' ');
            oracle.put(line.substring(0, blank), Double.valueOf(line.substring(blank + 1)));
        }
        try (Checkpoint stories = Checkpoint.open(FOLDER.resolve("stories-Q8_0.gguf"))) {
            PackedMatrix matrix = stories.matrices().getFirst();
            GeometryReport report = Geometry.measure(matrix.rows(), Geometry.Options.standard());
            assertThat(stories.model()).isEqualTo("stories-Q8_0");
            assertThat(matrix.dtype()).isEqualTo("Q8_0");
            assertThat(report.norm().mean()).isCloseTo(oracle.get("norm"), within(1e-6));
            assertThat(report.overlap().mean()).isCloseTo(oracle.get("mean"), within(1e-6));
            assertThat(report.overlap().meanSquare()).isCloseTo(oracle.get("mean_square"), within(1e-6));
            assertThat(report.overlap().maxAbs().value()).isCloseTo(oracle.get("max_abs"), within(1e-6));
            assertThat(matrix.tokens().orElseThrow().find(" little")).hasValue(376);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {FIRST, SECOND})
    void readsAllPartsWhicheverIsNamed(String named) throws IOException {
        try (Checkpoint checkpoint = Checkpoint.open(FOLDER.resolve(named))) {
            assertThat(checkpoint.model()).isEqualTo("part");
            assertThat(bits(checkpoint.matrices())).isEqualTo(expected("untied.f32"));
            assertThat(checkpoint.matrices())
                    .extracting(matrix -> String.valueOf(matrix.file().getFileName()))
                    .containsExactly(SECOND, FIRST);
            assertThat(checkpoint.matrices().getFirst().firstPaddingRow()).isEqualTo(12);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "model.gguf, untied model",
        "ggml-model-Q6_K.gguf, untied model",
        "sha256-0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef, untied model",
        "models.gguf, models",
        "llama-Q6_K.gguf, llama-Q6_K"
    })
    void isNamedByItselfIfItsFileIsNot(String file, String name) throws IOException {
        Path named = Files.copy(FOLDER.resolve("untied.gguf"), folder.resolve(file));
        try (Checkpoint checkpoint = Checkpoint.open(named)) {
            assertThat(checkpoint.model()).isEqualTo(name);
        }
    }

    @Test
    void isFoundInAFolder() throws IOException {
        Files.write(folder.resolve("vocabulary.gguf"), new GgufBytes(3).file(0));
        Files.writeString(folder.resolve("notes.gguf"), "none");
        for (String name : List.of("tied.gguf", FIRST, SECOND)) {
            Files.copy(FOLDER.resolve(name), folder.resolve(name));
        }
        assertThat(Checkpoint.find(folder)).containsExactly(folder.resolve(FIRST), folder.resolve("tied.gguf"));
    }

    @Test
    void isKnownByItsContent() throws IOException {
        Path renamed = folder.resolve("model.bin");
        Files.copy(FOLDER.resolve("tied.gguf"), renamed);
        assertThat(only(renamed).dtype()).isEqualTo("BF16");
        Path safetensors = folder.resolve("model.safetensors");
        Files.copy(FOLDER.resolve("tied.gguf"), safetensors);
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> Checkpoint.open(safetensors))
                .withMessageContaining("found a GGUF file (name it .gguf)");
    }
}
