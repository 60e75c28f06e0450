package dev.superpose.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.superpose.result.InputException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/// With the project's own tokenizer (byte-level, GPT-2's split of words).
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TokenCounterTest {
    private static final Path FOLDER = Path.of("../samples/pythia-style/neox-m16");
    private static final InputStream NOTHING = InputStream.nullInputStream();

    @TempDir
    Path folder;

    private Tokenizer tokenizer;

    @BeforeAll
    void open() throws IOException {
        tokenizer = Tokenizer.open(FOLDER);
    }

    @AfterAll
    void close() {
        tokenizer.close();
    }

    /// Counts by the Python package tokenizers: `app/src/test/python/token_counts_oracle.py`.
    @ParameterizedTest
    @ValueSource(strings = {"shakespeare.txt", "odd.txt"})
    void countsWhatThePythonPackageCounts(String name) throws IOException {
        long[] expected = new long[4096];
        for (String line : resource("counts.txt").split("\n", -1)) {
            String[] words = line.split(" ", -1);
            if (words[0].equals(name)) {
                for (String word : Arrays.asList(words).subList(1, words.length)) {
                    String[] pair = word.split(":", -1);
                    expected[Integer.parseInt(pair[0])] = Long.parseLong(pair[1]);
                }
            }
        }
        TokenCounts counts = count(write(name, resource(name)));

        assertThat(counts.counts()).isEqualTo(expected);
        assertThat(counts.tokens()).isEqualTo(Arrays.stream(expected).sum()).isPositive();
        assertThat(counts.documents()).isEqualTo(1);
        assertThat(counts.bytesPerToken())
                .isEqualTo((double) resource(name).getBytes(StandardCharsets.UTF_8).length / counts.tokens());
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 333, 1000, 4096})
    void cutsLongDocumentsWithoutChangingATokenOfThem(int longest) throws IOException {
        Path file = write("text.txt", resource("shakespeare.txt"));
        var options = new TokenCounter.Options("text", OptionalLong.empty(), longest);

        TokenCounts cut = TokenCounter.of(tokenizer, options).count(List.of(file), NOTHING, (_, _) -> {});

        assertThat(cut.cuts()).isGreaterThan(2);
        assertThat(cut.counts()).isEqualTo(count(file).counts());
        assertThat(cut.notes()).isEmpty();
    }

    @Test
    void takesDocumentsFromJsonAndPackedFiles() throws IOException {
        long[] two = new long[4096];
        for (String text : List.of("One story.", "Another, \"quoted\" 😀.")) {
            for (long row : tokenizer.encode(List.of(text)).getFirst()) {
                two[(int) row]++;
            }
        }
        Path array = write("a.json", "[\"One story.\", \"Another, \\\"quoted\\\" \\ud83d\\ude00.\"]");
        Path lines = write("b.jsonl", """
                {"id": 1, "text": "One story."}
                {"text": "Another, \\"quoted\\" 😀.", "meta": {"text": 3}}
                """);
        Path packed = folder.resolve("c.jsonl.gz");
        try (var out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            out.write(Files.readAllBytes(lines));
        }
        for (Path file : List.of(array, lines, packed)) {
            TokenCounts counts = count(file);
            assertThat(counts.counts()).as("%s", file).isEqualTo(two);
            assertThat(counts.documents()).isEqualTo(2);
        }
    }

    @Test
    void endsAtTheLimitToTheToken() throws IOException {
        Path file = write("text.txt", resource("shakespeare.txt"));
        long[] first = new long[4096];
        Arrays.stream(tokenizer.encode(List.of(resource("shakespeare.txt"))).getFirst())
                .limit(1000)
                .forEach(row -> first[(int) row]++);

        var limited = new TokenCounter.Options("text", OptionalLong.of(1000), 2000);
        TokenCounts counts = TokenCounter.of(tokenizer, limited).count(List.of(file), NOTHING, (_, _) -> {});

        assertThat(counts.tokens()).isEqualTo(1000);
        assertThat(counts.counts()).isEqualTo(first);
    }

    @Test
    void countsBytesThatAreNoTextAsReplacedAndTellsTheFirst() throws IOException {
        byte[] bytes = "\ufeffgood bad? good".getBytes(StandardCharsets.UTF_8);
        bytes[11] = (byte) 0xff;
        Path file = Files.write(folder.resolve("text.txt"), bytes);

        TokenCounts counts = count(file);

        assertThat(counts.faults()).isEqualTo(1);
        assertThat(counts.notes())
                .singleElement()
                .asString()
                .endsWith("text.txt: 1 times bytes that are no UTF-8, the first at byte 11, were counted as U+FFFD");
        assertThat(counts.counts())
                .isEqualTo(count(write("same.txt", "good bad\ufffd good")).counts());
    }

    @Test
    void readsStandardInput() throws IOException {
        var in = new ByteArrayInputStream("One story.".getBytes(StandardCharsets.UTF_8));

        TokenCounts counts = TokenCounter.of(tokenizer, TokenCounter.Options.standard())
                .count(List.of(TextFiles.STANDARD_INPUT), in, (_, _) -> {});

        assertThat(counts.counts())
                .isEqualTo(count(write("a.txt", "One story.")).counts());
    }

    @Test
    void stopsWhenAsked() throws IOException {
        var counter = TokenCounter.of(tokenizer, TokenCounter.Options.standard());
        counter.stop();

        TokenCounts counts = counter.count(List.of(write("a.txt", "One story.")), NOTHING, (_, _) -> {});

        assertThat(counts.interrupted()).isTrue();
        assertThat(counts.tokens()).isZero();
    }

    @Test
    void takesVocabularyAndMergesForTheSameTokenizer() throws IOException {
        var model = JsonMapper.shared()
                .readTree(Files.readString(FOLDER.resolve("tokenizer.json")))
                .get("model");
        write("vocab.json", model.get("vocab").toString());
        var merges = new StringBuilder("#version: 0.2\n");
        model.get("merges")
                .forEach(merge -> merges.append(
                                merge.isArray()
                                        ? merge.get(0).asString() + " "
                                                + merge.get(1).asString()
                                        : merge.asString())
                        .append('\n'));
        write("merges.txt", merges.toString());

        try (Tokenizer pair = Tokenizer.open(folder)) {
            for (String name : List.of("shakespeare.txt", "odd.txt")) {
                String text = resource(name);
                assertThat(pair.encode(List.of(text)).getFirst())
                        .isEqualTo(tokenizer.encode(List.of(text)).getFirst());
            }
            assertThat(pair.cutsCleanly()).isTrue();
        }
    }

    @Test
    void ignoresTruncationAndPaddingAndTellsOfUncleanCuts() throws IOException {
        write("tokenizer.json", """
                {"version": "1.0",
                 "truncation": {"direction": "Right", "max_length": 2, "strategy": "LongestFirst", "stride": 0},
                 "padding": {"strategy": {"Fixed": 50}, "direction": "Right", "pad_to_multiple_of": null, "pad_id": 0,
                             "pad_type_id": 0, "pad_token": "?"},
                 "added_tokens": [], "normalizer": null,
                 "pre_tokenizer": {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "first", "split": false},
                 "post_processor": null, "decoder": null,
                 "model": {"type": "BPE", "unk_token": "?", "vocab": {"?": 0, "a": 1, "▁": 2, "\\n": 3}, "merges": []}}
                """);
        var options = new TokenCounter.Options("text", OptionalLong.empty(), 4);
        try (Tokenizer small = Tokenizer.open(folder)) {
            TokenCounts whole = TokenCounter.of(small, TokenCounter.Options.standard())
                    .count(List.of(write("a.txt", "aaa\naaa")), NOTHING, (_, _) -> {});
            TokenCounts cut =
                    TokenCounter.of(small, options).count(List.of(folder.resolve("a.txt")), NOTHING, (_, _) -> {});

            assertThat(whole.counts()).containsExactly(0, 6, 1, 1);
            assertThat(cut.counts()).containsExactly(0, 6, 2, 1);
            assertThat(cut.notes()).singleElement().asString().contains("a token at each cut may be another one");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a.jsonl|{\"body\": \"x\"}|line 1: expected an object with the field 'text', found one without",
                "a.jsonl|{\"text\": 3}|line 1: expected a string in the field 'text', found 3",
                "a.json|[\"x\", 3]|line 1: expected a string or an object, found 3",
                "a.json|[\"x\"|line 1: expected JSON",
                "a.txt|version https://git-lfs.github.com/spec/v1|found a Git-LFS pointer",
                "a.txt|``|expected text, found none in all the files",
            })
    void refusesWhatIsNoText(String name, String content, String message) throws IOException {
        Path file = write(name, content);

        assertThatThrownBy(() -> count(file)).isInstanceOf(InputException.class).hasMessageContaining(message);
    }

    @Test
    void refusesBinaryAndDamagedFiles() throws IOException {
        Path utf16 = Files.write(folder.resolve("a.txt"), "text".getBytes(StandardCharsets.UTF_16));
        Path cut = Files.write(folder.resolve("b.gz"), new byte[] {0x1f, (byte) 0x8b, 8, 0, 0});

        assertThatThrownBy(() -> count(utf16))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("byte 2: expected text in UTF-8, found a zero byte");
        assertThatThrownBy(() -> count(cut))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("expected a whole gzip file");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|expected a vocabulary under model.vocab, found none",
                "nonsense|line 1: expected JSON",
                "{\"model\": {\"type\": \"BPE\", \"vocab\": {\"a\": 0}, \"merges\": [\"a x\"]}}|"
                        + "expected a tokenizer that the tokenizers library takes, found Token `x` out of vocabulary",
            })
    void refusesBrokenTokenizers(String content, String message) throws IOException {
        Path file = write("tokenizer.json", content);

        assertThatThrownBy(() -> Tokenizer.open(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(message);
    }

    @Test
    void refusesFoldersWithoutATokenizerAndSaysWhatToDo() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        Path alone = Files.createDirectory(folder.resolve("alone"));
        Files.writeString(alone.resolve("vocab.json"), "{\"a\": 0}");
        Path pieces = Files.createDirectory(folder.resolve("pieces"));
        Files.writeString(pieces.resolve("tokenizer.model"), "x");

        assertThatThrownBy(() -> Tokenizer.open(empty)).hasMessageContaining("found a folder without one");
        assertThatThrownBy(() -> Tokenizer.open(alone)).hasMessageContaining("expected merges.txt beside it");
        assertThatThrownBy(() -> Tokenizer.open(pieces))
                .hasMessageContaining("only the tokenizer.model of SentencePiece")
                .hasMessageContaining("save_pretrained");
        assertThatThrownBy(() -> Tokenizer.open(folder.resolve("none")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("nothing of that name");
    }

    @Test
    void findsFilesOfFoldersAndPatterns() throws IOException {
        Path deep = Files.createDirectories(folder.resolve("corpus/part"));
        Path b = write("corpus/b.txt", "x");
        Path a = Files.writeString(deep.resolve("a.jsonl.gz"), "x");
        write("corpus/image.png", "x");

        assertThat(TextFiles.of(List.of(folder.resolve("corpus").toString()))).containsExactly(b, a);
        assertThat(TextFiles.of(List.of(folder.resolve("corpus/*.txt").toString(), b.toString(), "-")))
                .containsExactly(b, TextFiles.STANDARD_INPUT);
        assertThatThrownBy(() -> TextFiles.of(List.of(folder.resolve("none*").toString())))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("nothing of that name");
    }

    @ParameterizedTest
    @CsvSource({"Linux amd64,linux-x86_64", "Mac OS X aarch64,osx-aarch64", "Windows 11 amd64,win-x86_64"})
    void knowsWhichSystemsTheLibraryIsFor(String system, String platform) throws IOException {
        assertThat(TokenizerLibrary.libraries(system).name()).isEqualTo("tokenizers-0.38.0-" + platform);
        assertThatThrownBy(() -> TokenizerLibrary.libraries("Linux riscv64"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("found Linux riscv64 (count on another system");
    }

    private TokenCounts count(Path file) throws IOException {
        return TokenCounter.of(tokenizer, TokenCounter.Options.standard()).count(List.of(file), NOTHING, (_, _) -> {});
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(TokenCounterTest.class.getResourceAsStream(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
