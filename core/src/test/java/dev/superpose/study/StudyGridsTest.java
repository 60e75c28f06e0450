package dev.superpose.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.superpose.result.InputException;
import dev.superpose.toy.Correlation;
import dev.superpose.toy.FeatureFrequencies;
import dev.superpose.toy.Importance;
import dev.superpose.toy.ToyTask;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StudyGridsTest {
    private static Study parse(String yaml) throws InputException {
        return StudyFile.parse("grid.yaml", yaml, Path.of(""));
    }

    private static Study parse(String yaml, Scale scale) throws InputException {
        return StudyFile.parse("grid.yaml", yaml, Path.of(""), Optional.of(scale));
    }

    @Test
    void aStudyIsTheUnionOfItsGrids() throws InputException {
        Study study = parse("""
                widths: [10, 20]
                batch: 64
                grids:
                  - {name: strong, decay: [-1, -0.5]}
                  - {name: weak, decay: [-0.5, 1], seeds: 2, widths: [20, 30]}
                """);
        assertThat(study.grids()).extracting(Grid::name).containsExactly("strong", "weak");
        assertThat(study.grids())
                .allSatisfy(grid -> assertThat(grid.recipe().batch()).isEqualTo(64));
        assertThat(study.conditions()).extracting(Study.Condition::decay).containsExactly(-1.0, -0.5, 1.0);
        // Decay -0.5 at width 20 with seed 1 is in both grids, and is one training.
        assertThat(study.jobs()).hasSize(4 + 8 - 1).doesNotHaveDuplicates();
        assertThat(study.trainings().get(study.conditions().get(1)))
                .extracting(job -> job.config().width() + "/" + job.config().seed())
                .containsExactly("10/1", "20/1", "20/2", "30/1", "30/2");
    }

    @Test
    void aStudyOfOneGridIsThatOfItsKeys() throws InputException {
        String keys = "widths: [10, 20]\nalpha: [0, 1]\nseeds: 2\n";
        assertThat(parse(keys + "grids: [{decay: -1}]").jobs())
                .isEqualTo(parse(keys).jobs());
    }

    @Test
    void conditionsAreCalledByWhatTellsThemApart() throws InputException {
        var study = parse("""
                widths: [10]
                features: [100, 200]
                grids: [{steps: 100}, {steps: 200, decay: -0.7777777777777778}]
                """);
        assertThat(study.labels().values())
                .containsExactly(
                        "power(1.0), decay -1.0, features 100, steps 100, warmup 10",
                        "power(1.0), decay -1.0, features 200, steps 100, warmup 10",
                        "power(1.0), decay -0.7778, features 100, steps 200, warmup 20",
                        "power(1.0), decay -0.7778, features 200, steps 200, warmup 20");
        assertThat(parse("widths: [10]\nfeatures: 30").labels().values()).containsExactly("power(1.0), decay -1.0");
    }

    @Test
    void rangesAreTheNumbersThatTheyMeanToTheLastBit() throws InputException {
        var study = parse("""
                widths: [10]
                decay: {from: -1, to: 1, count: 10}
                alpha: {from: 0, to: 2, count: 17}
                density: {from: 0.1, to: 0.7, count: 7}
                """);
        assertThat(study.decays())
                .containsExactly(
                        -1.0,
                        -0.7777777777777778,
                        -0.5555555555555556,
                        -0.3333333333333333,
                        -0.1111111111111111,
                        0.1111111111111111,
                        0.3333333333333333,
                        0.5555555555555556,
                        0.7777777777777778,
                        1.0);
        assertThat(study.densities()).containsExactly(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7);
        assertThat(study.frequencies()).hasSize(17);
        for (int k = 0; k <= 16; k++) {
            assertThat(study.frequencies().get(k)).isEqualTo(new FeatureFrequencies.Power(k / 8.0));
        }
    }

    @Test
    void widthsMayGoWithTheNumberOfFeatures() throws InputException {
        var study = parse("features: [10, 100]\nwidth_ratios: [0.01, 0.05, 0.5, 2]");
        assertThat(study.grids().getFirst().widths().of(10)).containsExactly(1, 5, 20);
        assertThat(study.grids().getFirst().widths().of(100)).containsExactly(1, 5, 50, 200);
        assertThat(study.jobs()).hasSize(7);
        assertThat(parse("features: 64\nwidth_ratios: {from: 0.125, to: 2, count: 5}")
                        .widths())
                .containsExactly(8, 16, 32, 64, 128);
    }

    @Test
    void ratesMayGoWithTheWidthAndStayOneCondition() throws InputException {
        var study = parse("""
                widths: [8, 128]
                learning_rate: {at_width: 8, rate: 0.02, exponent: -0.25}
                bias_learning_rate: {at_width: 1, rate: 2, exponent: -1}
                """);
        assertThat(study.conditions()).hasSize(1);
        assertThat(study.jobs())
                .extracting(job -> job.config().optimiser().learningRate())
                .containsExactly(0.02, 0.01);
        assertThat(study.jobs())
                .extracting(job -> job.config().optimiser().biasLearningRate())
                .containsExactly(0.25, 1 / 64.0);
        assertThat(new RateRule(0.3, 8, 0)).isEqualTo(RateRule.constant(0.3));
    }

    @Test
    void tasksAreCombinedAndIndependenceCountsOnce() throws InputException {
        var study = parse("""
                widths: [10]
                importance: [equal, {ratio: 0.9}]
                output: [relu, linear]
                correlation: {strength: [0, 0.5], group_size: 4, groups: [neighbours, strided]}
                """);
        assertThat(study.tasks()).hasSize(2 * 2 * 3);
        assertThat(study.tasks().getFirst()).isEqualTo(ToyTask.PLAIN);
        assertThat(study.tasks().getLast())
                .isEqualTo(new ToyTask(
                        new Importance.Geometric(0.9),
                        ToyTask.Output.LINEAR,
                        new Correlation.Together(0.5, 4, Correlation.Groups.STRIDED)));
        assertThat(study.labels().values()).contains("power(1.0), decay -1.0, together(0.5, 4, neighbours)");
        assertThat(study.jobs().getFirst())
                .isEqualTo(parse("widths: [10]").jobs().getFirst());
        assertThat(parse("widths: [2]\nfeatures: 6\ncorrelation: [independent, {exclusive: true}]\ndensity: 0.5")
                        .tasks())
                .hasSize(2);
    }

    @Test
    void aScaleOverridesKeysAndGrids() throws InputException {
        String yaml = """
                widths: [10, 20, 40]
                frequencies: [{law: linear}]
                grids: [{decay: -1}, {decay: 1}]
                scales:
                  smoke: {width_ratios: [0.01], steps: 10, grids: [{decay: 0}]}
                  short: {steps: 100, alpha: 2}
                  full: {}
                """;
        Study smoke = parse(yaml, Scale.SMOKE);
        assertThat(smoke.scale()).contains(Scale.SMOKE);
        assertThat(smoke.jobs())
                .singleElement()
                .satisfies(job -> assertThat(job.config().decay()).isZero());
        Study full = parse(yaml, Scale.FULL);
        assertThat(full.jobs()).hasSize(6);
        assertThat(full.frequencies()).containsExactly(new FeatureFrequencies.Linear());
        // Without a word, short is meant.
        assertThat(parse(yaml)).isEqualTo(parse(yaml, Scale.SHORT));
        assertThat(parse(yaml).frequencies()).containsExactly(new FeatureFrequencies.Power(2));
        assertThat(StudyFile.scales("grid.yaml", yaml)).containsExactly(Scale.values());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            widths: [10]                                              |        | the scale 'smoke', found no scales
            widths: [10]\\nscales: {full: {}}                         | line 2 | the scale 'smoke', found only full
            widths: [10]\\nscales: {smok: {}}                         | line 2 | did you mean 'smoke'
            widths: [10]\\nscales: {smoke: {stepz: 1}}                | line 2 | did you mean 'steps'
            widths: [10]\\nscales: {smoke: {name: x}}                 | line 2 | found 'name'
            widths: [10]\\nscales: {smoke:}                           | line 2 | found nothing
            widths: [10]\\nscales: [smoke]                            | line 2 | a list of 1
            """)
    void aScaleThatIsNotThereIsTold(String yaml, String place, String finding) {
        assertThatThrownBy(() -> parse(yaml.replace("\\n", "\n"), Scale.SMOKE))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(finding)
                .hasMessageContaining(place == null ? "" : place);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            widths: [10]\\ngrids: []                                  | line 2 | found an empty list
            widths: [10]\\ngrids: {decay: 1}                          | line 2 | a mapping with decay
            widths: [10]\\ngrids: [1]                                 | line 2 | found 1
            widths: [10]\\ngrids:\\n- decay: 1\\n- deca: 1            | line 4 | did you mean 'decay'
            widths: [10]\\ngrids:\\n- decay: 1\\n- widths: [0]        | line 4 | at least 1, found 0
            widths: [10]\\ngrids:\\n- grids: []                       | line 3 | found 'grids'
            widths: [10]\\nwidth_ratios: [1]                          | line 2 | found both
            width_ratios: [0]                                         | line 1 | above 0, found 0
            width_ratios: [1e9]                                       | line 1 | above 0, found 1e9
            widths: [10]\\nfeatures: [100, 100]                       | line 2 | 100 twice
            widths: [10]\\nfeatures: 2000000000                       | line 2 | at most 10,000,000 features
            widths: [10]\\nfeatures: [100, 5]\\ndensity: 3            | line 3 | density 3.0 is too high
            widths: [10]\\ndecay: {from: 1, to: 1, count: 2}          | line 2 | 1.0 twice
            widths: [10]\\ndecay: {from: 1, to: 2}                    | line 2 | the key 'count'
            widths: [10]\\ndecay: {from: 1, to: 2, count: 99999}      | line 2 | at most 1,000, found 99999
            widths: [10]\\nalpha: {from: -1, to: 2, count: 3}         | line 2 | possible alpha, found -1
            widths: [10]\\nlearning_rate: {rate: 1, at_width: 8}      | line 2 | the key 'exponent'
            widths: [10]\\nlearning_rate: {rate: 0, at_width: 8, exponent: 1}  | line 2 | above 0, found 0
            widths: [10]\\nlearning_rate: {rate: 1, at_width: 8, exponent: 1e9} | line 1 | learning rate
            widths: [10, 99]\\nlearning_rate: {rate: 0.1, at_width: 1, exponent: 1} | line 1 | must stay below 1
            widths: [10]\\ncorrelation: {strength: []}                | line 2 | strength to hold
            widths: [10]\\ncorrelation: {strength: [0.5, 2]}          | line 2 | 0 to 1, found 2
            widths: [1]\\nfeatures: 4\\ndensity: 3.9\\nalpha: 0\\ncorrelation: {exclusive: true} | line 5 | at most 1
            widths: [1, 2]\\nfeatures: [10, 20, 30]\\nseeds: 300000   | line 3 | 1,800,000 trainings
            """)
    void anImpossibleUnionIsOneLineThatNamesThePlace(String yaml, String place, String finding) {
        assertThatThrownBy(() -> parse(yaml.replace("\\n", "\n")))
                .isInstanceOf(InputException.class)
                .message()
                .startsWith("grid.yaml")
                .contains(place, finding)
                .satisfies(message -> assertThat(message.lines()).hasSize(1));
    }

    @Test
    void theTrainingsOfThePublishedGridKeepTheirNames() throws InputException {
        // Records of these are stored: of gamma -5/9, alpha 1, width 63 under the published settings.
        var study = parse("widths: [63]\nsteps: 20000\nwarmup: 2000\ndecay: {from: -1, to: 1, count: 10}");
        assertThat(study.jobs().get(2).id()).isEqualTo("bf5d1c768458f06f");
        assertThat(List.of(study.jobs().get(2).config().decay())).containsExactly(-5 / 9.0);
    }
}
