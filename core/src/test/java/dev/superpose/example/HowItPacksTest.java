package dev.superpose.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.superpose.numeric.FloatMatrix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The example of `docs/library.md`: it is this program to the letter, and it runs.
class HowItPacksTest {
    private static final Path SAMPLE = Path.of("../samples/pythia-style/neox-m16");

    @Test
    void theManualShowsTheProgramThatIsTestedHere() throws IOException {
        String manual = Files.readString(Path.of("../docs/library.md"));
        String program = Files.readString(Path.of("src/test/java/dev/superpose/example/HowItPacks.java"));
        assertThat(manual).contains("```java\n" + program + "```\n");
    }

    @Test
    void itReadsAModel() throws IOException {
        List<String> lines = HowItPacks.of(SAMPLE);
        assertThat(lines).hasSize(16);
        assertThat(lines.getFirst())
                .isEqualTo("neox-m16, UNEMBEDDING: 4096 of 4160 rows, width 16, mean squared cosine 0.4205");
        assertThat(lines.get(1)).startsWith("Strong superposition: ");
        assertThat(Files.readString(Path.of("../docs/library.md"))).contains(lines.getFirst());
    }

    @Test
    void itTellsWhatIsNoModel() throws IOException {
        assertThat(HowItPacks.orWhyNot(Path.of("../pom.xml"))).contains("pom.xml", "expected", "found");
    }

    @Test
    void itMeasuresRowsOfItsOwn() throws IOException {
        FloatMatrix rows = FloatMatrix.zeros(2, 4);
        rows.set(0, 0, 1);
        rows.set(1, 0, 1);
        rows.set(1, 1, 1);
        assertThat(HowItPacks.timesRandom(rows)).isCloseTo(4 * 0.5, within(1e-6));
    }
}
