package dev.superpose.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.superpose.result.InputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BuiltInStudiesTest {
    private static final Path HOME = Path.of("/home/of/superpose");

    @TempDir
    Path temporary;

    private static Study study(String name, Scale scale) throws InputException {
        return BuiltInStudies.study(name, Optional.of(scale), HOME);
    }

    static Stream<String> scaled() {
        return BuiltInStudies.names().stream().filter(name -> !name.equals("quick"));
    }

    @ParameterizedTest
    @MethodSource("scaled")
    void everyStudyHasThreeScalesThatGrow(String name) throws InputException {
        assertThat(BuiltInStudies.scales(name)).containsExactly(Scale.values());
        assertThat(BuiltInStudies.study(name, Optional.empty(), HOME)).isEqualTo(study(name, Scale.SHORT));
        var seconds = new ArrayList<Double>();
        for (Scale scale : Scale.values()) {
            var study = study(name, scale);
            assertThat(study.name()).isEqualTo(name);
            assertThat(study.description()).isNotBlank();
            assertThat(study.labels().values()).doesNotHaveDuplicates();
            seconds.add(study.jobs().stream().mapToDouble(Job::estimatedSeconds).sum());
        }
        assertThat(seconds.getFirst()).isLessThan(5);
        assertThat(seconds).isSorted();
    }

    /// Trains all of it: every key of every file reaches a training that succeeds.
    @ParameterizedTest
    @MethodSource("scaled")
    void smokeRunsAndDrawsALawThroughEveryCondition(String name) throws Exception {
        var study = study(name, Scale.SMOKE);
        var folder = StudyFolder.open(temporary);
        var outcome = new LocalRunner(folder, LocalRunner.Options.standard(), new RunListener() {}).run(study);
        assertThat(outcome.failed()).isEmpty();
        assertThat(outcome.finished()).isEqualTo(study.jobs().size());
        var results = StudyResults.load(study, folder, note -> assertThat(note).isNull());
        assertThat(results.series())
                .hasSameSizeAs(study.conditions())
                .allSatisfy(
                        series -> assertThat(Conclusions.of(series).sentences()).isNotEmpty());
    }

    @Test
    void theQuickStudyHasBothRegimes() throws InputException {
        Study quick = BuiltInStudies.study("quick", Optional.empty(), HOME);
        assertThat(quick.scale()).isEmpty();
        assertThat(quick.widths()).hasSizeGreaterThanOrEqualTo(5);
        assertThat(quick.seeds()).hasSizeGreaterThanOrEqualTo(2);
        assertThat(quick.decays()).anyMatch(decay -> decay < 0).anyMatch(decay -> decay > 0);
        assertThat(quick.samples()).allMatch(path -> path.startsWith("/home/of/superpose/samples"));
    }

    @Test
    void thePublishedGridIsThatOfThePaper() throws InputException {
        Study full = study("exponents", Scale.FULL);
        assertThat(full.jobs()).hasSize(17 * 10 * 6);
        assertThat(full.widths()).containsExactly(10, 15, 25, 39, 63, 100);
        // Gamma -5/9, alpha 1, width 63: a training whose record is kept.
        assertThat(full.jobs()).extracting(Job::id).contains("bf5d1c768458f06f");
        assertThat(study("large", Scale.FULL).widths()).containsExactly(8, 16, 32, 64, 128, 256, 512, 1024);
        assertThat(study("density", Scale.FULL).densities())
                .hasSize(9)
                .satisfies(densities -> assertThat(densities.get(4)).isEqualTo(4.2427354302751725));
    }

    @Test
    void whatSmallerScalesAndOtherStudiesShareIsTrainedOnce() throws InputException {
        var full = study("exponents", Scale.FULL).jobs();
        assertThat(full).containsAll(study("exponents", Scale.SHORT).jobs());
        assertThat(full).containsAll(study("decay", Scale.SHORT).jobs());
        assertThat(full)
                .containsExactlyInAnyOrderElementsOf(study("decay", Scale.FULL).jobs());
    }

    @Test
    void anUnknownNameIsToldWithTheNearest() {
        assertThatThrownBy(() -> BuiltInStudies.study("exponent", Optional.empty(), HOME))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("did you mean 'exponents'?");
        assertThatThrownBy(() -> BuiltInStudies.yaml("../secret")).isInstanceOf(InputException.class);
        assertThat(List.of(Scale.values())).extracting(Scale::word).containsExactly("smoke", "short", "full");
    }
}
