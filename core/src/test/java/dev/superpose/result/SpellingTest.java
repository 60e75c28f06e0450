package dev.superpose.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpellingTest {
    private static final List<String> KNOWN = List.of("fig1", "fig14", "wall", "correlated");

    @Test
    void namesTheWordAFewEditsAway() {
        assertThat(Spelling.nearest("Wal", KNOWN)).contains("wall");
        assertThat(Spelling.nearest("corelatd", KNOWN)).contains("correlated");
        assertThat(Spelling.nearest("figure14", KNOWN)).isEmpty();
        assertThat(Spelling.nearest("fig15", KNOWN)).contains("fig1");
    }

    @Test
    void namesNoneWhereNothingIsNear() {
        assertThat(Spelling.nearest("histogram", KNOWN)).isEmpty();
    }
}
