package dev.superpose.result;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InputExceptionTest {
    @Test
    void staysShortWhateverAFileCallsThings() {
        String name = "n".repeat(65_535);

        var exception = new InputException("file", "tensor " + name, "a shape for " + name, name, "mend " + name);

        assertThat(exception).message().hasSizeBetween(1000, 2000).startsWith("file: tensor nnn");
    }

    @Test
    void showsNoCharacterThatSteersATerminal() {
        var exception = new InputException("file", "", "text", "\u001b[31m\r\n\u202e\u2028", "");

        assertThat(exception).hasMessage("file: expected text, found \ufffd[31m\ufffd\ufffd\ufffd\ufffd");
    }
}
