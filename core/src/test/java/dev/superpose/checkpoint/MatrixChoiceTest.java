package dev.superpose.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.superpose.numeric.FloatMatrix;
import dev.superpose.result.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is said of the matrices that are taken: padding by evidence, the other way round, biases,
/// scales, and models of which a part is quantised.
class MatrixChoiceTest {
    private static final int N = 12;

    @TempDir
    private Path folder;

    /// A matrix whose rows all differ.
    private static FloatMatrix matrix(int rows, int columns) {
        FloatMatrix matrix = FloatMatrix.zeros(rows, columns);
        for (int i = 0; i < matrix.data().length; i++) {
            matrix.data()[i] = 1 + i / 8f;
        }
        return matrix;
    }

    private static FloatMatrix transposed(FloatMatrix matrix) {
        FloatMatrix turned = FloatMatrix.zeros(matrix.columns(), matrix.rows());
        for (int i = 0; i < matrix.rows(); i++) {
            for (int j = 0; j < matrix.columns(); j++) {
                turned.set(j, i, matrix.at(i, j));
            }
        }
        return turned;
    }

    private static FloatMatrix with(FloatMatrix matrix, int from, float value) {
        Arrays.fill(matrix.data(), from * matrix.columns(), matrix.data().length, value);
        return matrix;
    }

    private void config(String json) throws IOException {
        Files.writeString(folder.resolve("config.json"), json);
    }

    private void tokens(int count) throws IOException {
        Files.writeString(folder.resolve("tokens.txt"), "t\n".repeat(count));
    }

    private void weights(SafetensorsWriter weights) throws IOException {
        weights.write(folder.resolve("model.safetensors"));
    }

    private List<PackedMatrix> open() throws IOException {
        try (Checkpoint checkpoint = Checkpoint.open(folder)) {
            return checkpoint.matrices();
        }
    }

    /// Rows of the table of architectures that are not in [ModelFolderTest].
    @ParameterizedTest
    @CsvSource({
        "gpt_neo, transformer.wte.weight, true",
        "gpt_bigcode, transformer.wte.weight, true",
        "mpt, transformer.wte.weight, true",
        "gptj, transformer.wte.weight, false",
        "codegen, transformer.wte.weight, false",
        "qwen, transformer.wte.weight, false",
        "qwen2, model.embed_tokens.weight, false",
        "qwen3_moe, model.embed_tokens.weight, false",
        "qwen3_5, model.language_model.embed_tokens.weight, false",
        "mixtral, model.embed_tokens.weight, false",
        "gemma2, model.embed_tokens.weight, true",
        "gemma4, model.language_model.embed_tokens.weight, true",
        "phi3, model.embed_tokens.weight, false",
        "olmo2, model.embed_tokens.weight, false",
        "bloom, transformer.word_embeddings.weight, true",
        "cohere2, model.embed_tokens.weight, true",
        "granite, model.embed_tokens.weight, false",
        "starcoder2, model.embed_tokens.weight, true",
        "smollm3, model.embed_tokens.weight, true",
        "lfm2, model.embed_tokens.weight, true",
        "stablelm, model.embed_tokens.weight, false",
        "nemotron, model.embed_tokens.weight, false",
        "glm4, model.embed_tokens.weight, false",
        "exaone4, model.embed_tokens.weight, false",
        "deepseek_v3, model.embed_tokens.weight, false",
        "gpt_oss, model.embed_tokens.weight, false",
        "jamba, model.embed_tokens.weight, false",
        "falcon_h1, model.embed_tokens.weight, false",
        "internlm2, model.tok_embeddings.weight, false",
        "roberta, roberta.embeddings.word_embeddings.weight, true",
        "xlm-roberta, embeddings.word_embeddings.weight, true",
        "distilbert, distilbert.embeddings.word_embeddings.weight, true",
        "electra, electra.embeddings.word_embeddings.weight, true",
        "mamba, backbone.embeddings.weight, true",
        "mamba2, backbone.embeddings.weight, false",
        "rwkv, rwkv.embeddings.weight, false",
        "rwkv7, model.embeddings.weight, false",
        "mt5, shared.weight, true",
        "t5, decoder.embed_tokens.weight, true"
    })
    void knowsNameAndDefaultOfEachFamily(String type, String name, boolean tied) throws IOException {
        config("{\"model_type\":\"%s\"}".formatted(type));
        weights(new SafetensorsWriter().add(name, matrix(N, 2)).add("x.weight", matrix(3, 2)));
        assertThat(open()).singleElement().satisfies(found -> {
            assertThat(found.tensor()).isEqualTo(name);
            assertThat(found.tied()).isEqualTo(tied);
            assertThat(found.role()).isEqualTo(tied ? Role.UNEMBEDDING : Role.EMBEDDING);
        });
    }

    @Test
    void takesTheLastRowsForPaddingIfTheNumbersSaySo() throws IOException {
        config("{\"model_type\":\"gpt2\"}");
        weights(new SafetensorsWriter().add("wte.weight", with(matrix(N, 2), 9, 0)));
        assertThat(open().getFirst().firstPaddingRow()).isEqualTo(9);
        assertThat(open().getFirst().notes())
                .anyMatch(note -> note.endsWith("the last 3 rows are taken for padding: 3 zero"));
        weights(new SafetensorsWriter().add("wte.weight", with(matrix(N, 2), 8, 0.5f)));
        assertThat(open().getFirst().firstPaddingRow()).isEqualTo(8);
        assertThat(open().getFirst().notes()).anyMatch(note -> note.endsWith("4 bit for bit equal"));
        FloatMatrix mixed = with(with(matrix(N, 2), 9, 1e-9f), 11, 0);
        mixed.set(10, 1, 2e-9f);
        weights(new SafetensorsWriter().add("wte.weight", mixed));
        assertThat(open().getFirst().firstPaddingRow()).isEqualTo(9);
        assertThat(open().getFirst().notes())
                .anyMatch(note -> note.endsWith("1 zero, 2 shorter than a millionth of the median row"));
    }

    @Test
    void leavesRowsThatLookLikeOthersAndMatricesThatAreAllAlike() throws IOException {
        config("{\"model_type\":\"gpt2\"}");
        for (FloatMatrix whole : List.of(matrix(N, 2), with(matrix(N, 2), 0, 3), with(matrix(N, 2), 11, 7))) {
            weights(new SafetensorsWriter().add("wte.weight", whole));
            assertThat(open().getFirst().firstPaddingRow()).isEqualTo(N);
            assertThat(open().getFirst().notes())
                    .anyMatch(note -> note.contains("padding rows, if any, are not known"));
        }
    }

    @Test
    void believesTheTokenizerBeforeTheNumbersAndVocabSize() throws IOException {
        config("{\"model_type\":\"gpt2\",\"vocab_size\":11}");
        weights(new SafetensorsWriter().add("wte.weight", with(matrix(N, 2), 7, 0)));
        assertThat(open().getFirst().firstPaddingRow()).isEqualTo(11);
        assertThat(open().getFirst().notes()).anyMatch(note -> note.contains("the 1 rows beyond vocab_size are taken"));
        tokens(10);
        assertThat(open().getFirst().firstPaddingRow()).isEqualTo(10);
        assertThat(open().getFirst().notes())
                .contains(
                        "2 rows beyond the 10 tokens of tokens.txt are padding (5 zero)",
                        "the last 3 rows that have tokens look untrained (3 zero); they are measured");
    }

    @Test
    void readsMatricesStoredTheOtherWayRound() throws IOException {
        FloatMatrix head = matrix(N, 3);
        config("{\"model_type\":\"llama\",\"vocab_size\":12,\"hidden_size\":3}");
        weights(new SafetensorsWriter().add("lm_head.weight", transposed(head)).add("x.weight", matrix(2, 2)));
        try (Checkpoint checkpoint = Checkpoint.open(folder)) {
            PackedMatrix found = checkpoint.matrices().getFirst();
            float[] numbers = new float[3 * N];
            found.rows().read(0, N, numbers);
            assertThat(numbers).isEqualTo(head.data());
            assertThat(found.notes())
                    .contains("the matrix is stored as (3, 12), a column per token: its columns were taken for rows");
        }
        // By the embedding beside it, with nothing else known.
        Files.delete(folder.resolve("config.json"));
        weights(new SafetensorsWriter().add("lm_head.weight", transposed(head)).add("wte.weight", matrix(N, 3)));
        assertThat(open()).allMatch(found -> found.rows().rows() == N);
        // A short vocabulary in wide rows is no reason.
        config("{\"model_type\":\"llama\",\"vocab_size\":3,\"hidden_size\":12}");
        weights(new SafetensorsWriter().add("lm_head.weight", matrix(3, N)));
        assertThat(open().getFirst().rows().rows()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({
        "gptj, transformer.wte.weight, lm_head.weight, lm_head.bias",
        "phi, transformer.embd.wte.weight, lm_head.linear.weight, lm_head.linear.bias",
        "bert, bert.embeddings.word_embeddings.weight, '', cls.predictions.bias",
        "albert, albert.embeddings.word_embeddings.weight, '', predictions.bias",
        "distilbert, distilbert.embeddings.word_embeddings.weight, '', vocab_projector.bias",
        "roberta, roberta.embeddings.word_embeddings.weight, '', lm_head.bias"
    })
    void tellsOfTheBiasOfTheHead(String type, String embedding, String head, String bias) throws IOException {
        config("{\"model_type\":\"%s\"}".formatted(type));
        var writer = new SafetensorsWriter().add(embedding, matrix(N, 2)).add(bias, new float[N]);
        weights(head.isEmpty() ? writer : writer.add(head, with(matrix(N, 2), 11, 5)));
        assertThat(open().getFirst().notes())
                .contains("the unembedding has a bias, %s (%d) F32, which is not part of its rows".formatted(bias, N));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'model_type':'cohere','logit_scale':0.0625} | (logit_scale 0.0625)",
                "{'model_type':'gemma2','final_logit_softcapping':30} | (final_logit_softcapping 30.0, √hidden_size at the input)",
                "{'model_type':'granite','tie_word_embeddings':true,'embedding_multiplier':12,'logits_scaling':8} | (embedding_multiplier 12.0, logits_scaling 8.0)",
                "{'model_type':'falcon_h1','embedding_multiplier':5.5,'lm_head_multiplier':0.25} | (embedding_multiplier 5.5)",
                "{'model_type':'t5'} | (1/√d_model at the output)",
                "{'model_type':'llava','text_config':{'model_type':'gemma','logit_scale':'x'}} | (√hidden_size at the input)"
            })
    void tellsOfScalesOutsideTheRows(String json, String words) throws IOException {
        config(json.replace('\'', '"'));
        weights(new SafetensorsWriter()
                .add("model.embed_tokens.weight", matrix(N, 2))
                .add("shared.weight", matrix(N, 2)));
        assertThat(open().getFirst().notes())
                .contains("the model scales outside these rows %s: angles are the same, norms are as stored"
                        .formatted(words));
    }

    @Test
    void takesTheWidthOfOpt350mAndAlbertFromTheTensor() throws IOException {
        config("{\"model_type\":\"opt\",\"hidden_size\":1024,\"word_embed_proj_dim\":2}");
        weights(new SafetensorsWriter()
                .add("model.decoder.embed_tokens.weight", matrix(N, 2))
                .add("model.decoder.project_out.weight", matrix(2, 4)));
        assertThat(open().getFirst().notes())
                .contains(
                        "the rows are 2 wide, the layers 1,024 (hidden_size); 'model.decoder.project_out.weight' leads"
                                + " from one to the other");
        config("{\"model_type\":\"albert\",\"hidden_size\":768,\"embedding_size\":2}");
        weights(new SafetensorsWriter().add("albert.embeddings.word_embeddings.weight", matrix(N, 2)));
        assertThat(open().getFirst().rows().width()).isEqualTo(2);
        assertThat(open().getFirst().notes()).contains("the rows are 2 wide, the layers 768 (hidden_size)");
    }

    @ParameterizedTest
    @CsvSource({"qweight, GPTQ or AWQ", "weight_packed, compressed-tensors", "W_q, HQQ", "codebooks, AQLM"})
    void refusesCodesByName(String suffix, String scheme) throws IOException {
        config("{\"model_type\":\"llama\"}");
        weights(new SafetensorsWriter()
                .add("lm_head." + suffix, matrix(N, 2))
                .add("model.embed_tokens." + suffix, matrix(N, 2)));
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(this::open)
                .withMessageContainingAll(
                        "tensor 'lm_head.weight'",
                        "codes (%s) with scales in 'lm_head.%s'".formatted(scheme, suffix),
                        "use the model from before quantisation");
        // One of the two as it was: that one is measured.
        weights(new SafetensorsWriter()
                .add("lm_head." + suffix, matrix(N, 2))
                .add("model.embed_tokens.weight", matrix(N, 2)));
        assertThat(open()).singleElement().satisfies(found -> {
            assertThat(found.tensor()).isEqualTo("model.embed_tokens.weight");
            assertThat(found.notes())
                    .contains("the unembedding is quantised (%s, 'lm_head.%s') and was left out"
                            .formatted(scheme, suffix));
        });
    }

    @Test
    void measuresPlainEmbeddingsOfAQuantisedModel() throws IOException {
        config("{\"model_type\":\"llama\"}");
        weights(new SafetensorsWriter()
                .add("model.layers.0.mlp.up_proj.qweight", matrix(2, 2))
                .add("model.layers.0.mlp.up_proj.scales", matrix(2, 2))
                .add("model.norm.scale", new float[2])
                .add("model.layers.1.mlp.up_proj.weight_scale_inv", matrix(1, 1))
                .add("model.embed_tokens.weight", matrix(N, 2))
                .add("lm_head.weight", with(matrix(N, 2), 11, 5)));
        assertThat(open())
                .hasSize(2)
                .allSatisfy(
                        found -> assertThat(found.notes())
                                .contains(
                                        "other matrices of the model are quantised (GPTQ or AWQ, 8-bit with scales); these rows are not"));
    }

    @Test
    void refusesSlicesOfMetasLlama() throws IOException {
        Files.writeString(folder.resolve("params.json"), "{}");
        byte[] torch = TorchBytes.file(TorchBytes.matrix("0", 6, 0, new long[] {3, 2}, new long[] {2, 1}), 6);
        Files.write(folder.resolve("consolidated.00.pth"), torch);
        assertThat(open()).hasSize(1);
        Files.write(folder.resolve("consolidated.01.pth"), torch);
        Files.writeString(folder.resolve("config.json"), "{}");
        for (String name : List.of("", "consolidated.00.pth", "consolidated.01.pth")) {
            assertThatExceptionOfType(InputException.class)
                    .isThrownBy(() -> Checkpoint.open(folder.resolve(name)))
                    .withMessageContaining("each holds a slice of every matrix");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tf_model.h5 | weights of Keras or TensorFlow",
                "model.keras | weights of Keras or TensorFlow",
                "flax_model.msgpack | weights of Flax (msgpack)",
                "model.onnx | an ONNX graph",
                "model.ckpt.data-00000-of-00001 | a checkpoint of TensorFlow",
                "model.ckpt.index | a checkpoint of TensorFlow",
                "saved_model.pb | a checkpoint of TensorFlow",
                "adapter_model.safetensors | an adapter (PEFT, LoRA)",
                "model.nemo | an archive",
                "glove.6B.zip | an archive"
            })
    void namesOtherWeights(String name, String words) throws IOException {
        config("{}");
        byte[] archive = new TorchBytes(false).add("x", new byte[4]).end();
        byte[] adapter = SafetensorsBytes.file("{}", 0);
        byte[] bytes = name.endsWith(".safetensors")
                ? adapter
                : name.matches(".*(keras|zip)") ? archive : new byte[] {8, 7, 0, 1};
        Files.write(folder.resolve(name), bytes);
        for (Path path : List.of(folder, folder.resolve(name))) {
            assertThatExceptionOfType(InputException.class)
                    .isThrownBy(() -> Checkpoint.open(path))
                    .withMessageContaining("found " + words);
        }
    }

    @Test
    void asksForTheIndexOfPartsWithoutOne() throws IOException {
        config("{}");
        for (int i = 1; i <= 2; i++) {
            new SafetensorsWriter()
                    .add("x", matrix(N, 2))
                    .write(folder.resolve("model-0000%d-of-00002.safetensors".formatted(i)));
        }
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(this::open)
                .withMessageContaining("fetch model.safetensors.index.json, which says what is where");
    }

    @Test
    void opensTheOneFileOfPyTorchWhateverItIsCalled() throws IOException {
        byte[] torch = TorchBytes.file(TorchBytes.matrix("0", 6, 0, new long[] {3, 2}, new long[] {2, 1}), 6);
        Files.write(folder.resolve("gpt2-final.pt"), torch);
        assertThat(open()).hasSize(1);
        config("{}");
        for (String other : List.of("training_args.bin", "optimizer.pt", "scheduler.pt", "rng_state.pth")) {
            Files.write(folder.resolve(other), torch);
        }
        assertThat(open().getFirst().file()).isEqualTo(folder.resolve("gpt2-final.pt"));
        Files.write(folder.resolve("second.pt"), torch);
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(this::open)
                .withMessageContaining("2 such files: gpt2-final.pt, … (name one of them)");
    }
}
