package dev.superpose.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.superpose.result.InputException;
import dev.superpose.toy.Correlation;
import dev.superpose.toy.Correlation.Groups;
import dev.superpose.toy.Importance;
import dev.superpose.toy.ToyTask.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskWordsTest {
    @TempDir
    Path folder;

    @Test
    void shortWordsMeanWhatTheKeysOfAStudyFileMean() throws IOException {
        assertThat(TaskWords.importance("-i", "equal")).isEqualTo(Importance.EQUAL);
        assertThat(TaskWords.importance("-i", "1")).isEqualTo(Importance.EQUAL);
        assertThat(TaskWords.importance("-i", "0.9")).isEqualTo(new Importance.Geometric(0.9));
        assertThat(TaskWords.output("-o", "relu")).isEqualTo(Output.RELU);
        assertThat(TaskWords.output("-o", "linear")).isEqualTo(Output.LINEAR);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            together:0.5               | {strength: 0.5}
            together:0.5:10            | {strength: 0.5, group_size: 10}
            together:0.5:10:strided    | {strength: 0.5, group_size: 10, groups: strided}
            together:1:3:neighbours    | {strength: 1, group_size: 3, groups: neighbours}
            together:0:3               | independent
            exclusive                  | {exclusive: true}
            exclusive:4                | {exclusive: true, group_size: 4}
            exclusive:4:strided        | {exclusive: true, group_size: 4, groups: strided}
            independent                | independent
            """)
    void correlationsAreThoseOfTheStudyFile(String words, String yaml) throws IOException {
        assertThat(TaskWords.correlation("-c", words))
                .isEqualTo(new TaskKeys("grid.yaml").correlation(YamlTree.parse("grid.yaml", yaml)));
    }

    @Test
    void groupsAreAsSaid() throws IOException {
        assertThat(TaskWords.correlation("-c", "together:0.5:10:strided"))
                .isEqualTo(new Correlation.Together(0.5, 10, Groups.STRIDED));
        assertThat(TaskWords.correlation("-c", "exclusive")).isEqualTo(new Correlation.Exclusive(2, Groups.NEIGHBOURS));
    }

    @Test
    void importancesStandInAFileAsFrequenciesDo() throws IOException {
        Path file = Files.writeString(folder.resolve("importances.csv"), "feature,importance\na,1\nb,0\nc,0.25\n");
        assertThat(TaskWords.importance("-i", "given:" + file))
                .isEqualTo(new Importance.Given(List.of(1.0, 0.0, 0.25)));
        assertThat(TaskWords.importanceFile("given:" + file)).contains(file);
        assertThat(TaskWords.importanceFile("0.9")).isEmpty();
        Files.writeString(file, "1\n-1\n");
        assertThatThrownBy(() -> TaskWords.importance("-i", "given:" + file))
                .hasMessage(file + ": line 2: expected an importance of at least 0 in the last column, found -1");
        Files.writeString(file, "0\n");
        assertThatThrownBy(() -> TaskWords.importance("-i", "given:" + file))
                .hasMessageEndingWith("expected a number above 0 among the importances, found none");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            importance  | geometric                 | expected ratio to be a number above 0, found geometric
            importance  | 0                         | expected ratio to be a number above 0, found 0
            importance  | NaN                       | expected ratio to be a number above 0, found NaN
            importance  | ''                        | expected ratio to be a number above 0, found nothing
            output      | tanh                      | expected output to be relu or linear, found tanh
            correlation | some                      | expected independent, together:STRENGTH[:SIZE[:GROUPS]] or
            correlation | ''                        | expected independent, together:STRENGTH[:SIZE[:GROUPS]] or
            correlation | independent:2             | found independent:2
            correlation | together                  | found together
            correlation | together:0.5:2:strided:1  | found together:0.5:2:strided:1
            correlation | exclusive:2:strided:1     | found exclusive:2:strided:1
            correlation | together:2                | expected strength to be a number from 0 to 1, found 2
            correlation | together:                 | expected strength to be a number from 0 to 1, found nothing
            correlation | together:0.5:1            | expected group_size to be a whole number of at least 2, found 1
            correlation | exclusive:x               | expected group_size to be a whole number of at least 2, found x
            correlation | exclusive:2:random        | expected groups to be neighbours or strided, found random
            """)
    void whatIsWrongIsToldWithTheOptionWhatWasExpectedAndWhatWasFound(String key, String words, String finding) {
        assertThatThrownBy(() -> {
                    switch (key) {
                        case "importance" -> TaskWords.importance("--task", words);
                        case "output" -> TaskWords.output("--task", words);
                        default -> TaskWords.correlation("--task", words);
                    }
                })
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("--task: expected ")
                .hasMessageContaining(finding);
    }
}
