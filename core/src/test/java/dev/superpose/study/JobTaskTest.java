package dev.superpose.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.superpose.result.InputException;
import dev.superpose.result.Json;
import dev.superpose.toy.Correlation;
import dev.superpose.toy.Correlation.Groups;
import dev.superpose.toy.FeatureFrequencies;
import dev.superpose.toy.Importance;
import dev.superpose.toy.ToyConfig;
import dev.superpose.toy.ToyTask;
import dev.superpose.toy.ToyTask.Output;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Tasks in names, records and study files: plain trainings keep name and record, others get
/// their own.
class JobTaskTest {
    private static ToyConfig config(ToyTask task) {
        return new ToyConfig(
                4, 2, new FeatureFrequencies.Power(1), 1, -1, ToyConfig.Optimiser.small(10, 1), 2, 1, task);
    }

    static List<ToyTask> tasks() {
        return List.of(
                ToyTask.PLAIN,
                task(new Importance.Geometric(0.7), Output.RELU, Correlation.INDEPENDENT),
                task(new Importance.Given(List.of(1.0, 0.5, 0.5, 0.0)), Output.RELU, Correlation.INDEPENDENT),
                task(Importance.EQUAL, Output.LINEAR, Correlation.INDEPENDENT),
                task(Importance.EQUAL, Output.RELU, new Correlation.Together(0.5, 2, Groups.NEIGHBOURS)),
                task(Importance.EQUAL, Output.RELU, new Correlation.Together(0.25, 2, Groups.NEIGHBOURS)),
                task(Importance.EQUAL, Output.RELU, new Correlation.Together(0.5, 3, Groups.NEIGHBOURS)),
                task(Importance.EQUAL, Output.RELU, new Correlation.Together(0.5, 2, Groups.STRIDED)),
                task(new Importance.Geometric(0.5), Output.LINEAR, new Correlation.Exclusive(2, Groups.STRIDED)));
    }

    private static ToyTask task(Importance importance, Output output, Correlation correlation) {
        return new ToyTask(importance, output, correlation);
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void everyTaskSurvivesItsDocument(ToyTask task) {
        var document = ConfigDocument.of(config(task));
        String json = Json.write(document);
        assertThat(json.contains("importance") || json.contains("output") || json.contains("correlation"))
                .isEqualTo(!task.equals(ToyTask.PLAIN));
        assertThat(Json.read(json, ConfigDocument.class).config()).isEqualTo(config(task));
    }

    @Test
    void everyTaskHasItsOwnName() {
        assertThat(tasks().stream().map(task -> Job.of(config(task)).id()))
                .doesNotHaveDuplicates()
                .hasSize(tasks().size());
    }

    /// Ids of docs/results/published-alpha1.csv and of the record below, made before
    /// there were tasks.
    @Test
    void plainTrainingsKeepTheirNames() {
        assertThat(Job.of(published(1, -1, 10, 1)).id()).isEqualTo("4141984f637a1cd0");
        assertThat(Job.of(published(1, -1, 10, 2)).id()).isEqualTo("98ec90f5a2b9382b");
        assertThat(Job.of(published(0.25, -5 / 9.0, 100, 1)).id()).isEqualTo("0bfed34541191873");
    }

    private static ToyConfig published(double alpha, double decay, int width, long seed) {
        var optimiser = ToyConfig.Optimiser.small(20_000, 2000);
        return new ToyConfig(1000, width, new FeatureFrequencies.Power(alpha), 1, decay, optimiser, 100, seed);
    }

    @Test
    void aRecordFromBeforeThereWereTasksIsReadAndWrittenAsItWas() throws IOException {
        String name = "record-of-0.1.0.json";
        try (InputStream in = Objects.requireNonNull(JobTaskTest.class.getResourceAsStream(name))) {
            String json = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            var result = JobResult.fromJson(json);
            assertThat(result.config().task()).isEqualTo(ToyTask.PLAIN);
            assertThat(result.toJson()).isEqualTo(json);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"outptu\" : \"linear\"",
                "\"output\" : \"tanh\"",
                "\"importance\" : 3",
                "\"importance\" : {\"law\" : \"geometric\"}",
                "\"importance\" : {\"law\" : \"given\", \"ratio\" : 0.5}",
                "\"correlation\" : {\"law\" : \"together\", \"strength\" : 0.5}",
                "\"correlation\" : {\"law\" : \"together\", \"group_size\" : 2, \"groups\" : \"strided\"}"
            })
    void aRecordWithAnImpossibleTaskIsRefused(String more) {
        String plain = Json.write(ConfigDocument.of(config(ToyTask.PLAIN)));
        String json = plain.replace("\"seed\" : 1", "\"seed\" : 1, " + more);
        assertThat(json).isNotEqualTo(plain);
        assertThatThrownBy(() -> Json.read(json, ConfigDocument.class).config()).isInstanceOf(RuntimeException.class);
    }

    @Test
    void studyFilesSayTasksInTheirOwnWords() throws InputException {
        var keys = new TaskKeys("grid.yaml");
        assertThat(keys.importance(tree("equal"))).isEqualTo(Importance.EQUAL);
        assertThat(keys.importance(tree("{ratio: 0.7}"))).isEqualTo(new Importance.Geometric(0.7));
        assertThat(keys.importance(tree("{weights: [1, 1, 0.1]}")))
                .isEqualTo(new Importance.Given(List.of(1.0, 1.0, 0.1)));
        assertThat(keys.output(tree("linear"))).isEqualTo(Output.LINEAR);
        assertThat(keys.correlation(tree("independent"))).isEqualTo(Correlation.INDEPENDENT);
        assertThat(keys.correlation(tree("{strength: 0}"))).isEqualTo(Correlation.INDEPENDENT);
        assertThat(keys.correlation(tree("{strength: 0.5, group_size: 10, groups: strided}")))
                .isEqualTo(new Correlation.Together(0.5, 10, Groups.STRIDED));
        assertThat(keys.correlation(tree("{exclusive: true}")))
                .isEqualTo(new Correlation.Exclusive(2, Groups.NEIGHBOURS));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            importance  | even                               | expected importance to be equal
            importance  | {ratio: 0}                         | above 0, found 0
            importance  | {ratio: 1, weights: [1]}           | either 'ratio' or 'weights'
            importance  | {weights: 3}                       | weights to be a list of numbers
            importance  | {weights: [0, 0]}                  | an importance above 0
            importance  | {weights: [1, -1]}                 | at least 0, found -1
            importance  | {rato: 1}                          | did you mean 'ratio'
            output      | tanh                               | relu or linear, found tanh
            correlation | some                               | expected correlation to be independent
            correlation | {group_size: 3}                    | either 'strength' or 'exclusive: true'
            correlation | {strength: 2}                      | 0 to 1, found 2
            correlation | {strength: 0.5, group_size: 1}     | at least 2, found 1
            correlation | {strength: 0.5, groups: random}    | neighbours or strided, found random
            correlation | {exclusive: maybe}                 | true or false, found maybe
            """)
    void impossibleTasksInStudyFilesAreOneLineThatNamesThePlace(String key, String yaml, String finding) {
        var keys = new TaskKeys("grid.yaml");
        assertThatThrownBy(() -> {
                    switch (key) {
                        case "importance" -> keys.importance(tree(yaml));
                        case "output" -> keys.output(tree(yaml));
                        default -> keys.correlation(tree(yaml));
                    }
                })
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("grid.yaml: line 1")
                .hasMessageContaining(finding);
    }

    private static YamlTree tree(String yaml) throws InputException {
        return YamlTree.parse("grid.yaml", yaml);
    }
}
