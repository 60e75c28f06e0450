package dev.superpose.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.superpose.checkpoint.SafetensorsWriter;
import dev.superpose.numeric.FloatMatrix;
import dev.superpose.numeric.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Many models at once: what makes them a family, what is said of it, and what a damaged one costs.
class InspectFamiliesTest {
    @TempDir
    Path folder;

    /// Two architectures of three widths each, in one folder.
    @BeforeEach
    void twoFamilies() throws IOException {
        for (int m : new int[] {8, 16, 32}) {
            model("alpha-" + m, "gpt2", "wte.weight", m);
            model("beta-" + m, "gpt_neox", "embed_out.weight", m);
        }
    }

    private void model(String name, String type, String tensor, int m) throws IOException {
        Path model = Files.createDirectories(folder.resolve("models").resolve(name));
        Files.writeString(model.resolve("config.json"), "{\"model_type\": \"%s\"}".formatted(type));
        new SafetensorsWriter().add(tensor, random(name, 200, m)).write(model.resolve("model.safetensors"));
    }

    private static FloatMatrix random(String name, int n, int m) {
        var random = new Seed(11).child(name).random();
        FloatMatrix matrix = FloatMatrix.zeros(n, m);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < m; j++) {
                matrix.set(i, j, (float) random.nextGaussian());
            }
        }
        return matrix;
    }

    private CommandRun inspect(String... arguments) {
        var all = new ArrayList<>(
                List.of("inspect", "--resume", folder.resolve("records").toString()));
        all.addAll(List.of(arguments));
        return CommandRun.of(all.toArray(String[]::new));
    }

    private String models(String... more) {
        var all = new ArrayList<>(List.of(folder.resolve("models").toString()));
        all.addAll(List.of(more));
        CommandRun run = inspect(all.toArray(String[]::new));
        assertThat(run.code()).as(run.err()).isZero();
        return run.out();
    }

    /// The text without the ends of its lines.
    private static String unbroken(String text) {
        return text.replaceAll("\\s+", " ");
    }

    @Test
    void aFamilyIsAFolderAnArchitectureAPartOfTheNameOrAll() {
        assertThat(models()).contains("Family models, unembedding");
        assertThat(models("--group-by", "type")).contains("Family gpt2, unembedding", "Family gpt_neox, unembedding");
        assertThat(models("--group-by", "name=^[a-z]+"))
                .contains("Family alpha, unembedding", "Family beta, unembedding");
        assertThat(models("--group-by", "name=([ab])[a-z]*-")).contains("Family a, ", "Family b, ");
        assertThat(models("--group-by", "name=gamma")).contains("Family others, ");
        assertThat(models("--group-by", "all")).contains("Family all models, ");
    }

    @Test
    void refusesAGroupingThatItDoesNotKnow() {
        assertThat(inspect("x", "--group-by", "colour").err())
                .contains("--group-by expects folder, type, all or name=REGEX, found colour");
        CommandRun broken = inspect("x", "--group-by", "name=(");
        assertThat(broken.code()).isEqualTo(2);
        assertThat(broken.err()).contains("not a regular expression").hasLineCount(1);
    }

    @Test
    void trendsHaveAnErrorAndRandomRowsGoAsOneOverWidth() {
        assertThat(models("--group-by", "type"))
                .containsPattern(
                        "mean_square goes as width\\^-1\\.\\d+ ± 0\\.0\\d+ \\(standard error, 3 points, R² 1\\.00\\)")
                .containsPattern("norm \\(median\\) goes as width\\^0\\.5")
                .contains("Published for comparison: 25 language-model heads");
    }

    @Test
    void standsBesideThePublishedValueOfAModelOfThatNameAndWidth() throws IOException {
        model("org_opt-350m", "opt", "model.decoder.embed_tokens.weight", 512);
        assertThat(inspect(folder.resolve("models/org_opt-350m").toString()).out())
                .containsPattern("org_opt-350m: mean_square 0\\.08657 published, 0\\.00\\d+ here \\(-9\\d");
    }

    @Test
    void theVerdictStandsAtTheEndAndInJson() {
        String one =
                unbroken(inspect(folder.resolve("models/alpha-8").toString()).out());
        assertThat(one)
                .contains("Verdict on alpha-8, unembedding", "Strong superposition: ", "assumed, not measured")
                .contains("Not said by any of this");
        assertThat(models()).containsPattern("superposition +x_random +x_least +common +doubled");
        JsonNode verdict = inspect(folder.resolve("models").toString(), "--json", "--group-by", "type")
                .json()
                .get(0)
                .get("verdict");
        assertThat(verdict.get("headline").asString()).startsWith("strong, ");
        assertThat(verdict.get("statements").size()).isEqualTo(7);
        JsonNode doubled = verdict.get("statements").get(5);
        assertThat(doubled.get("topic").asString()).isEqualTo("doubled_width");
        assertThat(doubled.get("numbers").get("factor_low").asDouble())
                .isLessThan(doubled.get("numbers").get("factor").asDouble());
    }

    @Test
    void frequenciesWeighOverlapsAndTellInterferenceByRank() throws IOException {
        Path counts = folder.resolve("counts.txt");
        Files.writeString(
                counts,
                IntStream.rangeClosed(1, 200)
                        .mapToObj(rank -> 1_000_000 / rank + "\n")
                        .collect(Collectors.joining()));
        String model = folder.resolve("models/beta-16").toString();
        assertThat(unbroken(inspect(model, "--frequencies", counts.toString()).out()))
                .contains("about_rank", "Two different tokens met in use", "about rank 100");
        JsonNode found = inspect(model, "--frequencies", counts.toString(), "--json")
                .json()
                .get(0);
        assertThat(found.get("weighted").get("mean_square").asDouble()).isBetween(0.03, 0.12);
        assertThat(found.get("interference_by_rank").size()).isEqualTo(3);
        assertThat(found.get("measured_earlier").asBoolean()).isTrue();
        // Other frequencies are another measurement.
        Files.writeString(counts, "1\n".repeat(200));
        JsonNode equal = inspect(model, "--frequencies", counts.toString(), "--json")
                .json()
                .get(0);
        assertThat(equal.get("measured_earlier").asBoolean()).isFalse();
        assertThat(equal.get("weighted").get("ratio").asDouble()).isCloseTo(1, within(1e-9));
    }

    @Test
    void aDamagedModelIsToldOfAtTheEndAndStopsNoOther() throws IOException {
        Path bad = folder.resolve("models/alpha-16/model.safetensors");
        Files.write(bad, new byte[] {1, 2, 3});
        CommandRun run = inspect(folder.resolve("models").toString());
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).hasLineCount(1).contains("alpha-16");
        assertThat(run.out())
                .contains("alpha-32", "beta-32")
                .contains("Missing: 1 of the models could not be read or measured whole:");
        CommandRun json = inspect(folder.resolve("models").toString(), "--json");
        assertThat(json.code()).isEqualTo(2);
        assertThat(json.json().size()).isEqualTo(5);
    }
}
