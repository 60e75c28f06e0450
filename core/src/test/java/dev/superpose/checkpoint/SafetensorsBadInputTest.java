package dev.superpose.checkpoint;

import static dev.superpose.checkpoint.SafetensorsBytes.entry;
import static dev.superpose.checkpoint.SafetensorsBytes.file;
import static dev.superpose.checkpoint.SafetensorsBytes.one;
import static dev.superpose.checkpoint.SafetensorsBytes.withLength;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.sun.management.ThreadMXBean;
import dev.superpose.result.InputException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every way that a safetensors file is known to lie gets one line that names the file, the
/// place and the finding.
class SafetensorsBadInputTest {
    private static final byte[] NONE = {};

    @TempDir
    private Path folder;

    static Stream<Arguments> wrongStart() {
        return Stream.of(
                arguments("empty", NONE, "an empty file"),
                arguments("7 bytes", new byte[7], "7 bytes"),
                arguments("length 0", withLength(0, new byte[8]), "at least 2 bytes, found 0"),
                arguments("length 1", withLength(1, "{}".getBytes(UTF_8)), "at least 2 bytes, found 1"),
                arguments("length beyond the file", withLength(99, "{}".getBytes(UTF_8)), "at most 2"),
                arguments(
                        "length over the limit", withLength(100_000_001, "{}".getBytes(UTF_8)), "at most 100,000,000"),
                arguments(
                        "length with the top bit",
                        withLength(Long.MIN_VALUE + 2, "{}".getBytes(UTF_8)),
                        "9223372036854775810"),
                arguments("length -1", withLength(-1, "{}".getBytes(UTF_8)), "18446744073709551615"),
                arguments(
                        "git-lfs",
                        "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n".getBytes(UTF_8),
                        "git lfs pull"),
                arguments("web page", "<!DOCTYPE html><html>".getBytes(UTF_8), "a web page"),
                arguments("web page after a blank", "\n <html>".getBytes(UTF_8), "a web page"),
                arguments("gzip", new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 0}, "gzip"),
                arguments("zip", "PK\u0003\u0004..............".getBytes(ISO_8859_1), "PyTorch"),
                arguments("pickle", "\u0080\u0002}q\u0000.............".getBytes(ISO_8859_1), "pickle"),
                arguments("gguf", "GGUF\u0003\0\0\0\0\0\0\0\0\0\0\0".getBytes(ISO_8859_1), "GGUF"),
                arguments("npy", "\u0093NUMPY\u0001\0v\0{'descr'".getBytes(ISO_8859_1), "NumPy"));
    }

    static Stream<Arguments> wrongHeader() {
        byte[] overlong = "{\"a\":1}".getBytes(UTF_8);
        overlong[2] = (byte) 0xC0;
        overlong[3] = (byte) 0x80;
        return Stream.of(
                arguments("not UTF-8", file("{\"\u00e9\":1}".getBytes(ISO_8859_1), 0), "byte 10: expected UTF-8"),
                arguments("overlong UTF-8", file(overlong, 0), "byte 10: expected UTF-8"),
                arguments("cut UTF-8", file(new byte[] {'{', '"', (byte) 0xC3}, 0), "byte 10: expected UTF-8"),
                arguments("byte order mark", file("\ufeff{}", 0), "byte 8: expected '{'"),
                arguments("leading blank", file(" {}", 0), "byte 8: expected '{'"),
                arguments("array at top", file("[]", 0), "byte 8: expected '{'"),
                arguments("UTF-16", file("{}".getBytes(java.nio.charset.StandardCharsets.UTF_16LE), 0), "NUL"),
                arguments("not JSON", file("{hello}", 0), "expected JSON"),
                arguments("not closed", file("{\"t\":{", 0), "expected JSON"),
                arguments("not closed in a name", file("{\"t", 0), "expected JSON"),
                arguments("trailing garbage", file("{}x", 0), "expected JSON"),
                arguments("trailing object", file("{}{}", 0), "only blanks"),
                arguments("trailing comma", file("{\"__metadata__\":{},}", 0), "expected JSON"),
                arguments("comment", file("{/**/}", 0), "expected JSON"),
                arguments("deep", file("{\"t\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}", 0), "an object"),
                arguments(
                        "deep in an unknown key",
                        file("{\"t\":{\"x\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}}", 0),
                        "within bounds"),
                arguments(
                        "name of 1 MB",
                        file("{" + entry("n".repeat(1 << 20), "F32", "[1]", 0, 4) + "}", 4),
                        "within bounds"),
                arguments(
                        "tensor twice",
                        file("{" + entry("t", "F32", "[1]", 0, 4) + "," + entry("t", "F32", "[1]", 4, 8) + "}", 8),
                        "'t' twice"),
                arguments("metadata twice", file("{\"__metadata__\":{},\"__metadata__\":{}}", 0), "found two"),
                arguments("metadata not an object", file("{\"__metadata__\":[]}", 0), "an object of strings"),
                arguments(
                        "metadata not strings",
                        file("{\"__metadata__\":{\"a\":1}}", 0),
                        "byte 29: expected a string as metadata 'a'"),
                arguments("metadata null", file("{\"__metadata__\":{\"a\":null}}", 0), "a string as metadata 'a'"),
                arguments("metadata key twice", file("{\"__metadata__\":{\"a\":\"1\",\"a\":\"2\"}}", 0), "'a' twice"));
    }

    static Stream<Arguments> wrongTensor() {
        String[] notWhole = {"1e400", "1.5", "-1", "9223372036854775808", "1e2", "\"1\"", "null", "true", "[1]"};
        Stream<Arguments> shapes = Stream.of(notWhole)
                .map(n -> arguments("shape " + n, file(one("[" + n + "]", "[0,4]"), 4), "whole numbers"));
        Stream<Arguments> offsets = Stream.of(notWhole)
                .map(n -> arguments("offset " + n, file(one("[1]", "[0," + n + "]"), 4), "whole numbers"));
        Stream<Arguments> others = Stream.of(
                arguments("not an object", file("{\"t\":3}", 0), "an object for tensor 't'"),
                arguments("no dtype", file("{\"t\":{\"shape\":[1],\"data_offsets\":[0,4]}}", 4), "dtype of tensor 't'"),
                arguments(
                        "no shape",
                        file("{\"t\":{\"dtype\":\"F32\",\"data_offsets\":[0,4]}}", 4),
                        "shape of tensor 't'"),
                arguments(
                        "no offsets",
                        file("{\"t\":{\"dtype\":\"F32\",\"shape\":[1]}}", 4),
                        "data_offsets of tensor 't'"),
                arguments(
                        "dtype twice",
                        file("{\"t\":{\"dtype\":\"F32\",\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", 4),
                        "dtype of tensor 't' once"),
                arguments(
                        "unknown dtype",
                        file("{" + entry("t", "F33", "[1]", 0, 4) + "}", 4),
                        "byte 22: expected a dtype of the safetensors format for tensor 't', found 'F33'"),
                arguments("dtype in lower case", file("{" + entry("t", "f32", "[1]", 0, 4) + "}", 4), "found 'f32'"),
                arguments("dtype not a string", file("{\"t\":{\"dtype\":32}}", 4), "the name of a dtype"),
                arguments("shape not a list", file(one("4", "[0,4]"), 4), "a list as shape"),
                arguments("33 dimensions", file(one("[" + "1,".repeat(32) + "1]", "[0,4]"), 4), "at most 32"),
                arguments("one offset", file(one("[1]", "[0]"), 4), "[begin, end]"),
                arguments("three offsets", file(one("[1]", "[0,4,8]"), 4), "at most 2"),
                arguments("product over an int", file(one("[65536,65537]", "[0,4]"), 4), "bits for shape"),
                arguments(
                        "product over a long", file(one("[4294967296,4294967296]", "[0,4]"), 4), "less than 2^63 bits"),
                arguments("bits over a long", file(one("[1152921504606846976]", "[0,4]"), 4), "less than 2^63 bits"),
                arguments(
                        "0 after an overflow",
                        file(one("[4611686018427387904,4,0]", "[0,0]"), 0),
                        "less than 2^63 bits"),
                arguments("size too small", file(one("[2]", "[0,4]"), 4), "64 bits"),
                arguments("size too large", file(one("[1]", "[0,8]"), 8), "32 bits"),
                arguments("end before begin", file(one("[1]", "[4,0]"), 4), "begin <= end"),
                arguments("end behind the file", file(one("[2]", "[0,8]"), 4), "begin <= end <= 4"),
                arguments("end at 2^63 - 1", file(one("[2]", "[0,9223372036854775807]"), 4), "begin <= end <= 4"),
                arguments("no data", file(one("[1]", "[0,4]"), 0), "begin <= end <= 0"),
                arguments("hole before", file(one("[1]", "[4,8]"), 8), "without hole or overlap"),
                arguments(
                        "hole between",
                        file("{" + entry("a", "F32", "[1]", 0, 4) + "," + entry("b", "F32", "[1]", 8, 12) + "}", 12),
                        "tensor 'b', without hole or overlap"),
                arguments(
                        "overlap",
                        file("{" + entry("a", "F32", "[2]", 0, 8) + "," + entry("b", "F32", "[2]", 4, 12) + "}", 12),
                        "tensor 'b', without hole or overlap"),
                arguments(
                        "same bytes twice",
                        file("{" + entry("a", "F32", "[1]", 0, 4) + "," + entry("b", "F32", "[1]", 0, 4) + "}", 4),
                        "without hole or overlap"),
                arguments("trailing bytes", file(one("[1]", "[0,4]"), 5), "found 1 more bytes"),
                arguments("data without tensors", file("{}", 4), "found 4 more bytes"),
                arguments("half a byte", file("{" + entry("t", "F4", "[3]", 0, 2) + "}", 2), "12 bits"));
        return Stream.of(shapes, offsets, others).flatMap(cases -> cases);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"wrongStart", "wrongHeader", "wrongTensor"})
    void isRefusedInOneLine(String what, byte[] bytes, String finding) throws IOException {
        Path file = Files.write(folder.resolve("bad.safetensors"), bytes);
        for (boolean asCheckpoint : new boolean[] {false, true}) {
            var refused = catchThrowableOfType(InputException.class, () -> {
                try (AutoCloseable _ = asCheckpoint ? Checkpoint.open(file) : Safetensors.open(file)) {
                    // Nothing to do: opening is enough.
                }
            });
            assertThat(refused).as(what).isNotNull();
            assertThat(refused.getMessage())
                    .startsWith(file + ": ")
                    .contains("expected", "found", finding)
                    .containsPattern(": (byte [0-9,]+|header)")
                    .doesNotContainPattern("\\p{Cntrl}")
                    .hasSizeLessThan(1000);
        }
    }

    @Test
    void allocatesNothingOfADeclaredSize() throws IOException {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Path file = folder.resolve("bad.safetensors");
        String[] headers = {
            one("[9223372036854775807]", "[0,4]"),
            one("[2147483647,1073741823]", "[0,4]"),
            one("[1]", "[0,9223372036854775807]")
        };
        Files.write(file, withLength(99_999_999, "{\"".getBytes(UTF_8)));
        refuse(file);
        long before = threads.getCurrentThreadAllocatedBytes();
        refuse(file);
        for (String header : headers) {
            Files.write(file, file(header, 4));
            refuse(file);
        }
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(4 << 20);
    }

    private static void refuse(Path file) {
        assertThatExceptionOfType(InputException.class).isThrownBy(() -> Safetensors.open(file));
    }

    @Test
    void keepsHostileNamesFromTheTerminal() throws IOException {
        String name = "a\\u0000b\\n\\u001b[31m\\u202e=cmd()<script>";
        Path file = Files.write(
                folder.resolve("bad.safetensors"),
                file(
                        "{" + entry(name + "1", "F32", "[2,1]", 0, 8) + "," + entry(name + "2", "F32", "[2,1]", 8, 16)
                                + "}",
                        16));
        try (Safetensors open = Safetensors.open(file)) {
            assertThat(open.names()).anyMatch(given -> given.contains("\u001b[31m"));
        }
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> Checkpoint.open(file))
                .withMessageContaining("2 matrices")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContainPattern("[\\p{Cntrl}\u202e]"));
    }

    @Test
    void refusesWhatIsNoFile() {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> Safetensors.open(folder))
                .withMessageContaining("a folder");
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> Checkpoint.open(folder.resolve("nothing")))
                .withMessageContaining("nothing of that name");
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> Checkpoint.open(Path.of("/dev/null")))
                .withMessageContaining("a device");
    }

    @Test
    void refusesAMillionTensorsWithinBounds() throws IOException {
        var header = new StringBuilder("{");
        for (int i = 0; i < 1_000_000; i++) {
            header.append(i == 0 ? "" : ",").append(entry("t" + i, "U8", "[0]", 0, 0));
        }
        Path file = Files.write(
                folder.resolve("million.safetensors"), file(header.append('}').toString(), 0));
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> Safetensors.open(file))
                .withMessageContaining("at most 500,000 tensors, found more");
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(allocated).isLessThan(16 * Files.size(file));
    }

    @Test
    void readsAHundredThousandTensors() throws IOException {
        int count = 100_000;
        var header = new StringBuilder("{");
        for (int i = 0; i < count; i++) {
            header.append(i == 0 ? "" : ",").append(entry("t" + i, "U8", "[1]", i, i + 1));
        }
        Path file = Files.write(
                folder.resolve("many.safetensors"), file(header.append('}').toString(), count));
        try (Safetensors open = Safetensors.open(file)) {
            assertThat(open.tensors()).hasSize(count);
        }
    }
}
