package dev.superpose.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class InputExceptionTest {
    @Test
    void tellsItsFindingWithoutTheAdvice() {
        var cut = new InputException("a.bin", "byte 8", "a header", "nothing", "fetch it again");
        assertThat(cut).hasMessage("a.bin: byte 8: expected a header, found nothing (fetch it again)");
        assertThat(cut.finding()).isEqualTo("a.bin: byte 8: expected a header, found nothing");
        assertThat(new InputException("as it stands (twice)").finding()).isEqualTo("as it stands (twice)");
    }

    @Test
    void staysShortWhateverAFileCallsThings() {
        String name = "n".repeat(65_535);

        var exception = new InputException("file", "tensor " + name, "a shape for " + name, name, "mend " + name);

        assertThat(exception).message().hasSizeBetween(1000, 2000).startsWith("file: tensor nnn");
    }

    @Test
    void saysInWordsWhatAFileSystemRefused() {
        assertThat(InputException.oneLine(new NoSuchFileException("a\nb")))
                .isEqualTo("a\ufffdb: no such file or folder");
        assertThat(InputException.oneLine(new AccessDeniedException("f"))).isEqualTo("f: permission denied");
        assertThat(InputException.oneLine(new FileAlreadyExistsException("f")))
                .isEqualTo("f: there is a file of that name");
        assertThat(InputException.oneLine(new FileSystemException("f", null, "File name too long")))
                .isEqualTo("f: File name too long");
        assertThat(InputException.oneLine(new FileSystemException("f"))).isEqualTo("f: FileSystemException");
        assertThat(InputException.oneLine(new IOException("No space left on device")))
                .isEqualTo("No space left on device");
    }

    @Test
    void showsNoCharacterThatSteersATerminal() {
        var exception = new InputException("file", "", "text", "\u001b[31m\r\n\u202e\u2028", "");

        assertThat(exception).hasMessage("file: expected text, found \ufffd[31m\ufffd\ufffd\ufffd\ufffd");
    }
}
