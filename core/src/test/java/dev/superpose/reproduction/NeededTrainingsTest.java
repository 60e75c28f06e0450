package dev.superpose.reproduction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.superpose.published.PublishedToy;
import dev.superpose.published.ToySetting;
import dev.superpose.reproduction.Planted.Numbers;
import dev.superpose.result.InputException;
import dev.superpose.study.JobResult;
import dev.superpose.study.Scale;
import dev.superpose.study.StudyFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NeededTrainingsTest {
    private static final Path HOME = Path.of("..");
    private static final ToySetting SETTING = ToySetting.small(1, 1, PublishedToy.STRONG_DECAY, 10);

    @TempDir
    Path temporary;

    @Test
    void severalFiguresShareTheirTrainings() throws InputException {
        var exponents = NeededTrainings.study(Set.of(PaperFigure.FIG5), Scale.SHORT, HOME);
        var both = NeededTrainings.study(Set.of(PaperFigure.FIG5, PaperFigure.FIG9), Scale.SHORT, HOME);
        assertThat(exponents.orElseThrow().jobs()).hasSize(270);
        assertThat(both.orElseThrow().jobs())
                .hasSizeGreaterThan(270)
                .containsAll(exponents.orElseThrow().jobs());
        assertThat(NeededTrainings.study(Set.of(PaperFigure.FIG8), Scale.SHORT, HOME))
                .isEmpty();
    }

    @Test
    void trainingsOfAnySeedCountForTheFiguresThatAskForTheirSetting() throws IOException {
        var folder = StudyFolder.open(temporary);
        var fifthSeed = kept(folder, Planted.asPublished(SETTING, 5, Numbers.of(0.7)));
        kept(folder, Planted.asPublished(ToySetting.small(1.03, 1, PublishedToy.STRONG_DECAY, 10), 1, Numbers.of(0.7)));
        var found = NeededTrainings.found(
                List.of(PaperFigure.FIG5, PaperFigure.FIG14, PaperFigure.FIG18), folder, HOME, _ -> {});
        assertThat(found)
                .isEqualTo(Map.of(
                        PaperFigure.FIG5, List.of(fifthSeed),
                        PaperFigure.FIG14, List.of(fifthSeed),
                        PaperFigure.FIG18, List.of()));
    }

    @Test
    void damagedRecordsAreToldOnceAndOtherFilesPassedOver() throws IOException {
        var folder = StudyFolder.open(temporary);
        var sound = kept(folder, Planted.asPublished(SETTING, 1, Numbers.of(0.7)));
        var noWeights = kept(folder, Planted.asPublished(SETTING, 2, Numbers.of(0.7)));
        Files.delete(folder.weights(noWeights.job()));
        String cut = sound.toJson().substring(0, 300);
        Files.writeString(folder.jobs().resolve("00000000000000aa.json"), cut);
        Files.createFile(folder.jobs().resolve("00000000000000aa.safetensors"));
        // Renamed: it does not record what its name says.
        Files.writeString(folder.jobs().resolve("00000000000000bb.json"), sound.toJson());
        Files.createFile(folder.jobs().resolve("00000000000000bb.safetensors"));
        Files.writeString(folder.jobs().resolve("00000000000000cc.failed.json"), "{}");
        Files.writeString(folder.jobs().resolve("notes.json"), "mine");
        var told = new ArrayList<String>();

        var found = NeededTrainings.found(List.of(PaperFigure.FIG5, PaperFigure.FIG9), folder, HOME, told::add);

        assertThat(found.get(PaperFigure.FIG5)).containsExactly(sound);
        assertThat(told)
                .hasSize(3)
                .anySatisfy(line -> assertThat(line).contains("00000000000000aa.json: not a sound record"))
                .anySatisfy(line -> assertThat(line).contains("00000000000000bb.json", "it records "))
                .anySatisfy(line -> assertThat(line).contains(noWeights.job().id(), "the weights are missing"));
    }

    private static JobResult kept(StudyFolder folder, JobResult result) throws IOException {
        Files.createFile(folder.weights(result.job()));
        Files.writeString(folder.record(result.job()), result.toJson());
        return result;
    }
}
