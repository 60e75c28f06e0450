package dev.superpose.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.superpose.result.Table.Column;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
    private final Table table = new Table(
            List.of(Column.text("law"), Column.whole("width", ""), Column.real("loss", "nats")),
            List.of(
                    Table.row("power, steep", 63, 0.1 + 0.2),
                    Table.row("say \"flat\"", 100L, null),
                    Table.row("two\nlines", 7, Double.NaN)));

    @Test
    void csvQuotesWhatNeedsItAndKeepsEveryBit() {
        assertThat(table.toCsv())
                .isEqualTo("law,width,loss\n"
                        + "\"power, steep\",63,0.30000000000000004\n"
                        + "\"say \"\"flat\"\"\",100,\n"
                        + "\"two\nlines\",7,\n");
    }

    @Test
    void textIsAlignedAndKeepsControlCharactersFromTheTerminal() {
        var lines = table.toText().lines().toList();
        assertThat(lines).hasSize(5).doesNotContain("\n");
        assertThat(lines.get(0)).isEqualTo("law           width    loss");
        assertThat(lines.get(2)).isEqualTo("power, steep     63  0.3000");
        assertThat(lines.get(4)).isEqualTo("two�lines         7       –");
    }

    @Test
    void columnsGiveTheirNumbers() {
        assertThat(table.numbers("width")).containsExactly(63, 100, 7);
        assertThat(table.numbers("loss")).containsExactly(0.1 + 0.2, Double.NaN, Double.NaN);
        assertThatThrownBy(() -> table.numbers("depth"))
                .hasMessageContaining("depth")
                .hasMessageContaining("width");
        assertThatThrownBy(() -> table.numbers("law")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void wrongCellsAreRefused() {
        var columns = List.of(Column.whole("width", ""));
        assertThatThrownBy(() -> new Table(columns, List.of(Table.row(1.5)))).hasMessageContaining("width");
        assertThatThrownBy(() -> new Table(columns, List.of(Table.row(1, 2)))).hasMessageContaining("2 cells");
        assertThatThrownBy(() -> new Table(List.of(Column.text("a"), Column.text("a")), List.of()))
                .hasMessageContaining("differ");
    }

    @Test
    void numbersForPeopleHaveFourDigits() {
        assertThat(Table.brief(0.098123)).isEqualTo("0.09812");
        assertThat(Table.brief(1234)).isEqualTo("1234");
        assertThat(Table.brief(123.456)).isEqualTo("123.5");
        assertThat(Table.brief(-0.00001236)).isEqualTo("-1.236e-05");
        assertThat(Table.brief(Double.NaN)).isEqualTo("–");
        assertThat(Table.brief(0)).isEqualTo("0");
        assertThat(Table.brief(Double.POSITIVE_INFINITY)).isEqualTo("Infinity");
    }
}
