package dev.superpose.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.superpose.checkpoint.SafetensorsWriter;
import dev.superpose.numeric.FloatMatrix;
import dev.superpose.store.TableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(strings = {"csv", "parquet"})
    void areSpeltOutInATableOfTokens(String form) throws IOException {
        Path formula = Files.copy(file, file.resolveSibling("=1+1.safetensors"));
        Path table = folder.resolve("tokens." + form);
        CommandRun run = CommandRun.of(
                "inspect", file.toString(), formula.toString(), "--tokens", table.toString(), "--neighbours", "1");
        assertThat(run.code()).as(run.err()).isZero();
        harmless(run.err());
        Set<String> texts = new HashSet<>();
        TableFiles.read(table).rows().forEach(row -> texts.addAll(row.cells()));
        texts.forEach(HostileNamesTest::harmless);
        assertThat(texts)
                .contains(form.equals("csv") ? "'=1+1" : "=1+1")
                .anyMatch(text -> text.startsWith("\\u{1b}[31m\\u{9b}31m\\r\\nroot# \\u{202e}</script>"))
                .anyMatch(text -> text.startsWith("\\u{1b}[31m\\u{9b}31m\\rroot# \\u{202e}</script>"));
    }

    @Test
    void reachNoTerminalFromATokenizer() throws IOException {
        String token = "\u001b[31m\u009b31m\u202eroot#";
        Path tokenizer = Files.writeString(folder.resolve("tokenizer.json"), """
                {"version":"1.0","added_tokens":[],"pre_tokenizer":{"type":"WhitespaceSplit"},
                 "model":{"type":"WordLevel","unk_token":"?","vocab":{"?":0,"\\u001b[31m\\u009b31m\\u202eroot#":1,"=1+1":2}}}
                """);
        Path text = Files.writeString(folder.resolve("text.txt"), (token + " ").repeat(3) + "=1+1 =1+1 other");
        Path counts = folder.resolve("counts.csv");
        CommandRun run = CommandRun.of("tokens", tokenizer.toString(), text.toString(), "--out", counts.toString());
        assertThat(run.code()).as(run.err()).isZero();
        harmless(run.out());
        harmless(run.err());
        assertThat(run.out()).contains("root#");
        String written = Files.readString(counts);
        harmless(written);
        assertThat(written.lines()).noneMatch(line -> line.matches("(.*,)?=1\\+1.*"));
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
