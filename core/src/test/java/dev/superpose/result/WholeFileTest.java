package dev.superpose.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
    @TempDir
    Path folder;

    @Test
    void aFailedWriteLeavesTheOldFileAndNothingElse() throws IOException {
        Path target = folder.resolve("record.json");
        WholeFile.write(target, "old");
        assertThatThrownBy(() -> WholeFile.write(target, out -> {
                    out.write(new byte[100_000]);
                    throw new IOException("No space left on device");
                }))
                .hasMessage(target + ": No space left on device");
        assertThat(target).hasContent("old");
        assertThat(folder).isDirectoryContaining("glob:**/record.json");
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void aFailureNamesTheTargetAndNotTheTemporaryFile() {
        Path nowhere = folder.resolve("absent").resolve("record.json");
        assertThatThrownBy(() -> WholeFile.write(nowhere, "new")).hasMessage(nowhere + ": no such file or folder");
        Path endless = folder.resolve("x".repeat(300));
        assertThatThrownBy(() -> WholeFile.write(endless, "new"))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(endless + ": ")
                .hasMessageNotContaining(".tmp");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aLaterWriteReplacesTheFile() throws IOException {
        Path target = folder.resolve("record.json");
        WholeFile.write(target, "old");
        WholeFile.write(target, "new");
        assertThat(target).hasContent("new");
    }

    @Test
    void provenanceNamesItsInputsByTheirBytes() throws IOException {
        Path file = Files.writeString(folder.resolve("abc.txt"), "abc");
        var provenance = Provenance.here().withSeed(7).withInput(file);
        // FIPS 180-2, appendix B.1.
        assertThat(provenance.inputs().get(file.toString()))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
                .isEqualTo(Sha256.of("abc"));
        assertThat(provenance.seed()).isEqualTo(7);
        assertThat(provenance.cpu()).isNotBlank();
        assertThat(Json.read(Json.write(provenance), Provenance.class)).isEqualTo(provenance);
    }
}
