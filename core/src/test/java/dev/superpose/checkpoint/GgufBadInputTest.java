package dev.superpose.checkpoint;

import static dev.superpose.checkpoint.GgufBytes.ARRAY;
import static dev.superpose.checkpoint.GgufBytes.BOOL;
import static dev.superpose.checkpoint.GgufBytes.F32;
import static dev.superpose.checkpoint.GgufBytes.STRING;
import static dev.superpose.checkpoint.GgufBytes.U32;
import static dev.superpose.checkpoint.GgufBytes.U64;
import static dev.superpose.checkpoint.GgufBytes.U8;
import static dev.superpose.checkpoint.GgufBytes.array;
import static dev.superpose.checkpoint.GgufBytes.ints;
import static dev.superpose.checkpoint.GgufBytes.joined;
import static dev.superpose.checkpoint.GgufBytes.longs;
import static dev.superpose.checkpoint.GgufBytes.model;
import static dev.superpose.checkpoint.GgufBytes.string;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.sun.management.ThreadMXBean;
import dev.superpose.result.InputException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Every way that a GGUF file is known to lie gets one line that names the file, the place and the
/// finding.
class GgufBadInputTest {
    private static final Path FOLDER = ArrayFixtures.CHECKPOINT.resolve("gguf");
    private static final String FIRST = "part-00001-of-00002.gguf";
    private static final String SECOND = "part-00002-of-00002.gguf";
    private static final String EMBEDDING = "token_embd.weight";
    private static final byte[] NONE = {};

    @TempDir
    private Path folder;

    private void refused(byte[] bytes, String finding) throws IOException {
        refused(Files.write(folder.resolve("m.gguf"), bytes), finding);
    }

    private static void refused(Path file, String finding) {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> Checkpoint.open(file))
                .withMessageStartingWith(file.resolveSibling("").toString())
                .withMessageContaining(finding);
    }

    private static GgufBytes empty() {
        return new GgufBytes(3);
    }

    static Stream<Arguments> starts() {
        byte[] nothing = new byte[0];
        return Stream.of(
                arguments("GGUX\3\0\0\0".getBytes(StandardCharsets.US_ASCII), "found unknown binary data"),
                arguments("GGUF".getBytes(StandardCharsets.US_ASCII), "byte 4: expected 4 bytes of the version"),
                arguments(new GgufBytes(0).file(0), "byte 4: expected GGUF version 2 or 3, found 0"),
                arguments(new GgufBytes(1).file(0), "found 1 (convert the model again"),
                arguments(new GgufBytes(4).file(0), "found 4 (this version is not known"),
                arguments(new GgufBytes(-1).file(0), "found 4294967295"),
                arguments(new GgufBytes(3 << 24).file(0), "found a file for big-endian machines (version 3) (turn"),
                arguments(empty().file(-1, 0, nothing), "byte 8: expected at most 500,000 tensors, found 184467440737"),
                arguments(empty().file(1L << 62, 0, nothing), "byte 8: expected at most 500,000 tensors, found 46116"),
                arguments(
                        empty().file(9, 0, nothing), "no more tensors than fit into the 16 bytes that follow, found 9"),
                arguments(empty().file(0, -1, nothing), "byte 16: expected at most 65,536 keys, found 18446744073"),
                arguments(empty().file(0, 1L << 62, nothing), "byte 16: expected at most 65,536 keys, found 46116"),
                arguments(empty().file(0, 9, nothing), "no more keys than fit into the 8 bytes that follow, found 9"),
                arguments(empty().file(0), "expected a model, found metadata without tensors"));
    }

    @ParameterizedTest
    @MethodSource("starts")
    void refusesWrongStarts(byte[] bytes, String finding) throws IOException {
        refused(bytes, finding);
    }

    private static byte[] withKey(byte[] key, int type, byte[] value) {
        return empty().key(key, type, value).tensor(EMBEDDING, F32, 0, 2, 3).file(24);
    }

    private static byte[] withValue(int type, byte[] value) {
        return withKey(string("k"), type, value);
    }

    static Stream<Arguments> keys() {
        byte[] deep = new byte[12 * 100_000];
        for (int i = 0; i < deep.length; i += 12) {
            deep[i] = ARRAY;
            deep[i + 4] = 1;
        }
        byte[] long64 = string("k".repeat(65_536));
        byte[] overlong = {2, 0, 0, 0, 0, 0, 0, 0, (byte) 0xc0, (byte) 0x80};
        return Stream.of(
                arguments(withKey(string(""), U8, new byte[1]), "a length of 1 to 65,535 bytes for key 0, found 0"),
                arguments(withKey(long64, U8, new byte[1]), "a length of 1 to 65,535 bytes for key 0, found 65536"),
                arguments(withKey(longs(1L << 63), U8, NONE), "for key 0, found 9223372036854775808"),
                arguments(withKey(longs(60_000), U8, NONE), "60,000 bytes of key 0, found"),
                arguments(withKey(overlong, U8, new byte[1]), "byte 32: expected UTF-8 as key 0"),
                arguments(
                        empty().text("k", "a").text("k", "b").text("l", "").file(0),
                        "expected each key once, found 'k' twice"),
                arguments(withValue(13, NONE), "byte 33: expected a type of 0 to 12 for 'k', found 13"),
                arguments(withValue(-1, NONE), "for 'k', found 4294967295"),
                arguments(withValue(BOOL, new byte[] {2}), "byte 37: expected 0 or 1 as 'k', found 2"),
                arguments(withValue(ARRAY, array(BOOL, 3, new byte[] {0, 1, -1})), "expected 0 or 1 as 'k', found 255"),
                arguments(
                        withValue(STRING, longs(1L << 63)),
                        "a text of at most 1,073,741,824 bytes as 'k', found 9223372036854775808"),
                arguments(withValue(STRING, longs(1 << 30)), "1,073,741,824 bytes of 'k', found"),
                arguments(
                        withValue(ARRAY, array(ARRAY, 1, deep)),
                        "byte 37: expected an array of numbers or texts as 'k', found an array of arrays"),
                arguments(
                        withValue(ARRAY, array(U8, 1L << 40, NONE)),
                        "at most 1,073,741,824 items of 'k', found 1099511627776"),
                arguments(withValue(ARRAY, array(U8, -1, NONE)), "items of 'k', found 18446744073709551615"),
                arguments(withValue(ARRAY, array(U64, 1 << 20, NONE)), "no more items of 'k' than fit into the"),
                arguments(withValue(ARRAY, array(STRING, 1 << 20, NONE)), "no more items of 'k' than fit into the"),
                arguments(withValue(ARRAY, array(13, 0, NONE)), "a type of 0 to 12 for the items of 'k', found 13"),
                arguments(
                        withValue(ARRAY, array(STRING, 2, joined(string("a"), longs(-1)))),
                        "a text of at most 1,073,741,824 bytes as 'k', found 18446744073709551615"));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void refusesWrongKeysAndValues(byte[] bytes, String finding) throws IOException {
        refused(bytes, finding);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "4 | 0 | expected a power of two below 2^32, found 0",
                "4 | 3 | expected a power of two below 2^32, found 3",
                "4 | -1 | found 4294967295",
                "6 | 32 | found no whole number",
                "4 | -2147483648 | byte 2,147,483,648: expected 24 bytes of tensor"
            })
    void refusesWrongAlignments(int type, int alignment, String finding) throws IOException {
        refused(
                empty().key("general.alignment", type, ints(alignment))
                        .tensor(EMBEDDING, F32, 0, 2, 3)
                        .file(24),
                finding);
    }

    @Test
    void refusesAnAlignmentBeyondEveryFile() throws IOException {
        refused(
                empty().key("general.alignment", U64, longs(1L << 62))
                        .tensor(EMBEDDING, F32, 0, 2, 3)
                        .file(24),
                "a power of two below 2^32, found 4611686018427387904");
    }

    private static byte[] tensor(byte[] name, int dimensions, int type, long offset, long... shape) {
        return empty().tensor(name, dimensions, type, offset, shape).file(4096);
    }

    private static byte[] tensor(int type, long offset, long... shape) {
        return tensor(string(EMBEDDING), shape.length, type, offset, shape);
    }

    static Stream<Arguments> tensors() {
        byte[] long64 = string("n".repeat(64));
        return Stream.of(
                arguments(tensor(long64, 2, F32, 0, 2, 3), "1 to 63 bytes for the name of tensor 0, found 64"),
                arguments(tensor(string(""), 2, F32, 0, 2, 3), "1 to 63 bytes for the name of tensor 0, found 0"),
                arguments(
                        model(3).tensor(EMBEDDING, F32, 32, 2, 3).file(64),
                        "expected each tensor once, found 'token_embd.weight' twice"),
                arguments(tensor(string(EMBEDDING), 5, F32, 0, 2, 3, 1, 1, 1), "at most 4 dimensions of tensor"),
                arguments(tensor(string(EMBEDDING), 1 << 31, F32, 0), "found 2147483648"),
                arguments(tensor(F32, 0, 0, 3), "a dimension of at least 1 for tensor 'token_embd.weight', found 0"),
                arguments(tensor(F32, 0, 2, -1), "a dimension of at least 1 for tensor 'token_embd.weight', found -1"),
                arguments(tensor(F32, 0, 1L << 32, 1L << 31), "fewer than 2^63 numbers in tensor"),
                arguments(tensor(F32, 0, 1L << 31, 1L << 31), "fewer than 2^63 bytes in tensor"),
                arguments(
                        tensor(string(EMBEDDING), 4, F32, 0, 1 << 30, 1 << 30, 1 << 30, 1 << 30),
                        "fewer than 2^63 numbers in tensor"),
                arguments(tensor(F32, 0, 1L << 31, 1L << 29), "expected tensors of less than 2^61 bytes"),
                arguments(tensor(F32, 0, 1L << 30, 1L << 28), "1,152,921,504,606,846,976 bytes of tensor"),
                arguments(tensor(4, 0, 32, 3), "found 4, a type that ggml has removed (convert or quantise"),
                arguments(tensor(36, 0, 32, 3), "found 36, a type that ggml has removed"),
                arguments(tensor(9, 0, 32, 3), "found 9 (Q8_1), which is no format of weights"),
                arguments(tensor(99, 0, 32, 3), "found 99, which is no known type"),
                arguments(tensor(-1, 0, 32, 3), "found 4294967295, which is no known type"),
                arguments(tensor(8, 0, 33, 3), "expected Q8_0 in rows that are multiples of 32 numbers, found tensor"),
                arguments(tensor(14, 0, 128, 4), "expected Q6_K in rows that are multiples of 256 numbers"),
                arguments(tensor(F32, 1, 2, 3), "expected offset 0 for tensor 'token_embd.weight', where"),
                arguments(tensor(F32, -32, 2, 3), "found 18446744073709551584"),
                arguments(model(3).tensor("b", F32, 24, 1).file(64), "expected offset 32 for tensor 'b'"),
                arguments(model(3).tensor("b", F32, 0, 1).file(64), "expected offset 32 for tensor 'b'"),
                arguments(model(3).tensor("b", F32, 64, 1).file(96), "expected offset 32 for tensor 'b'"),
                arguments(model(3).tensor("b", F32, 32, 1).file(35), "4 bytes of tensor 'b' 32 bytes further"),
                arguments(model(3).file(23), "24 bytes of tensor 'token_embd.weight' 0 bytes further"));
    }

    @ParameterizedTest
    @MethodSource("tensors")
    void refusesWrongTensors(byte[] bytes, String finding) throws IOException {
        refused(bytes, finding);
    }

    static Stream<Arguments> matrices() {
        return Stream.of(
                arguments(tensor(16, 0, 256, 3), "numbers of a type that can be read as float32, found IQ2_XXS (quant"),
                arguments(tensor(40, 0, 64, 3), "found NVFP4"),
                arguments(tensor(34, 0, 256, 3), "found TQ1_0"),
                arguments(tensor(26, 0, 4, 3), "found I32"),
                arguments(
                        tensor(F32, 0, 6),
                        "a matrix with rows of at most 16,777,216 numbers, found token_embd.weight (6)"),
                arguments(tensor(F32, 0, 2, 3, 2), "found token_embd.weight (2, 3, 2) F32"),
                arguments(tensor(F32, 0), "found token_embd.weight () F32"),
                arguments(
                        empty().text("general.type", "adapter")
                                .text("general.architecture", "llama")
                                .tensor("blk.0.attn_q.weight.lora_a", F32, 0, 2, 3)
                                .file(24),
                        "expected a tensor 'token_embd.weight' or 'output.weight', found 1 of other names, such as"
                                + " blk.0.attn_q.weight.lora_a (3, 2) F32 (type adapter, architecture llama)"));
    }

    @ParameterizedTest
    @MethodSource("matrices")
    void refusesWhatCannotBeMeasured(byte[] bytes, String finding) throws IOException {
        refused(bytes, finding);
    }

    @Test
    void refusesEveryFileCutShort() throws IOException {
        byte[] sound = Files.readAllBytes(FOLDER.resolve("tied.gguf"));
        // The last tensor is 16 bytes, and padded to 32.
        for (int length = 0; length < sound.length - 16; length++) {
            refused(Arrays.copyOf(sound, length), "expected");
        }
    }

    @Test
    void tellsATokenizerFromAModel() throws IOException {
        refused(
                empty().text("tokenizer.ggml.model", "gpt2")
                        .key("tokenizer.ggml.tokens", ARRAY, GgufBytes.strings("a", "b"))
                        .file(0),
                "expected a model, found a tokenizer without tensors (give the GGUF file of the model itself)");
        refused(FOLDER.resolve("big-endian.gguf"), "a file for big-endian machines (version 3)");
    }

    private void copy(String from, String to) throws IOException {
        Files.copy(FOLDER.resolve(from), folder.resolve(to));
    }

    @Test
    void refusesPartsThatDoNotBelongTogether() throws IOException {
        Path first = folder.resolve(FIRST);
        copy(FIRST, FIRST);
        refused(first, SECOND + ": expected a part of the model, found no such file (fetch it)");
        copy(FIRST, SECOND);
        refused(first, "'split.no': expected 1, found 0 (fetch all parts of the model again)");
        Files.delete(folder.resolve(SECOND));
        copy("tied.gguf", SECOND);
        refused(first, "'split.count': expected 2, found none");
        refused(folder.resolve(SECOND), "'split.count': expected 2, found none");
        Files.writeString(folder.resolve(SECOND), "version https://git-lfs.github.com/spec/v1\n");
        refused(first, "git lfs pull");
        Files.delete(folder.resolve(SECOND));
        Files.createSymbolicLink(folder.resolve(SECOND), FOLDER.resolve(SECOND).toAbsolutePath());
        refused(first, SECOND + ": expected a file inside the model's folder, found a link to");
        Files.delete(folder.resolve(SECOND));
        copy(FIRST, "alone.gguf");
        refused(folder.resolve("alone.gguf"), "a name that ends in -00001-of-00002.gguf, as one of 2 parts of a model");
        copy(FIRST, "part-00001-of-00003.gguf");
        refused(folder.resolve("part-00001-of-00003.gguf"), "'split.count': expected 3, found 2");
    }

    private static GgufBytes part(int number, long tensors) {
        return empty().key("split.no", U32, ints(number))
                .key("split.count", U32, ints(2))
                .key("split.tensors.count", U64, longs(tensors));
    }

    @Test
    void refusesPartsWhoseTensorsDoNotAddUp() throws IOException {
        Path first = folder.resolve("m-00001-of-00002.gguf");
        Path second = folder.resolve("m-00002-of-00002.gguf");
        Files.write(first, part(0, 2).tensor(EMBEDDING, F32, 0, 2, 3).file(24));
        Files.write(second, part(1, 2).tensor(EMBEDDING, F32, 0, 2, 3).file(24));
        refused(first, "each tensor in one part, found 'token_embd.weight' again");
        Files.write(second, part(1, 2).file(0));
        refused(first, "'split.tensors.count': expected 1, found 2");
        Files.write(first, part(0, 1).tensor(EMBEDDING, F32, 0, 2, 3).file(24));
        refused(first, second.getFileName() + ": 'split.tensors.count': expected 1, found 2");
        Files.write(second, part(1, 1).file(0));
        try (Checkpoint checkpoint = Checkpoint.open(second)) {
            assertThat(checkpoint.model()).isEqualTo("m");
        }
        Path zeroth = folder.resolve("m-00000-of-00002.gguf");
        Files.copy(second, zeroth);
        refused(zeroth, "'split.no': expected -1, found 1");
    }

    @Test
    void allocatesNothingOfADeclaredSize() throws IOException {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        byte[][] hostile = {
            empty().file(500_000, 0, NONE),
            empty().file(0, 65_536, NONE),
            withValue(ARRAY, array(STRING, 1 << 30, NONE)),
            withValue(STRING, longs(1 << 30)),
            tensor(F32, 0, 1L << 30, 1L << 28),
        };
        Path file = folder.resolve("m.gguf");
        Files.write(file, hostile[0]);
        refused(file, "expected");
        long before = threads.getCurrentThreadAllocatedBytes();
        for (byte[] bytes : hostile) {
            refused(bytes, "expected");
        }
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(4 << 20);
    }

    @Test
    void keepsHostileNamesFromTheTerminal() throws IOException {
        byte[] file = empty().text("general.name", "\u001b[31mred\u202e" + "x".repeat(200))
                .tensor(EMBEDDING, F32, 0, 2, 3)
                .file(24);
        try (Checkpoint checkpoint = Checkpoint.open(Files.write(folder.resolve("model.gguf"), file))) {
            assertThat(checkpoint.model()).startsWith("\ufffd[31mred\ufffdx").hasSizeLessThan(110);
        }
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> Checkpoint.open(Files.write(
                        folder.resolve("m.gguf"), tensor(string("a\0\n\u001b[31m\u202e"), 2, F32, 7, 2, 3))))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContainPattern("[\\p{Cntrl}\\x{202e}]"));
    }
}
