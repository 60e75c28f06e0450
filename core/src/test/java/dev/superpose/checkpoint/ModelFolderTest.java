package dev.superpose.checkpoint;

import static dev.superpose.checkpoint.SafetensorsBytes.entry;
import static dev.superpose.checkpoint.SafetensorsBytes.file;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.superpose.numeric.FloatMatrix;
import dev.superpose.result.InputException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which tensors of a model are taken, and what is said about them: on the sample models, and on
/// small folders laid out like the published ones.
class ModelFolderTest {
    private static final Path SAMPLES = samples();
    private static final FloatMatrix E = matrix(6, 2, 1);
    private static final FloatMatrix U = matrix(6, 2, 2);
    private static final FloatMatrix POSITIONS = matrix(4, 2, 3);

    @TempDir
    private Path folder;

    private static Path samples() {
        Path here = Path.of("").toAbsolutePath();
        Path beside = here.resolve("samples");
        return Files.isDirectory(beside) ? beside : here.resolveSibling("samples");
    }

    private static FloatMatrix matrix(int rows, int columns, float first) {
        FloatMatrix matrix = FloatMatrix.zeros(rows, columns);
        for (int i = 0; i < matrix.data().length; i++) {
            matrix.data()[i] = first + i / 8f;
        }
        return matrix;
    }

    private void config(String json) throws IOException {
        Files.writeString(folder.resolve("config.json"), json);
    }

    private void tokenizer(int tokens) throws IOException {
        var vocabulary = new StringBuilder();
        for (int i = 0; i < tokens; i++) {
            vocabulary.append(i == 0 ? "" : ",").append("\"t%d\":%d".formatted(i, i));
        }
        Files.writeString(
                folder.resolve("tokenizer.json"),
                "{\"added_tokens\":[],\"model\":{\"type\":\"BPE\",\"vocab\":{%s},\"merges\":[]}}"
                        .formatted(vocabulary));
    }

    private void weights(SafetensorsWriter weights) throws IOException {
        weights.write(folder.resolve("model.safetensors"));
    }

    private List<PackedMatrix> open() throws IOException {
        return open(folder);
    }

    /// The matrices, described; their rows cannot be read any more.
    private static List<PackedMatrix> open(Path path) throws IOException {
        try (Checkpoint checkpoint = Checkpoint.open(path)) {
            return checkpoint.matrices();
        }
    }

    @ParameterizedTest
    @CsvSource({"neox-m16, 16", "neox-m64, 64", "neox-m128, 128"})
    void readsTheSampleModels(String name, int width) throws IOException {
        try (Checkpoint checkpoint =
                Checkpoint.open(SAMPLES.resolve("pythia-style").resolve(name))) {
            assertThat(checkpoint.model()).isEqualTo(name);
            assertThat(checkpoint.matrices())
                    .extracting(PackedMatrix::tensor)
                    .containsExactly("embed_out.weight", "gpt_neox.embed_in.weight");
            for (PackedMatrix matrix : checkpoint.matrices()) {
                assertThat(matrix.tied()).isFalse();
                assertThat(matrix.dtype()).isEqualTo("F32");
                assertThat(matrix.rows().rows()).isEqualTo(4160);
                assertThat(matrix.rows().width()).isEqualTo(width);
                assertThat(matrix.firstPaddingRow()).isEqualTo(4096);
                assertThat(matrix.notes())
                        .containsExactly("64 rows beyond the 4,096 tokens of tokenizer.json are padding");
                Tokens tokens = matrix.tokens().orElseThrow();
                assertThat(tokens.length()).isEqualTo(4096);
                assertThat(tokens.text(0)).isEqualTo("<|endoftext|>");
                long the = tokens.find("the").orElseThrow();
                assertThat(tokens.entry(the)).isIn("the", "Ġthe");
                assertThat(tokens.text(tokens.find(" the").orElseThrow())).isEqualTo(" the");
            }
            assertThat(checkpoint.matrices())
                    .extracting(PackedMatrix::role)
                    .containsExactly(Role.UNEMBEDDING, Role.EMBEDDING);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 100, 300})
    void readsTheSampleVectors(int width) throws IOException {
        Path file = SAMPLES.resolve("glove/glove6B-common384-m%d.safetensors".formatted(width));
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            PackedMatrix matrix = checkpoint.matrices().getFirst();
            assertThat(checkpoint.matrices()).hasSize(1);
            assertThat(matrix.model()).isEqualTo("glove6B-common384-m" + width);
            assertThat(matrix.role()).isEqualTo(Role.VECTORS);
            assertThat(matrix.tensor()).isEqualTo("weight");
            assertThat(matrix.rows().rows()).isEqualTo(384);
            assertThat(matrix.rows().width()).isEqualTo(width);
            assertThat(matrix.firstPaddingRow()).isEqualTo(384);
            assertThat(matrix.notes()).isEmpty();
            assertThat(matrix.tokens().orElseThrow().find("the")).hasValue(0);
        }
    }

    @Test
    void findsTheSamples() throws IOException {
        assertThat(Checkpoint.find(SAMPLES).stream()
                        .map(path -> path.getFileName().toString()))
                .containsExactly(
                        "glove6B-common384-m50.safetensors",
                        "glove6B-common384-m100.safetensors",
                        "glove6B-common384-m300.safetensors",
                        "neox-m16",
                        "neox-m64",
                        "neox-m128");
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> Checkpoint.open(SAMPLES))
                .withMessageContaining("a folder of 6 models");
    }

    /// The names that published files use, with and without the head around them.
    @ParameterizedTest
    @CsvSource({
        "gpt2, transformer.wte.weight",
        "gpt2, wte.weight",
        "opt, model.decoder.embed_tokens.weight",
        "opt, decoder.embed_tokens.weight",
        "gemma, model.embed_tokens.weight",
        "gemma3, language_model.model.embed_tokens.weight",
        "gemma3, model.language_model.embed_tokens.weight",
        "falcon, transformer.word_embeddings.weight",
        "bloom, word_embeddings.weight",
        "bert, bert.embeddings.word_embeddings.weight",
        "bert, embeddings.word_embeddings.weight",
        "albert, albert.embeddings.word_embeddings.weight",
        "mamba, backbone.embedding.weight",
        "t5, shared.weight"
    })
    void takesTheEmbeddingForBothByDefault(String type, String name) throws IOException {
        config("{\"model_type\":\"%s\"}".formatted(type));
        tokenizer(6);
        weights(new SafetensorsWriter()
                .add(name, E)
                .add("wpe.weight", POSITIONS)
                .add("h.0.attn.weight", U));
        assertThat(open()).singleElement().satisfies(matrix -> {
            assertThat(matrix.tensor()).isEqualTo(name);
            assertThat(matrix.role()).isEqualTo(Role.UNEMBEDDING);
            assertThat(matrix.tied()).isTrue();
            assertThat(matrix.notes())
                    .startsWith(
                            "config.json does not say whether the embeddings are tied; they are by default in models of type "
                                    + type);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "gpt_neox, gpt_neox.embed_in.weight, embed_out.weight",
        "llama, model.embed_tokens.weight, lm_head.weight",
        "llama, tok_embeddings.weight, output.weight",
        "phi, transformer.embd.wte.weight, lm_head.linear.weight",
        "internlm2, model.tok_embeddings.weight, output.weight",
        "rwkv, emb.weight, head.weight",
        "chatglm, transformer.embedding.word_embeddings.weight, transformer.output_layer.weight",
        "bert, bert.embeddings.word_embeddings.weight, cls.predictions.decoder.weight",
        "anything-else, model.embed_tokens.weight, lm_head.weight"
    })
    void takesBothWhereBothAre(String type, String embedding, String unembedding) throws IOException {
        config("{\"model_type\":\"%s\",\"tie_word_embeddings\":false,\"vocab_size\":6,\"hidden_size\":2}"
                .formatted(type));
        tokenizer(6);
        weights(new SafetensorsWriter().add(embedding, E).add(unembedding, U).add("wpe.weight", POSITIONS));
        assertThat(open()).extracting(PackedMatrix::tensor).containsExactly(unembedding, embedding);
        assertThat(open()).extracting(PackedMatrix::role).containsExactly(Role.UNEMBEDDING, Role.EMBEDDING);
        assertThat(open()).noneMatch(PackedMatrix::tied);
        assertThat(open().getFirst().notes()).hasSize(type.equals("anything-else") ? 1 : 0);
    }

    @Test
    void believesTheFileBeforeTheFlag() throws IOException {
        config("{\"model_type\":\"gpt2\",\"tie_word_embeddings\":true}");
        tokenizer(6);
        weights(new SafetensorsWriter().add("transformer.wte.weight", E).add("lm_head.weight", U));
        assertThat(open()).hasSize(2).noneMatch(PackedMatrix::tied);
        assertThat(open().getFirst().notes())
                .singleElement()
                .asString()
                .contains("tied, but the file holds two that differ");

        config("{\"model_type\":\"llama\",\"tie_word_embeddings\":false}");
        weights(new SafetensorsWriter().add("model.embed_tokens.weight", E).add("lm_head.weight", E.copy()));
        assertThat(open()).singleElement().matches(PackedMatrix::tied);
        assertThat(open().getFirst().notes()).singleElement().asString().contains("bit for bit equal");
    }

    @Test
    void saysWhenAMatrixIsMissing() throws IOException {
        config("{\"model_type\":\"llama\",\"tie_word_embeddings\":false}");
        tokenizer(6);
        weights(new SafetensorsWriter().add("model.embed_tokens.weight", E).add("x.weight", U));
        assertThat(open()).singleElement().satisfies(matrix -> {
            assertThat(matrix.role()).isEqualTo(Role.EMBEDDING);
            assertThat(matrix.tied()).isFalse();
            assertThat(matrix.notes()).containsExactly("the model is untied, but its unembedding is not in the file");
        });
        weights(new SafetensorsWriter().add("lm_head.weight", U).add("x.weight", E));
        assertThat(open()).singleElement().satisfies(matrix -> {
            assertThat(matrix.role()).isEqualTo(Role.UNEMBEDDING);
            assertThat(matrix.notes()).containsExactly("the input embedding is not in the file");
        });
    }

    @Test
    void countsThePaddingAndTheContradictions() throws IOException {
        // OPT-350m: the embedding is narrower than the layers, and there are more rows than tokens.
        config("{\"model_type\":\"opt\",\"tie_word_embeddings\":true,\"vocab_size\":7,\"hidden_size\":1024}");
        tokenizer(4);
        weights(new SafetensorsWriter()
                .add("model.decoder.embed_tokens.weight", E)
                .add("model.decoder.project_in.weight", U));
        PackedMatrix matrix = open().getFirst();
        assertThat(matrix.rows().width()).isEqualTo(2);
        assertThat(matrix.firstPaddingRow()).isEqualTo(4);
        assertThat(matrix.notes())
                .containsExactly(
                        "config.json says vocab_size 7, the matrix has 6 rows",
                        "the rows are 2 wide, the layers 1,024 (hidden_size)",
                        "2 rows beyond the 4 tokens of tokenizer.json are padding");
        tokenizer(9);
        assertThat(open().getFirst().firstPaddingRow()).isEqualTo(6);
        assertThat(open().getFirst().notes()).contains("tokenizer.json has 9 tokens, more than the 6 rows");
        Files.delete(folder.resolve("tokenizer.json"));
        assertThat(open().getFirst().firstPaddingRow()).isEqualTo(6);
        assertThat(open().getFirst().notes()).anyMatch(note -> note.contains("padding rows, if any, are not known"));
    }

    @Test
    void readsNestedAndCarelessConfigurations() throws IOException {
        tokenizer(6);
        weights(new SafetensorsWriter()
                .add("language_model.model.embed_tokens.weight", E)
                .add("vision.weight", U));
        config(
                "\ufeff{\"model_type\":\"llava\",\"vision_config\":{\"model_type\":\"clip\",\"tie_word_embeddings\":false},"
                        + "\"text_config\":{\"model_type\":\"gemma2\",\"tie_word_embeddings\":true,\"vocab_size\":\"6\"},"
                        + "\"tie_word_embeddings\":false,\"hidden_size\":null,\"x\":[[{}]],\"vocab_size\":6,\"vocab_size\":6}");
        assertThat(open()).singleElement().satisfies(matrix -> {
            assertThat(matrix.tied()).isTrue();
            assertThat(matrix.notes())
                    .startsWith(
                            "config.json: the value of vocab_size is not of its kind and was passed over",
                            "config.json has vocab_size twice; the last counts",
                            "config.json contradicts itself on tie_word_embeddings; the language model's own value, true,"
                                    + " counts");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{\"model_type\":\"gpt2\"",
                "{\"text_config\":{",
                "version https://git-lfs.github.com/spec/v1\n",
                "<!DOCTYPE html>",
                "{\"a\":\"\\u12\"}",
                "nonsense"
            })
    void refusesABrokenConfiguration(String json) throws IOException {
        config(json);
        weights(new SafetensorsWriter().add("wte.weight", E));
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(this::open)
                .withMessageStartingWith(folder.resolve("config.json").toString())
                .withMessageContaining("expected")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContainPattern("\\p{Cntrl}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"model\":{}}",
                "{\"model\":{\"vocab\":{\"a\":-1}}}",
                "{\"model\":{\"vocab\":{\"a\":1.5}}}",
                "{\"model\":{\"vocab\":{\"a\":2147483648}}}",
                "{\"model\":{\"vocab\":{\"a\":2147483647}}}",
                "{\"model\":{\"vocab\":{\"a\":\"0\"}}}",
                "{\"model\":{\"vocab\":[[1,2]]}}",
                "{\"model\":{\"vocab\":[[\"a\",[",
                "{\"added_tokens\":[{\"id\":0}],\"model\":{\"vocab\":{\"a\":0}}}",
                "{\"model\":{\"vocab\":{\"a\":0"
            })
    void refusesABrokenTokenizer(String json) throws IOException {
        Files.writeString(folder.resolve("tokenizer.json"), json);
        weights(new SafetensorsWriter().add("wte.weight", E));
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(this::open)
                .withMessageStartingWith(folder.resolve("tokenizer.json").toString());
    }

    @Test
    void refusesAConfigurationOfAbsurdSize() throws IOException {
        weights(new SafetensorsWriter().add("wte.weight", E));
        config("{");
        try (var raw = new RandomAccessFile(folder.resolve("config.json").toFile(), "rw")) {
            raw.setLength(100_000_001);
        }
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(this::open)
                .withMessageContaining("at most 100,000,000 bytes of JSON");
    }

    @Test
    void keepsHostileWordsFromTheTerminal() throws IOException {
        weights(new SafetensorsWriter().add("wte.weight", E));
        config("{\"model_type\":\"a\\u001b[31m\\n\\u202e\"}");
        assertThat(open().getFirst().notes())
                .anyMatch(note -> note.contains("a\ufffd[31m"))
                .noneMatch(note -> note.matches("(?s).*[\\p{Cntrl}\u202e].*"));
        config("{\"model_type\":\"%s\"}".formatted("a".repeat(101)));
        assertThat(open().getFirst().notes()).anyMatch(note -> note.contains("model_type is not of its kind"));
    }

    @Test
    void readsTheOtherVocabularies() throws IOException {
        weights(new SafetensorsWriter().add("wte.weight", E));
        Files.writeString(folder.resolve("vocab.txt"), "[PAD]\n[UNK]\nthe\n##ing\n");
        assertThat(open().getFirst().firstPaddingRow()).isEqualTo(4);
        Files.writeString(folder.resolve("vocab.json"), "{\"the\":0,\"\u0120the\":1}");
        Files.writeString(folder.resolve("added_tokens.json"), "{\"<pad>\":2}");
        Files.writeString(folder.resolve("merges.txt"), "#version: 0.2\n");
        assertThat(open().getFirst().firstPaddingRow()).isEqualTo(3);
        assertThat(open().getFirst().tokens().orElseThrow().text(1)).isEqualTo(" the");
        Files.writeString(
                folder.resolve("tokenizer.json"),
                "{\"added_tokens\":[{\"id\":4,\"content\":\"<x>\",\"special\":true}],\"decoder\":{\"type\":\"Sequence\","
                        + "\"decoders\":[{\"type\":\"Replace\",\"pattern\":{\"String\":\"\u2581\"}}]},"
                        + "\"model\":{\"type\":\"Unigram\",\"vocab\":[[\"<unk>\",0.0],[\"\u2581Paris\",-1.5],[\"s\",-2]]}}");
        PackedMatrix matrix = open().getFirst();
        Tokens tokens = matrix.tokens().orElseThrow();
        assertThat(matrix.firstPaddingRow()).isEqualTo(5);
        assertThat(matrix.notes()).contains("1 rows below the last token have no token");
        assertThat(tokens.find("Paris")).hasValue(1);
        assertThat(tokens.text(1)).isEqualTo(" Paris");
        assertThat(tokens.text(3)).isEqualTo("#3");
    }

    @Test
    void takesTheOneMatrixOfAFileByItself() throws IOException {
        Path file = folder.resolve("toy n=6.safetensors");
        new SafetensorsWriter().add("W", E).add("b", new float[6]).write(file);
        assertThat(open(file)).singleElement().satisfies(matrix -> {
            assertThat(matrix.model()).isEqualTo("toy n=6");
            assertThat(matrix.tensor()).isEqualTo("W");
            assertThat(matrix.role()).isEqualTo(Role.VECTORS);
        });
        new SafetensorsWriter().add("W", E).add("other", U).write(file);
        assertThat(open(file)).extracting(PackedMatrix::tensor).containsExactly("W");
        new SafetensorsWriter()
                .add("first", E)
                .add("second", U)
                .add("b", new float[6])
                .write(file);
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> open(file))
                .withMessageContaining("2 matrices: first (6, 2) F32; second (6, 2) F32");
        new SafetensorsWriter().add("b", new float[6]).write(file);
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> open(file))
                .withMessageContaining("found no matrix");
    }

    @Test
    void usesAListOfTokensOnlyIfItFits() throws IOException {
        Path file = folder.resolve("x.safetensors");
        new SafetensorsWriter().add("vectors", E).write(file);
        Files.writeString(folder.resolve("tokens.txt"), "a\nb\n \n\u00e9\r\ne\n#=cmd()\n");
        Tokens tokens = open(file).getFirst().tokens().orElseThrow();
        assertThat(tokens.text(2)).isEqualTo(" ");
        assertThat(tokens.find("\u00e9")).hasValue(3);
        Files.writeString(folder.resolve("x.tokens.txt"), "a\nb\n");
        assertThat(open(file).getFirst().tokens()).isEmpty();
        assertThat(open(file).getFirst().notes())
                .containsExactly("x.tokens.txt has 2 tokens for 6 rows and was passed over");
    }

    @Test
    void refusesQuantisedEmbeddingsWithScalesElsewhere() throws IOException {
        byte[] quantised = file(
                "{" + entry("model.embed_tokens.weight", "F8_E4M3", "[3,2]", 0, 6) + ","
                        + entry("model.embed_tokens.weight_scale_inv", "F32", "[1,1]", 6, 10) + "}",
                10);
        Files.write(folder.resolve("model.safetensors"), quantised);
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(this::open)
                .withMessageContaining("scales in 'model.embed_tokens.weight_scale_inv'");
        Files.write(
                folder.resolve("model.safetensors"),
                file("{" + entry("model.embed_tokens.weight", "I8", "[3,2]", 0, 6) + "}", 6));
        assertThat(open().getFirst().notes()).anyMatch(note -> note.contains("I8 without a scale"));
    }

    @Test
    void namesWhatAFolderHoldsInstead() throws IOException {
        config("{\"model_type\":\"gpt2\"}");
        Files.writeString(folder.resolve("pytorch_model.bin"), "x");
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(this::open)
                .withMessageContaining("pytorch_model.bin: byte 0: expected a zip archive of torch.save, found text");
    }

    @Test
    void namesACachedModelAfterItsHub() throws IOException {
        Path snapshot = Files.createDirectories(folder.resolve("models--org--tiny-model/snapshots/0123abc"));
        new SafetensorsWriter().add("wte.weight", E).write(snapshot.resolve("model.safetensors"));
        assertThat(open(snapshot).getFirst().model()).isEqualTo("org/tiny-model");
        assertThat(Checkpoint.find(folder)).containsExactly(snapshot);
    }
}
