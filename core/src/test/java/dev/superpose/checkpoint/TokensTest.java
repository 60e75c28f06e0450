package dev.superpose.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokensTest {
    @Test
    void findsAByteLevelWordByItsPlainText() {
        Tokens tokens = Tokens.of(
                new String[] {"!", "<|endoftext|>", "ĠEiffel", "Paris", "ĠParis", "Ġsandwich", "ĠÃ©tÃ©", "Ċ"},
                Tokens.Spelling.BYTE_LEVEL);
        assertThat(tokens.find("Eiffel")).hasValue(2);
        assertThat(tokens.find(" Eiffel")).hasValue(2);
        assertThat(tokens.find("ĠEiffel")).hasValue(2);
        assertThat(tokens.find("Paris")).hasValue(3);
        assertThat(tokens.find(" Paris")).hasValue(4);
        assertThat(tokens.find("Sandwich")).hasValue(5);
        assertThat(tokens.find("été")).hasValue(6);
        assertThat(tokens.find("\n")).hasValue(7);
        assertThat(tokens.find("London")).isEmpty();
        assertThat(tokens.text(6)).isEqualTo(" été");
        assertThat(tokens.text(1)).isEqualTo("<|endoftext|>");
        assertThat(tokens.text(99)).isEqualTo("#99");
        assertThat(tokens.text(-1)).isEqualTo("#-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " a", "\u0000\u001f\u007f\u00a0\u00ad", "日本 🗼", "Ġ"})
    void byteLevelSpellingComesBack(String text) {
        assertThat(ByteLevel.decode(ByteLevel.encode(text))).isEqualTo(text);
        assertThat(ByteLevel.encode(text)).doesNotContainPattern("[\\s\\p{Cntrl}\u00a0\u00ad]");
    }

    @Test
    void showsPartsOfCharactersAsReplaced() {
        String half = ByteLevel.encode("é").substring(0, 1);
        assertThat(ByteLevel.decode(half)).isEqualTo("\ufffd");
    }

    @Test
    void findsTheFirstOfTwins() {
        Tokens tokens = Tokens.of(List.of("a", "b", "a"));
        assertThat(tokens.find("a")).hasValue(0);
        assertThat(tokens.count()).isEqualTo(3);
        assertThat(tokens.distinct()).isEqualTo(2);
    }
}
