package dev.superpose.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.superpose.result.Csv;
import dev.superpose.result.InputException;
import dev.superpose.runs.Condition;
import java.io.IOException;
import java.io.StringReader;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableSelectionTest {
    private static final String TABLE = """
            job,width,alpha,decay,seed,test_loss
            a,8,1.0,-1,1,2.0
            b,16,1.0,-1,1,1.0
            c,8,1.0,1,1,3.0
            d,16,1.0,1,1,2.5
            e,32,1.0,-1,1,NaN
            f,32,1.0,-1,2,
            g,64,2.0,-1,1,inf
            """;

    @Test
    void picksTheUsualColumnsAndCountsWhatItDrops() throws IOException {
        var selected = select("", "", List.of(), List.of());

        assertThat(selected.sizeName()).isEqualTo("width");
        assertThat(selected.lossName()).isEqualTo("test_loss");
        assertThat(selected.groups()).hasSize(1);
        var group = selected.groups().getFirst();
        assertThat(group.points())
                .containsExactly(
                        new Observation(8, 2), new Observation(16, 1), new Observation(8, 3), new Observation(16, 2.5));
        assertThat(group.dropped()).containsExactly(entry("test_loss infinite", 1), entry("test_loss missing", 2));
        assertThat(group.mixed()).containsExactly("decay");
    }

    @Test
    void dividesAndFilters() throws IOException {
        var groups = select("", "", List.of("alpha=1", "width<=16"), List.of("decay"))
                .groups();

        assertThat(groups).hasSize(2);
        assertThat(groups.get(0).values()).containsExactly(entry("decay", "-1"));
        assertThat(groups.get(0).points()).hasSize(2);
        assertThat(groups.get(0).mixed()).isEmpty();
        assertThat(groups.get(1).points()).containsExactly(new Observation(8, 3), new Observation(16, 2.5));
    }

    @ParameterizedTest
    @CsvSource({
        "job=a, 1",
        "job!=a, 3",
        "width=8.0, 2",
        "width==8, 2",
        "width>8, 2",
        "width>=8, 4",
        "width<16, 2",
        "'decay = -1', 2"
    })
    void comparesNumbersAsNumbersAndWordsAsWords(String condition, int points) throws IOException {
        assertThat(select("", "", List.of(condition), List.of())
                        .groups()
                        .getFirst()
                        .points())
                .hasSize(points);
    }

    @Test
    void findsColumnsInAnyCase() throws IOException {
        var selected = new TableSelection("", "", List.of(), List.of())
                .from(Csv.read("t.csv", new StringReader("M,l\n8,1\n")));

        assertThat(selected.sizeName()).isEqualTo("M");
        assertThat(selected.lossName()).isEqualTo("l");
    }

    @Test
    void saysWhatIsWrongAndWhere() {
        assertWrong("size,test_loss\n8,1\n", "line 1: expected a column of sizes (width, d_model, m");
        assertWrong("width,perplexity\n8,1\n", "(name the column with --y)");
        assertWrong("width,loss\n8,1\n16,abc\n", "line 3, column loss: expected a number, found \"abc\"");
        assertWrong("width,loss\n8,0x1p3\n", "line 2, column loss: expected a number");
        assertWrong("width,loss\n8,-0.5\n", "line 2, column loss: expected a positive number, found -0.5");
        assertWrong("width,loss\n0,1\n", "line 2, column width: expected a positive number, found 0");
        assertThatThrownBy(() -> select("", "", List.of("alpha=7"), List.of()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("expected lines that meet alpha=7, found none of 7 (loosen --where)");
        assertThatThrownBy(() -> select("", "", List.of("beta=7"), List.of()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("expected a column beta, found job, width");
        assertThatThrownBy(() -> select("", "", List.of("job>3"), List.of()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("line 2, column job");
    }

    @Test
    void refusesConditionsThatMeanNothing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Condition.parse("alpha"))
                .withMessageContaining("column=value");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Condition.parse("alpha<big"))
                .withMessageContaining("only be compared with a number");
    }

    private static TableSelection.Selected select(String size, String loss, List<String> conditions, List<String> by)
            throws IOException {
        return new TableSelection(
                        size, loss, conditions.stream().map(Condition::parse).toList(), by)
                .from(Csv.read("t.csv", new StringReader(TABLE)));
    }

    private static void assertWrong(String table, String... parts) {
        assertThatThrownBy(() -> new TableSelection("", "", List.of(), List.of())
                        .from(Csv.read("t.csv", new StringReader(table))))
                .isInstanceOf(InputException.class)
                .satisfies(
                        e -> Arrays.stream(parts).forEach(part -> assertThat(e).hasMessageContaining(part)));
    }
}
