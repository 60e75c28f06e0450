package dev.superpose.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.superpose.result.InputException;
import dev.superpose.toy.FeatureFrequencies;
import dev.superpose.toy.ToyConfig;
import dev.superpose.toy.ToyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StudyFolderTest {
    private static final Job JOB =
            Job.of(new ToyConfig(2, 1, new FeatureFrequencies.Power(0), 1, 0, ToyConfig.Optimiser.small(10, 1), 2, 1));

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"id\": \"1", "{\"id\": 1}", "[", "{}", "7", "{\"id\": [], \"config\": {}}"})
    void aDamagedRecordIsToldInPlainWordsAndCountsAsMissing(String text) throws IOException {
        var study = StudyFolder.open(folder);
        Files.writeString(study.record(JOB), text);
        StudyFolder.write(study.weights(JOB), ToyModel.of(2, 1, new float[2], new float[2]));
        var told = new ArrayList<String>();
        assertThat(study.find(JOB, told::add)).isEmpty();
        assertThat(told)
                .singleElement()
                .asString()
                .startsWith(study.record(JOB) + ": not a sound record (")
                .endsWith("it counts as missing, and the next run trains it again")
                .doesNotContain("jackson", "dev.superpose", "Deserialization", "Creator");
    }

    /// Nothing, and a header longer than the file: their readers give different advice.
    @ParameterizedTest
    @ValueSource(strings = {"", "@\0\0\0\0\0\0\0{}"})
    void damagedWeightsAreToldWithWhatToDo(String content) throws IOException {
        var study = StudyFolder.open(folder);
        Files.writeString(study.weights(JOB), content);
        assertThatThrownBy(() -> study.model(JOB))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(study.weights(JOB) + ": ")
                .hasMessageEndingWith("delete that file, and the next run trains it again")
                .hasMessageNotContaining("fetch");
    }

    @Test
    void whatCannotBeAFolderIsNamedBeforeAnythingIsMade() throws IOException {
        Path root = folder.resolve("root");
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> StudyFolder.open(root, file))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        file
                                + ": expected a folder for the records of trainings, found a file (choose another with --records)");
        assertThatThrownBy(() -> StudyFolder.open(file.resolve("below"), root))
                .isInstanceOf(InputException.class)
                .hasMessage("%s: expected a folder for the results, found a file: %s (choose another with --out)"
                        .formatted(file.resolve("below"), file));
        assertThatThrownBy(() -> StudyFolder.reading(root, folder.resolve("missing")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no such folder");
        assertThat(folder).isDirectoryNotContaining("glob:**/{root,missing}");
    }

    @Test
    void recordsThatAreOnlyReadAreNotTouched() throws IOException {
        Path records = Files.createDirectory(folder.resolve("records"));
        Path old = Files.writeString(records.resolve("x.tmp"), "");
        Files.setLastModifiedTime(old, FileTime.fromMillis(0));
        var study = StudyFolder.reading(folder.resolve("root"), records);
        assertThat(study.results(_ -> {})).isEmpty();
        assertThat(old).exists();
        StudyFolder.open(folder.resolve("root"), records);
        assertThat(old).doesNotExist();
    }
}
