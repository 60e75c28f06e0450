package dev.superpose.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.superpose.numeric.FloatMatrix;
import dev.superpose.result.InputException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A model in several files, and an index that lies about them.
class ShardsTest {
    private static final FloatMatrix E = new FloatMatrix(3, 2, new float[] {1, 2, 3, 4, 5, 6});
    private static final FloatMatrix U = new FloatMatrix(3, 2, new float[] {9, 8, 7, 6, 5, 4});

    @TempDir
    private Path folder;

    private Path model;

    @BeforeEach
    void writeShards() throws IOException {
        model = Files.createDirectory(folder.resolve("model"));
        new SafetensorsWriter()
                .add("model.embed_tokens.weight", E)
                .write(model.resolve("model-00001-of-00002.safetensors"));
        new SafetensorsWriter().add("lm_head.weight", U).write(model.resolve("model-00002-of-00002.safetensors"));
        new SafetensorsWriter().add("lm_head.weight", U).write(folder.resolve("outside.safetensors"));
    }

    private void index(String second) throws IOException {
        Files.writeString(
                model.resolve("model.safetensors.index.json"),
                "{\"metadata\":{\"total_size\":1},\"weight_map\":{\"model.embed_tokens.weight\":"
                        + "\"model-00001-of-00002.safetensors\",\"lm_head.weight\":%s}}".formatted(second));
    }

    private void refused(String finding) {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> Checkpoint.open(model).close())
                .withMessageContaining(finding);
    }

    @Test
    void readsAcrossFiles() throws IOException {
        index("\"model-00002-of-00002.safetensors\"");
        try (Checkpoint checkpoint = Checkpoint.open(model)) {
            assertThat(checkpoint.matrices())
                    .extracting(PackedMatrix::tensor)
                    .containsExactly("lm_head.weight", "model.embed_tokens.weight");
            float[] rows = new float[6];
            checkpoint.matrices().getFirst().rows().read(0, 3, rows);
            assertThat(rows).isEqualTo(U.data());
            assertThat(checkpoint.matrices().getFirst().file())
                    .isEqualTo(model.resolve("model-00002-of-00002.safetensors"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../outside.safetensors",
                "/etc/x.safetensors",
                "C:\\\\x.safetensors",
                "\\\\\\\\host\\\\x.safetensors",
                "https://x/y.safetensors",
                "",
                ".",
                "..",
                "sub/x.safetensors",
                "x.bin",
                ".safetensors",
                "a\\u0000.safetensors"
            })
    void refusesPathsThatLeadElsewhere(String path) throws IOException {
        index('"' + path + '"');
        refused("the name of a file in the same folder");
    }

    @ParameterizedTest
    @ValueSource(strings = {"3", "null", "[\"x.safetensors\"]", "{}"})
    void refusesWhatIsNoName(String value) throws IOException {
        index(value);
        refused("the name of a file in the same folder");
    }

    @Test
    void refusesMissingPartsAndWrongParts() throws IOException {
        index("\"model-00003-of-00003.safetensors\"");
        refused("no such file");
        index("\"model-00001-of-00002.safetensors\"");
        refused("tensor 'lm_head.weight', as model.safetensors.index.json says");
        index("\"model-00002-of-00002.safetensors\",\"lm_head.weight\":\"model-00001-of-00002.safetensors\"");
        refused("not 'lm_head.weight' again");
        Files.writeString(model.resolve("model.safetensors.index.json"), "{\"metadata\":{}}");
        refused("tensors under weight_map");
        Files.createDirectory(model.resolve("folder.safetensors"));
        index("\"folder.safetensors\"");
        refused("a folder");
    }

    @Test
    void refusesPipesAndDevicesWithoutWaiting() throws Exception {
        Path pipe = model.resolve("pipe.safetensors");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/mkfifo")));
        assertThat(new ProcessBuilder("/usr/bin/mkfifo", pipe.toString())
                        .start()
                        .waitFor())
                .isZero();
        index("\"pipe.safetensors\"");
        refused("a regular file, found a device, pipe or socket");
        Files.createSymbolicLink(model.resolve("zero.safetensors"), Path.of("/dev/zero"));
        index("\"zero.safetensors\"");
        refused("a link to /dev/zero");
    }

    @Test
    void takesOnlyWhatTheIndexNames() throws IOException {
        Files.writeString(
                model.resolve("model.safetensors.index.json"),
                "{\"weight_map\":{\"model.embed_tokens.weight\":\"model-00001-of-00002.safetensors\"}}");
        try (Checkpoint checkpoint = Checkpoint.open(model)) {
            assertThat(checkpoint.matrices())
                    .extracting(PackedMatrix::tensor)
                    .containsExactly("model.embed_tokens.weight");
        }
    }

    @Test
    void tellsWhereTheIndexAndTheFilesDisagree() throws IOException {
        new SafetensorsWriter()
                .add("lm_head.weight", U)
                .add("lm_head.bias", new float[3])
                .write(model.resolve("model-00002-of-00002.safetensors"));
        new SafetensorsWriter()
                .add("model.embed_tokens.weight", E)
                .add("lm_head.weight", E)
                .write(model.resolve("model-00001-of-00002.safetensors"));
        index("\"model-00002-of-00002.safetensors\"");
        try (Checkpoint checkpoint = Checkpoint.open(model)) {
            PackedMatrix head = checkpoint.matrices().getFirst();
            float[] rows = new float[6];
            head.rows().read(0, 3, rows);
            assertThat(rows).isEqualTo(U.data());
            assertThat(head.notes())
                    .contains(
                            "lm_head.weight (3, 2) F32 lies in model-00001-of-00002.safetensors, where the index does not"
                                    + " look for it: passed over",
                            "lm_head.bias (3) F32 lies in model-00002-of-00002.safetensors, where the index does not"
                                    + " look for it: passed over",
                            "the index says 1 bytes in all, its files hold 84");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"48", "4.8e1", "\"48\"", "null", "{\"x\":[1]}"})
    void saysNothingOfASizeThatFitsOrIsNone(String size) throws IOException {
        Path index = model.resolve("model.safetensors.index.json");
        index("\"model-00002-of-00002.safetensors\"");
        Files.writeString(index, Files.readString(index).replace(":1}", ":" + size + "}"));
        try (Checkpoint checkpoint = Checkpoint.open(model)) {
            assertThat(checkpoint.matrices().getFirst().notes()).noneMatch(note -> note.contains("index"));
        }
    }

    @Test
    void namesABiasInAFileThatIsNotThere() throws IOException {
        index("\"model-00002-of-00002.safetensors\",\"lm_head.bias\":\"model-00003-of-00003.safetensors\"");
        try (Checkpoint checkpoint = Checkpoint.open(model)) {
            assertThat(checkpoint.matrices().getFirst().notes())
                    .contains("the unembedding has a bias, lm_head.bias, which is not part of its rows");
        }
    }

    @Test
    void refusesAnIndexOfMillions() throws IOException {
        var map = new StringBuilder("{\"weight_map\":{\"t\":\"x.safetensors\"");
        for (int i = 0; i < 1_000_001; i++) {
            map.append(",\"").append(i).append("\":\"x.safetensors\"");
        }
        Path index = model.resolve("model.safetensors.index.json");
        Files.writeString(index, map.append("}}").toString());
        refused("at most 1,000,000 tensors");
        // Ten million do not fit the bytes that an index may have.
        try (var raw = new RandomAccessFile(index.toFile(), "rw")) {
            raw.setLength(200_000_000);
        }
        refused("at most 100,000,000 bytes of JSON");
        Files.writeString(index, "{\"weight_map\":" + "[".repeat(100_000));
        refused("nesting depth (65) exceeds");
        Files.writeString(index, "{\"x\":" + "{\"x\":".repeat(100_000));
        refused("nesting depth (65) exceeds");
    }

    @Test
    void followsLinksOnlyWithinTheModel() throws IOException {
        Files.createSymbolicLink(model.resolve("link.safetensors"), folder.resolve("outside.safetensors"));
        index("\"link.safetensors\"");
        refused("a link to");
        // As downloads are cached: links from the snapshot to the blobs beside it.
        Path cached = Files.createDirectories(folder.resolve("models--a--b"));
        Path blobs = Files.createDirectory(cached.resolve("blobs"));
        Path snapshot = Files.createDirectories(cached.resolve("snapshots/1"));
        for (String part : new String[] {"model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors"}) {
            Files.move(model.resolve(part), blobs.resolve(part));
            Files.createSymbolicLink(snapshot.resolve(part), Path.of("../../blobs", part));
        }
        index("\"model-00002-of-00002.safetensors\"");
        Files.move(model.resolve("model.safetensors.index.json"), snapshot.resolve("model.safetensors.index.json"));
        try (Checkpoint checkpoint = Checkpoint.open(snapshot)) {
            assertThat(checkpoint.matrices()).hasSize(2);
        }
    }
}
