package dev.superpose.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.superpose.checkpoint.SafetensorsWriter;
import dev.superpose.numeric.FloatMatrix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A model of a stranger, whose every name would do harm where it is shown as it stands: to a
/// terminal (escape sequences, lines of their own, text that runs backwards), to a page (markup),
/// to JSON (quotes).
class HostileNamesTest {
    private static final String NAME =
            "\u001b[31m\u009b31m\r\nroot# \u202e</script><script>alert(1)</script>\"'=cmd|' /C calc'!A0";

    @TempDir
    private Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void writeTheModel() throws IOException {
        // A file's name may hold all of these but the separator.
        Path model = Files.createDirectory(folder.resolve(NAME.replace('/', '_')));
        file = model.resolve(NAME.replace('/', '_') + ".safetensors");
        FloatMatrix matrix = FloatMatrix.zeros(4, 3);
        for (int i = 0; i < 12; i++) {
            matrix.data()[i] = (i * 7 + 1) % 5 - 1.5f;
        }
        new SafetensorsWriter().add(NAME, matrix).metadata(NAME, NAME).write(file);
        String token = NAME.replace("\n", "");
        Files.writeString(model.resolve("tokens.txt"), "%s1\n%s2\n%s3\n%s4\n".formatted(token, token, token, token));
    }

    private static void harmless(String shown) {
        assertThat(shown)
                .doesNotContainPattern("[\\p{Cntrl}\u0080-\u009f&&[^\n]]")
                .doesNotContain("\u202e");
    }

    @Test
    void reachNoTerminal() {
        CommandRun text = CommandRun.of("inspect", file.toString(), "--near", "#1");
        assertThat(text.code()).as(text.err()).isZero();
        harmless(text.out());
        harmless(text.err());
        assertThat(text.out().lines()).noneMatch(line -> line.startsWith("root#"));
        CommandRun refused = CommandRun.of("inspect", file.toString(), "--near", NAME + "5");
        assertThat(refused.code()).isEqualTo(2);
        harmless(refused.err());
        assertThat(refused.err().lines()).hasSize(1);
        CommandRun absent = CommandRun.of("inspect", file + "-absent");
        assertThat(absent.code()).isEqualTo(2);
        harmless(absent.err());
        assertThat(absent.err().lines()).hasSize(1);
    }

    @Test
    void stayStringsInJson() {
        CommandRun json = CommandRun.of("inspect", file.toString(), "--near", "#1", "--json");
        assertThat(json.code()).as(json.err()).isZero();
        harmless(json.out());
        assertThat(json.json().get(0).get("tensor").asString()).isEqualTo(NAME);
    }

    @Test
    void stayTextInAReport() throws IOException {
        Path report = folder.resolve("report.html");
        CommandRun run = CommandRun.of("inspect", file.toString(), "--near", "#1", "--report", report.toString());
        assertThat(run.code()).as(run.err()).isZero();
        String page = Files.readString(report);
        assertThat(page.contains("<script>alert(1)")).isFalse();
        assertThat(page.contains("</script><script>")).isFalse();
        assertThat(page.contains("\u001b")).isFalse();
        assertThat(page.contains("alert(1)")).isTrue();
    }
}
