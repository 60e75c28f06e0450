package dev.superpose.checkpoint;

import static dev.superpose.checkpoint.TorchBytes.file;
import static dev.superpose.checkpoint.TorchBytes.matrix;
import static dev.superpose.checkpoint.TorchBytes.pickle;
import static dev.superpose.checkpoint.TorchBytes.tensor;
import static dev.superpose.checkpoint.TorchBytes.text;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.superpose.result.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Files of PyTorch that are damaged, of another kind, or meant to harm.
class TorchBadInputTest {
    private static final long[] SHAPE = {3, 2};
    private static final long[] STRIDES = {2, 1};
    private static final byte[] SOUND = matrix("0", 6, 0, SHAPE, STRIDES);

    @TempDir
    private Path folder;

    private void refused(byte[] bytes, String finding) throws IOException {
        Path file = folder.resolve("x.bin");
        Files.write(file, bytes);
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> Checkpoint.open(file).close())
                .withMessageStartingWith(file.toString())
                .withMessageContaining(finding)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContainPattern("\\p{Cntrl}"));
    }

    private void opened(byte[] bytes) throws IOException {
        Path file = folder.resolve("x.bin");
        Files.write(file, bytes);
        try (Checkpoint read = Checkpoint.open(file)) {
            assertThat(read.matrices()).hasSize(1);
        }
    }

    @Test
    void opensWhatTheOthersWereMadeFrom() throws IOException {
        opened(file(SOUND, 6));
        opened(new TorchBytes(true)
                .add("m/data.pkl", SOUND)
                .add("m/data/0", new byte[24])
                .end());
    }

    static Stream<Arguments> programs() {
        String tuples = "(".repeat(1_000_000) + "t".repeat(1_000_000) + ".";
        String doubling = ")q\0" + "h\0h\0\u0086q\0".repeat(100_000) + ".";
        return Stream.of(
                arguments("no pickle", "weights".getBytes(ISO_8859_1), "byte 0: expected a pickle of protocol 2 to 5"),
                arguments("empty", new byte[0], "expected a pickle"),
                arguments("protocol 6", new byte[] {(byte) 0x80, 6, '.'}, "expected a pickle"),
                arguments("no stop", pickle("N"), "byte 3: expected 1 more bytes, found 0"),
                arguments("unknown", pickle("\u00ff"), "byte 2: expected an opcode that torch.save writes, found 0xff"),
                arguments("extension", pickle("\u0082\u0001."), "found 0x82"),
                arguments("instance", pickle("(ios\nsystem\n."), "found 0x69"),
                arguments("object", pickle("(cos\nsystem\nX\0\0\0\0o."), "found 0x6f"),
                arguments("extended object", pickle("cos\nsystem\n)}\u0092."), "a whole object, made by os.system"),
                arguments("reference by text", pickle("Px\n."), "found 0x50"),
                arguments("out of band", pickle("\u0097."), "found 0x97"),
                arguments("nothing", pickle("."), "expected 1 values on the stack, found 0"),
                arguments("call of nothing", pickle("R."), "expected 2 values on the stack"),
                arguments("below a mark", pickle("N(R."), "expected 2 values on the stack, found 0"),
                arguments("no mark", pickle("t."), "expected a mark on the stack"),
                arguments("not remembered", pickle("h\u0007."), "expected a value remembered before, found none at 7"),
                arguments("odd dict", pickle("}(Nu."), "expected a value for each key"),
                arguments("item of a number", pickle("K\u0001NNs."), "expected a dict to put into"),
                arguments("addition to a number", pickle("K\u0001Na."), "expected a list to add to"),
                arguments("long text", pickle("X\u00ff\u00ff\u00ff\u00ffab"), "found 4294967295"),
                arguments("longer text", pickle("\u008d" + "\u00ff".repeat(8) + "ab"), "found 18446744073709551615"),
                arguments("long number", pickle("\u008b\u0000\u0000\u0000\u0080."), "found 2147483648"),
                arguments("long name", pickle("c" + "x".repeat(5000) + "\ny\n."), "a name of at most 1,000 bytes"),
                arguments("endless", pickle("N0".repeat(2_100_000) + "."), "at most 4,000,000 opcodes"),
                arguments("nested", pickle(tuples), "neither dict nor tensor"),
                arguments("nested lists", pickle("](".repeat(500_000) + "e".repeat(500_000) + "."), "neither dict"),
                arguments("doubling", pickle(doubling), "neither dict nor tensor"),
                arguments("in itself", pickle("]q\0h\0a."), "neither dict nor tensor"),
                arguments("wrapped in itself", pickle("}q\0" + text("model") + "h\0s."), "without tensors, of 'model'"),
                arguments("terminal", pickle("}" + text("\u001b[31m") + "Ns."), "a dict without tensors"),
                arguments("empty dict", pickle("}."), "an empty dict"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("programs")
    void refusesPrograms(String label, byte[] program, String finding) throws IOException {
        refused(file(program, 6), finding);
    }

    @Test
    void runsNothing() throws IOException {
        Path made = folder.resolve("made");
        String command = text("touch " + made) + "\u0085R";
        for (String function :
                new String[] {"cos\nsystem\n", "cposix\nsystem\n", text("os") + text("system") + "\u0093"}) {
            refused(file(pickle(function + command + "."), 6), "a whole object, made by ");
            refused(file(pickle(function + text("x") + "\u0085\u0081}b."), 6), "a whole object, made by ");
            byte[] beside = pickle("}" + text("lm_head.weight") + function + command + "s" + text("b")
                    + tensor("0", 6, 0, SHAPE, STRIDES) + "s.");
            refused(file(beside, 6), "tensor 'lm_head.weight': expected a dense tensor, found an object made by ");
        }
        refused(file(pickle("ctorch\nSize\nN\u0085R."), 6), "made by torch.Size");
        refused(file(pickle("NNR."), 6), "a call of something that is no function");
        assertThat(made).doesNotExist();
    }

    static Stream<Arguments> views() {
        long huge = 1L << 62;
        return Stream.of(
                arguments(-1, new long[] {3, 2}, STRIDES),
                arguments(1, new long[] {3, 2}, STRIDES),
                arguments(Long.MAX_VALUE, new long[] {3, 2}, STRIDES),
                arguments(0, new long[] {-3, 2}, STRIDES),
                arguments(0, new long[] {3, -2}, STRIDES),
                arguments(0, new long[] {4, 2}, STRIDES),
                arguments(0, new long[] {huge, 4}, STRIDES),
                arguments(0, new long[] {huge, 2}, new long[] {0, 0}),
                arguments(0, new long[] {3, 2}, new long[] {0, 0, 0}),
                arguments(0, new long[] {3, 2}, new long[] {-2, 1}),
                arguments(0, new long[] {3, 2}, new long[] {huge, huge}),
                arguments(0, new long[] {3, 2}, new long[] {3, 1}),
                // A row repeated without end costs no bytes.
                arguments(0, new long[] {1L << 40, 2}, new long[] {0, 1}));
    }

    @ParameterizedTest
    @MethodSource("views")
    void refusesViewsBeyondTheirStorage(long offset, long[] shape, long[] strides) throws IOException {
        refused(
                file(matrix("0", 6, offset, shape, strides), 6),
                "tensor 'weight': expected an offset, shape and strides within the 6 numbers of its storage");
    }

    @Test
    void refusesStoragesThatAreNotAsDeclared() throws IOException {
        refused(file(SOUND, 5), "expected 6 numbers of F32, as the storage of tensor 'weight', found 20 bytes");
        refused(file(SOUND, 7), "found 28 bytes");
        refused(file(matrix("0", -1, 0, SHAPE, STRIDES), 6), "expected -1 numbers");
        refused(file(matrix("0", 1L << 62, 0, SHAPE, STRIDES), 6), "found 24 bytes");
        refused(file(matrix("1", 6, 0, SHAPE, STRIDES), 6), "an entry 'm/data/1', found none");
        refused(file(matrix("../../x", 6, 0, SHAPE, STRIDES), 6), "an entry 'm/data/../../x', found none");
        long[] many = new long[40];
        refused(file(matrix("0", 6, 0, many, many), 6), "a dict without tensors");
    }

    /// Names of millions of prefixes, or thousands of long ones that only differ at the end, would
    /// take hours to strip or to tell apart.
    @Test
    void losesNoTimeOnNamesThatNameNothing() throws IOException {
        String tensor = tensor("0", 6, 0, SHAPE, STRIDES);
        refused(file(pickle("}" + text("module.".repeat(1_000_000)) + tensor + "s."), 6), "an empty dict");
        String start = "x".repeat(1 << 20);
        String twins = text(start + "Aa") + "q\1" + text(start + "BB") + "q\2";
        refused(file(pickle(twins + "}(" + "h\1Nh\2N".repeat(500_000) + "u."), 6), "an empty dict");
    }

    @Test
    void refusesEveryFileCutShort() throws IOException {
        byte[] sound = file(SOUND, 6);
        for (int length = 0; length < sound.length; length++) {
            refused(Arrays.copyOf(sound, length), "expected");
        }
    }

    @Test
    void refusesArchivesThatContradictThemselves() throws IOException {
        byte[] data = new byte[24];
        refused(archive().add("m/data/0", "m/data/1", 0, 0, data).end(), "the header of entry 'm/data/0'");
        refused(archive().add("m/data/0", "m/data/0", 0, 8, data).end(), "save it again with torch.save");
        refused(archive().add("m/data/0", "m/data/0", 1, 0, data).end(), "compressed or encrypted");
        refused(archive().add("m/data/0", data).add("m/data/0", data).end(), "'m/data/0' twice");
        for (boolean wide : new boolean[] {false, true}) {
            TorchBytes two = new TorchBytes(wide).add("m/data.pkl", SOUND).add("m/data/0", data);
            refused(two.end(2, 1L << 30, 100), "a directory of at most");
            refused(two.end(2, 0, 100), "an entry of the directory");
            refused(two.end(3, 0, 100), "at most 1,000,000 entries");
        }
        TorchBytes two = new TorchBytes(true).add("m/data.pkl", SOUND).add("m/data/0", data);
        refused(two.end(2, Long.MAX_VALUE, Long.MAX_VALUE), "a directory of at most");
        refused(two.end(Long.MIN_VALUE, 0, 100), "at most 1,000,000 entries");
        refused(two.end(2, -1, -1), "a directory of at most");
    }

    @Test
    void refusesArchivesWithGarbageAround() throws IOException {
        byte[] sound = file(SOUND, 6);
        byte[] before = new byte[sound.length + 4];
        System.arraycopy(sound, 0, before, 4, sound.length);
        refused(before, "found");
        refused(Arrays.copyOf(sound, sound.length + 4), "the end of a zip archive's directory, found none");
    }

    private static TorchBytes archive() {
        return new TorchBytes(false).add("m/data.pkl", SOUND);
    }

    @Test
    void refusesOtherKindsByName() throws IOException {
        byte[] legacy = "\u0080\u0002\u008a\nl\u00fc\u009cF\u00f9 j\u00a8P\u0019.\u0080\u0002M\u00e9\u0003."
                .getBytes(ISO_8859_1);
        refused(legacy, "found a Python pickle, such as the files that PyTorch wrote before 1.6 (load it and save it");
        refused(new TorchBytes(false).add("W.csv", new byte[8]).end(), "a zip archive of another kind");
        refused(archive().add("m/constants.pkl", SOUND).end(), "a TorchScript archive");
        refused(archive().add("m/byteorder", "big".getBytes(ISO_8859_1)).end(), "found 'big'");
        byte[] tar = new byte[1024];
        System.arraycopy("ustar".getBytes(ISO_8859_1), 0, tar, 257, 5);
        refused(tar, "found a tar archive");
        refused("BZh9..............".getBytes(ISO_8859_1), "found data packed by bzip2");
        refused("version https://git-lfs.github.com/spec/v1\n".getBytes(ISO_8859_1), "git lfs pull");
    }
}
