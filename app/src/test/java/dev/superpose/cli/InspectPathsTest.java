package dev.superpose.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.superpose.checkpoint.SafetensorsWriter;
import dev.superpose.numeric.FloatMatrix;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Places that are odd, or cannot be written to.
class InspectPathsTest {
    private static final String ODD = "vectors of \u00fcn\u00ef \u2211 \u4e2d\u6587 \ud83d\ude42 'a' $b %s";

    @TempDir
    private Path folder;

    private Path model = Path.of("");

    @BeforeEach
    void writeTheModel() throws IOException {
        model = folder.resolve("m.safetensors");
        new SafetensorsWriter()
                .add("weight", new FloatMatrix(4, 2, new float[] {1, 2, 3, 5, 8, 1, 2, -1}))
                .write(model);
    }

    private static CommandRun inspect(Path model, Path records, String... more) {
        var all = new ArrayList<>(List.of("inspect", model.toString(), "--resume", records.toString()));
        all.addAll(List.of(more));
        return CommandRun.of(all.toArray(String[]::new));
    }

    @Test
    void blanksAndAnyScriptAreAllowedEverywhere() throws IOException {
        Path odd = Files.createDirectory(folder.resolve(ODD));
        Path moved = Files.move(model, odd.resolve(ODD + ".safetensors"));
        Path table = odd.resolve("tokens " + ODD + ".parquet");
        Path page = odd.resolve("page " + ODD + ".html");
        CommandRun run = inspect(moved, odd.resolve("kept"), "--tokens", table.toString(), "--report", page.toString());
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains(ODD);
        assertThat(table).isNotEmptyFile();
        assertThat(Files.readString(page)).contains("\u4e2d\u6587");
        assertThat(odd.resolve("kept")).isNotEmptyDirectory();
        assertThat(inspect(odd, odd.resolve("kept"), "--json")
                        .json()
                        .get(0)
                        .get("measured_earlier")
                        .asBoolean())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"--report, .html", "--tokens, .csv", "--tokens, .parquet"})
    void aNameThatIsTooLongIsToldInOneLine(String option, String end) {
        String name = "x".repeat(300) + end;
        CommandRun run = inspect(
                model, folder.resolve("kept"), option, folder.resolve(name).toString());
        refused(run, name);
    }

    @Test
    void namesThatAreTooLongToBeThereAreToldInOneLine() {
        String name = "y".repeat(300);
        refused(inspect(folder.resolve(name + ".safetensors"), folder.resolve("kept")), name);
        CommandRun run = inspect(model, folder.resolve(name));
        assertThat(run.code()).isZero();
        assertThat(run.err()).hasLineCount(1).contains("cannot be kept for a later run: ", name);
    }

    @ParameterizedTest
    @CsvSource({"--report, .html", "--tokens, .csv", "--tokens, .parquet"})
    void aFolderThatIsNotThereIsToldInOneLine(String option, String end) {
        Path target = folder.resolve("absent").resolve("x" + end);
        refused(inspect(model, folder.resolve("kept"), option, target.toString()), target.toString());
    }

    @ParameterizedTest
    @CsvSource({"--report, .html", "--tokens, .csv", "--tokens, .parquet"})
    void aFolderThatMayOnlyBeReadIsToldInOneLine(String option, String end) throws IOException {
        assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
        Path closed = Files.createDirectory(folder.resolve("closed"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("r-xr-xr-x"));
        // The superuser may write anywhere.
        assumeFalse(Files.isWritable(closed));
        Path target = closed.resolve("x" + end);
        CommandRun run = inspect(model, closed.resolve("kept"), option, target.toString());
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err())
                .contains("cannot be kept for a later run: ", target + ": ")
                .doesNotContain(".tmp", "\tat ");
        assertThat(closed).isEmptyDirectory();
    }

    private static void refused(CommandRun run, String name) {
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).hasLineCount(1).contains(name).doesNotContain(".tmp", "Exception");
    }
}
