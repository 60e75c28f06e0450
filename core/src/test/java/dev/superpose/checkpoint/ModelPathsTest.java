package dev.superpose.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.superpose.numeric.FloatMatrix;
import dev.superpose.result.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a name stands for: paths, patterns, and models in a cache of Hugging Face's tools.
class ModelPathsTest {
    private static final FloatMatrix E = new FloatMatrix(3, 2, new float[] {1, 2, 3, 4, 5, 6});
    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
    private static final String OTHER = "fedcba9876543210fedcba9876543210fedcba98";

    @TempDir
    private Path folder;

    private ModelPaths paths;

    @BeforeEach
    void lookInAnEmptyHome() {
        paths = ModelPaths.of(Map.of(), folder.resolve("home"));
    }

    private Path model(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        new SafetensorsWriter().add("model.embed_tokens.weight", E).write(file);
        return file;
    }

    private List<Path> models(String pattern) throws IOException {
        return paths.models(folder + "/" + pattern);
    }

    private void refused(String name, String... findings) {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> paths.models(name))
                .satisfies(e -> assertThat(e.getMessage()).contains(findings).doesNotContainPattern("\\p{Cntrl}"));
    }

    /// A model in the cache at `hub`: links from a snapshot into the blobs.
    private Path cached(Path hub, String repository, String commit) throws IOException {
        Path model = hub.resolve("models--" + repository.replace("/", "--"));
        Path blob = Files.createDirectories(model.resolve("blobs")).resolve("b" + commit);
        new SafetensorsWriter().add("model.embed_tokens.weight", E).write(blob);
        Path snapshot = Files.createDirectories(model.resolve("snapshots").resolve(commit));
        Files.createSymbolicLink(snapshot.resolve("model.safetensors"), Path.of("../../blobs", "b" + commit));
        Files.createDirectories(model.resolve("refs"));
        Files.writeString(model.resolve("refs/main"), commit);
        return snapshot;
    }

    @Test
    void takesWhatIsThereForItself() throws IOException {
        Path odd = model("a[1]*{x}.safetensors");
        assertThat(models("a[1]*{x}.safetensors")).containsExactly(odd);
        Path link = Files.createSymbolicLink(folder.resolve("link.safetensors"), odd);
        try (Checkpoint read = Checkpoint.open(link)) {
            assertThat(read.model()).isEqualTo("link");
        }
        Path spaced = model("über uns/ein Modell/model.safetensors");
        try (Checkpoint read = Checkpoint.open(folder + "/über uns/ein Modell")) {
            assertThat(read.model()).isEqualTo("ein Modell");
            assertThat(read.matrices().getFirst().file()).isEqualTo(spaced);
        }
    }

    @Test
    void expandsPatternsThatNoShellDid() throws IOException {
        Path m16 = model("m/m16.safetensors");
        Path m128 = model("m/m128.safetensors");
        Path inner = model("m/x/y/model.safetensors");
        Path deep = folder.resolve("m/x/y");
        model("m/.hidden/model.safetensors");
        model("m/.secret.safetensors");
        Files.writeString(folder.resolve("m/README.md"), "about");
        assertThat(models("m/*.safetensors")).containsExactly(m16, m128);
        assertThat(models("m/m1?.safetensors")).containsExactly(m16);
        assertThat(models("m/m[1-9]{6,28}.safetensors")).containsExactly(m16, m128);
        assertThat(models("m/*")).containsExactly(m16, m128, deep);
        assertThat(models("m/**")).containsExactly(m16, m128, deep);
        assertThat(models("**/*.safetensors")).containsExactly(m16, m128, inner);
        assertThat(models("m/x/*/model.safetensors")).containsExactly(inner);
        assertThat(models("{m,n}/m16.safetensors").getFirst()).isEqualTo(m16);
        assertThat(Checkpoint.find(folder + "/m/*16*")).containsExactly(m16);
        refused(folder + "/m/*.gguf", "a pattern of files or folders, found none that matches");
        refused(folder + "/m/*.md", "found 1 files and folders, none of them a model");
        refused(folder + "/m/[.safetensors", "a pattern with its brackets closed");
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> Checkpoint.open(folder + "/m/*.safetensors"))
                .withMessageContaining("expected one model, found 2 models");
    }

    @Test
    void takesAPartOfAModelForTheWhole() throws IOException {
        model("s/model-00001-of-00002.safetensors");
        model("s/model-00002-of-00002.safetensors");
        Files.writeString(folder.resolve("s/model.safetensors.index.json"), "{}");
        assertThat(models("s/*.safetensors")).containsExactly(folder.resolve("s"));
        assertThat(models("*")).containsExactly(folder.resolve("s"));
    }

    @Test
    void followsNoLinksUnderTwoStars() throws IOException {
        Path one = model("m/a/model.safetensors");
        Files.createSymbolicLink(folder.resolve("m/a/up"), folder.resolve("m"));
        assertThat(models("m/**/model.safetensors")).containsExactly(one);
        assertThat(models("m/a/up/a/model.*")).containsExactly(folder.resolve("m/a/up/a/model.safetensors"));
    }

    @Test
    void knowsTheHome() throws IOException {
        Path file = model("home/m.safetensors");
        assertThat(paths.models("~/m.safetensors")).containsExactly(file);
        assertThat(paths.models("~/*.safetensors")).containsExactly(file);
    }

    @ParameterizedTest
    @CsvSource({
        "HF_HUB_CACHE, /hub, /hub",
        "HUGGINGFACE_HUB_CACHE, /hub, /hub",
        "HF_HOME, '', /hub",
        "XDG_CACHE_HOME, /xdg, /xdg/huggingface/hub",
        "HF_HOME, ~/hf, /home/hf/hub",
        "OTHER, '', /home/.cache/huggingface/hub"
    })
    void findsTheCacheByTheEnvironment(String variable, String value, String hub) throws IOException {
        Path snapshot = cached(Path.of(folder + hub), "org/tiny-model", COMMIT);
        String set = value.startsWith("~") ? value : folder + value;
        paths = ModelPaths.of(Map.of(variable, set), folder.resolve("home"));
        assertThat(paths.models("org/tiny-model")).containsExactly(snapshot);
        assertThat(ModelPaths.label(snapshot)).isEqualTo("org/tiny-model");
        assertThat(ModelPaths.group(snapshot)).isEqualTo("org");
        try (Checkpoint read = Checkpoint.open(snapshot)) {
            assertThat(read.model()).isEqualTo("org/tiny-model");
        }
    }

    @Test
    void takesTheFirstVariableThatIsSet() throws IOException {
        Path first = cached(folder.resolve("a"), "m", COMMIT);
        cached(folder.resolve("b/hub"), "m", COMMIT);
        paths = ModelPaths.of(
                Map.of("HF_HUB_CACHE", folder + "/a", "HF_HOME", folder + "/b", "XDG_CACHE_HOME", ""), folder);
        assertThat(paths.models("m")).containsExactly(first);
    }

    @Test
    void findsRevisions() throws IOException {
        Path hub = folder.resolve("hub");
        Path old = cached(hub, "org/m", OTHER);
        Path main = cached(hub, "org/m", COMMIT);
        Path references = hub.resolve("models--org--m/refs");
        Files.createDirectories(references.resolve("pr"));
        Files.writeString(references.resolve("pr/1"), OTHER + "\n");
        Files.writeString(references.resolve("v1.0"), OTHER);
        paths = ModelPaths.of(Map.of("HF_HUB_CACHE", hub.toString()), folder);
        assertThat(paths.models("org/m")).containsExactly(main);
        assertThat(paths.models("org/m@main")).containsExactly(main);
        assertThat(paths.models("org/m@v1.0")).containsExactly(old);
        assertThat(paths.models("org/m@pr/1")).containsExactly(old);
        assertThat(paths.models("org/m@" + OTHER)).containsExactly(old);
        assertThat(paths.models("org/m@fedc")).containsExactly(old);
        refused("org/m@fe", "a snapshot of revision 'fe', found the revisions main, v1.0, 0123", "org/m@<revision>");
        refused("org/m@..", "a file or folder, found nothing of that name");
        Files.delete(references.resolve("main"));
        refused("org/m", "revision 'main', found the revisions v1.0, 0123");
        for (String wrong : List.of("../../..", "", "a/b", "\u001b[31m", "0".repeat(300))) {
            Files.writeString(references.resolve("main"), wrong);
            refused("org/m", "refs/main: expected a commit's hash");
        }
        Files.writeString(references.resolve("main"), "abcd");
        refused("org/m", "a commit that was fetched, found abcd", "the download is unfinished");
        Files.delete(references.resolve("main"));
        Files.writeString(folder.resolve("secret"), "s3cret");
        Files.createSymbolicLink(references.resolve("main"), folder.resolve("secret"));
        refused("org/m", "a link to");
    }

    @Test
    void saysWhereItLookedAndWhatIsThere() throws IOException {
        refused(
                "org/absent",
                "looked in " + folder.resolve("home/.cache/huggingface/hub"),
                "the default",
                "does not exist");
        Path hub = folder.resolve("hub");
        for (int i = 0; i < 14; i++) {
            Files.createDirectories(hub.resolve("models--org--m%02d".formatted(i)));
        }
        Files.createDirectories(hub.resolve("datasets--org--d"));
        paths = ModelPaths.of(Map.of("HF_HOME", folder.toString()), folder);
        refused("org/absent", "by HF_HOME", "org/m00, org/m01", "org/m11 and 2 more", "nothing is ever downloaded");
        refused("org/m00", "found none at all", "the download is unfinished");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"absent.safetensors", "a/absent.gguf", "a/b/c", "", " ", "../x", "a\u0000b", "a--b/c", "\u001b2J"
            })
    void saysShortlyThatThereIsNothing(String name) {
        refused(name, "expected a file or folder, found nothing of that name (check the path)");
    }

    @Test
    void saysThatADownloadIsUnfinished() throws IOException {
        Path hub = folder.resolve("hub");
        Path snapshot = cached(hub, "org/m", COMMIT);
        Path blobs = hub.resolve("models--org--m/blobs");
        Files.move(blobs.resolve("b" + COMMIT), blobs.resolve("b" + COMMIT + ".incomplete"));
        paths = ModelPaths.of(Map.of("HF_HUB_CACHE", hub.toString()), folder);
        assertThat(paths.models("org/m")).containsExactly(snapshot);
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> Checkpoint.open(snapshot))
                .withMessageContainingAll("model.safetensors", "which is not there", "the download is unfinished");
        Files.delete(snapshot.resolve("model.safetensors"));
        Files.writeString(snapshot.resolve("config.json"), "{}");
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> Checkpoint.open(snapshot))
                .withMessageContainingAll("found 1 unfinished download (the download is unfinished");
    }

    /// A link that a person names is followed; one inside a model's folder may not lead out of it.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "model.safetensors",
                "config.json",
                "tokenizer.json",
                "tokens.txt",
                "model.safetensors.index.json",
                "only.safetensors",
                "pytorch_model.bin"
            })
    void confinesTheFilesOfAModelsFolder(String name) throws IOException {
        Path outside = model("outside.safetensors");
        Path inside = Files.createDirectories(folder.resolve("model"));
        if (!name.endsWith(".safetensors") && !name.endsWith(".bin") && !name.endsWith("index.json")) {
            model("model/model.safetensors");
        } else if (name.equals("only.safetensors")) {
            Files.writeString(inside.resolve("config.json"), "{}");
        }
        Path link = Files.createSymbolicLink(inside.resolve(name), outside);
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> Checkpoint.open(inside).close())
                .withMessageStartingWith(link.toString())
                .withMessageContainingAll("a file inside the model's folder", "a link to " + outside.toRealPath());
    }

    @Test
    void followsALinkToTheFolderItself() throws IOException {
        model("far/away/model.safetensors");
        Path link = Files.createSymbolicLink(folder.resolve("near"), folder.resolve("far/away"));
        try (Checkpoint read = Checkpoint.open(link)) {
            assertThat(read.matrices()).hasSize(1);
        }
    }
}
