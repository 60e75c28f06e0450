package dev.superpose.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.superpose.result.InputException;
import dev.superpose.toy.FeatureFrequencies;
import dev.superpose.toy.ToyConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StudyFileTest {
    @TempDir
    Path folder;

    private static Study parse(String yaml) throws InputException {
        return StudyFile.parse("grid.yaml", yaml, Path.of(""));
    }

    @Test
    void everyKeyIsRead() throws IOException {
        Files.writeString(folder.resolve("counts.csv"), "token,count\nthe,50\nof,30\n\nand,20\n");
        Path file = Files.writeString(folder.resolve("my grid.yaml"), """
                description: a test
                features: 3
                widths: [1, 2]
                frequencies:
                  - {law: power, alpha: 1.5}
                  - {law: exponential, scale: 4e2}
                  - law: linear
                  - {law: given, file: counts.csv}
                density: [0.5, 1]
                decay: [-1, +0.5]
                seeds: [7, -8]
                batch: 64
                steps: 1_000
                warmup: 50
                learning_rate: 2e-2
                bias_learning_rate: 0.03
                schedule: linear
                final_rate: 0
                gradient_scale: 100
                test_batches: 5
                samples: [models/a, /models/b]
                """);
        Study study = StudyFile.read(file);
        assertThat(study.name()).isEqualTo("my-grid");
        assertThat(study.description()).isEqualTo("a test");
        assertThat(study.frequencies())
                .containsExactly(
                        new FeatureFrequencies.Power(1.5),
                        new FeatureFrequencies.Exponential(400),
                        new FeatureFrequencies.Linear(),
                        new FeatureFrequencies.Given(List.of(50.0, 30.0, 20.0)));
        assertThat(study.densities()).containsExactly(0.5, 1.0);
        assertThat(study.decays()).containsExactly(-1.0, 0.5);
        assertThat(study.seeds()).containsExactly(7L, -8L);
        assertThat(study.recipes())
                .containsExactly(new Recipe(
                        64,
                        1000,
                        50,
                        RateRule.constant(0.02),
                        RateRule.constant(0.03),
                        ToyConfig.Schedule.LINEAR,
                        0,
                        100,
                        5));
        assertThat(study.samples()).containsExactly(folder.resolve("models/a"), Path.of("/models/b"));
        assertThat(study.inputs()).containsOnlyKeys(file.toString(), "counts.csv");
        assertThat(study.conditions()).hasSize(16);
        assertThat(study.jobs()).hasSize(64).doesNotHaveDuplicates();
    }

    @Test
    void theRestIsThePapersSmallStudy() throws InputException {
        Study study = parse("widths: {from: 10, to: 100, count: 6}");
        assertThat(study.widths()).containsExactly(10, 15, 25, 39, 63, 100);
        assertThat(study.recipes().getFirst().at(7)).isEqualTo(ToyConfig.Optimiser.small(20_000, 2000));
        assertThat(study.features()).containsExactly(1000);
        assertThat(study.frequencies()).containsExactly(new FeatureFrequencies.Power(1));
        assertThat(study.decays()).containsExactly(-1.0);
        assertThat(study.seeds()).containsExactly(1L);
        assertThat(study.recipes().getFirst().testBatches()).isEqualTo(100);
        assertThat(study.scale()).isEmpty();
    }

    @Test
    void frequenciesCanStandInTheFileItself() throws InputException {
        Study study = parse("widths: [2]\ndensity: 0.22\nfrequencies: [{law: given, weights: [1, 1, 1, 1, 0.4]}]");
        assertThat(study.features()).containsExactly(5);
        assertThat(study.jobs().getFirst().config().probabilities())
                .containsExactly(new double[] {0.05, 0.05, 0.05, 0.05, 0.02}, within(1e-15));
    }

    @Test
    void largeWidthsAreSpacedByOctaves() throws InputException {
        assertThat(parse("widths: {from: 8, to: 1024, count: 8}").widths())
                .containsExactly(8, 16, 32, 64, 128, 256, 512, 1024);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            widths: [0]                                            | line 1 | at least 1, found 0
            widths: [10, x]                                        | line 1 | found x
            widths: []                                             | line 1 | empty list
            widths: [10, 25, 10]                                   | line 1 | 10 twice
            widths: {from: 10, to: 12, count: 9}                   | line 1 | 10 twice
            widths: {from: 12, to: 10, count: 3}                   | line 1 | from < to
            widths: {from: 12, until: 10}                          | line 1 | 'until'
            widths: [3000000]                                      | line 1 | below 2^31
            widht: [10]                                            | line 1 | did you mean 'widths'
            steps: 10                                              |        | 'widths', found none
            widths: [10]\\nalpha: [.nan]                           | line 2 | at least 0, found .nan
            widths: [10]\\nalpha: NaN                              | line 2 | at least 0, found NaN
            widths: [10]\\nalpha: [-1]                             | line 2 | at least 0, found -1
            widths: [10]\\nalpha:\\n- 1\\n- 1.0                    | line 4 | 1.0 twice
            widths: [10]\\nalpha: []                               | line 2 | empty list
            widths: [10]\\nalpha:                                  | line 2 | found nothing
            widths: [10]\\nseeds: 0                                | line 2 | at least 1, found 0
            widths: [10]\\nseeds: 99999999                         | line 2 | at most 1,000,000
            widths: [10]\\nseeds: [1, 1]                           | line 2 | 1 twice
            widths: [10]\\nsteps: 100\\nwarmup: 101                | line 3 | at most steps, 100, found 101
            widths: [10]\\ndensity: 8                              | line 2 | density 8.0 is too high
            widths: [10]\\ndensity: 0                              | line 2 | above 0, found 0
            widths: [10]\\ndecay: [1, 200]                         | line 2 | decay 200.0
            widths: [10]\\ndecay: [0, -0.0]                        | line 2 | twice
            widths: [10]\\ndecay: .inf                             | line 2 | finite
            widths: [10]\\nschedule: cosin                         | line 2 | did you mean 'cosine'
            widths: [10]\\nfrequencies: [{law: pover}]             | line 2 | did you mean 'power'
            widths: [10]\\nfrequencies: [{law: power, scale: 2}]   | line 2 | 'scale'
            widths: [10]\\nfrequencies: [{law: power}]             | line 2 | the key 'alpha'
            widths: [10]\\nfrequencies: [linear]                   | line 2 | found linear
            widths: [10]\\nfrequencies: [{law: given}]             | line 2 | the key 'file'
            widths: [10]\\nfrequencies: [{law: given, file: no}]   | line 2 | no such file
            widths: [1]\\nfrequencies: [{law: given, file: no, weights: [1]}] | line 2 | either 'file' or 'weights'
            widths: [1]\\nfrequencies: [{law: given, weights: [0, 0]}] | line 2 | a frequency above 0
            widths: [1]\\nfrequencies: [{law: given, weights: [1, -1]}] | line 2 | at least 0, found -1
            widths: [1]\\nfrequencies: [{law: given, weights: []}] | line 2 | at least one value
            widths: [1]\\nfrequencies: [{law: given, weights: 1}]  | line 2 | weights to be a list of numbers
            widths: [10]\\nalpha: 1\\nfrequencies: [{law: linear}] | line 3 | found both
            widths: [10]\\nlearning_rate: 0                        | line 2 | above 0, found 0
            widths: [10]\\nfinal_rate: 1.5                         | line 2 | 0 to 1, found 1.5
            widths: [10]\\nname: ../x                              | line 2 | found ../x
            widths: [10]\\nwidths: [11]                            | line 2 | also in line 1
            widths: &a [10]\\nalpha: *a                            | line 2 | alias
            widths: [10\\nalpha: 1                                 | line 2 | YAML
            [1, 2]                                                 | line 1 | keys and values
            widths: [10]\\n---\\nwidths: [11]                      |        | a second one
            """)
    void anImpossibleGridIsOneLineThatNamesThePlace(String yaml, String place, String finding) {
        assertThatThrownBy(() -> parse(yaml.replace("\\n", "\n")))
                .isInstanceOf(InputException.class)
                .message()
                .startsWith("grid.yaml")
                .contains(finding)
                .satisfies(message -> assertThat(message.lines()).hasSize(1))
                .satisfies(message -> assertThat(message).contains(place == null ? "" : place));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "# only a comment\n",
                "\u0000",
                "\t\t- :",
                "a: [[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]"
            })
    void whatIsNoStudyIsRefused(String text) {
        assertThatThrownBy(() -> parse(text)).isInstanceOf(InputException.class);
    }

    @Test
    void filesThatAreNoTextAreRefused() throws IOException {
        assertThatThrownBy(() -> StudyFile.read(folder)).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> StudyFile.read(folder.resolve("none.yaml")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no such file");
        Path binary = Files.write(folder.resolve("binary.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
        assertThatThrownBy(() -> StudyFile.read(binary)).isInstanceOf(InputException.class);
        Path counts = Files.writeString(folder.resolve("counts"), "1\n2\n-3\n");
        assertThatThrownBy(() -> FeatureFile.frequencies(counts)).hasMessageContaining("line 3");
    }

    static List<String> onePerDeterminant() {
        return List.of(
                "widths: [11]",
                "widths: [10]\nfeatures: 999",
                "widths: [10]\nalpha: 1.1",
                "widths: [10]\ndensity: 1.1",
                "widths: [10]\ndecay: -0.9",
                "widths: [10]\nbatch: 2047",
                "widths: [10]\nsteps: 20001\nwarmup: 2000",
                "widths: [10]\nwarmup: 1999",
                "widths: [10]\nlearning_rate: 0.011\nbias_learning_rate: 0.01",
                "widths: [10]\nbias_learning_rate: 0.011",
                "widths: [10]\nschedule: constant",
                "widths: [10]\nfinal_rate: 0.06",
                "widths: [10]\ngradient_scale: 2",
                "widths: [10]\ntest_batches: 99",
                "widths: [10]\nseeds: [2]");
    }

    @ParameterizedTest
    @MethodSource("onePerDeterminant")
    void whateverDeterminesATrainingChangesItsName(String yaml) throws InputException {
        String id = parse("widths: [10]").jobs().getFirst().id();
        assertThat(parse(yaml).jobs().getFirst().id()).matches("[0-9a-f]{16}").isNotEqualTo(id);
    }

    @Test
    void theNameOfATrainingStaysTheSame() throws InputException {
        // If this changes, every stored result is computed again: only on purpose, with Job.ENGINE_VERSION.
        assertThat(parse("widths: [10]").jobs().getFirst().id()).isEqualTo("4141984f637a1cd0");
        var forward = parse("widths: [10, 20]\nalpha: [0, 1]\nseeds: [1, 2]").jobs();
        var backward = parse("widths: [20, 10]\nalpha: [1, 0]\nseeds: [2, 1]\nname: other")
                .jobs();
        assertThat(backward).hasSameElementsAs(forward).isNotEqualTo(forward);
    }
}
