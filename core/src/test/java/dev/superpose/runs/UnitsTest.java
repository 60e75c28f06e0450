package dev.superpose.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.superpose.result.InputException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitsTest {
    @ParameterizedTest
    @CsvSource({
        "N=log10, 8.5, 3.16227766e8",
        "params=millions, 70, 7e7",
        "tokens=Billions, 1.5, 1.5e9",
        "D=trillions, 2, 2e12",
        "flops=exaflops, 3, 3e18",
        "C=petaflop-days, 1, 8.64e19",
        "C=petaflop_days, 2, 1.728e20",
        "compute=1e18, 2.5, 2.5e18",
        "D=ln, 20, 4.85165195e8",
        "width=log2, 10, 1024",
        "loss=perplexity, 20.0855369232, 3",
        "loss=bits, 4, 2.772588722",
        "loss=bits-per-byte, 1.25, 1.25",
        "loss=bpb:4.3, 1, 2.980532876",
        "loss=nats, 3, 3",
        "loss=ln, 1, 2.718281828",
        "weight=1000, 2, 2000"
    })
    void aUnitTurnsACellIntoItsValue(String assignment, double cell, double value) {
        var selection = RunSelection.USUAL.withUnit(assignment);
        var unit = selection.units().values().iterator().next();

        assertThat(unit.value(cell)).isCloseTo(value, withinPercentage(1e-7));
    }

    @ParameterizedTest
    @CsvSource({
        "tokens=perplexity, billions",
        "loss=billions, bits-per-byte:BYTES_PER_TOKEN",
        "loss=bpb:0, bits-per-byte",
        "params=-3, trillions",
        "run=ones, has no unit",
        "colour=ones, a column means one of",
        "tokens, MEANING=UNIT"
    })
    void aUnitThatAColumnCannotHaveIsRefusedWithThoseItCan(String assignment, String told) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RunSelection.USUAL.withUnit(assignment))
                .withMessageContaining(told);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            7.6,2e9,2e19,3.4;8.3,5e9,5e19,3.1     | column N: expected numbers of parameters, found numbers from 7.600 to 8.300, which look like their log10 (say --unit parameters=log10
            70,2e9,2e19,3.4;410,5e9,5e19,3.1      | found numbers from 70 to 410, which look like millions or billions (say --unit parameters=millions
            7e7,9.3,2e19,3.4;4e8,9.7,5e19,3.1     | column D: expected numbers of tokens, found numbers from 9.300 to 9.700, which look like their log10
            7e7,2,2e19,3.4;4e8,300,5e19,3.1       | which look like billions (say --unit tokens=billions
            7e7,2e9,0.8,3.4;4e8,5e9,12,3.1        | column C: expected numbers of FLOPs
            7e7,2e9,2e19,-3.4;4e8,5e9,5e19,-3.1   | line 2, column loss: expected positive numbers of loss, found -3.4
            7e7,2e9,2e19,high;4e8,5e9,5e19,low    | line 2, column loss: expected numbers of loss, found "high" and other words in 2 of 2 rows
            x,2e9,2e19,3;y,5e9,5e19,2             | choose another column for parameters with --column parameters=NAME
            """)
    void whatIsPlainlyInAnotherUnitIsRefusedWithTheRemedy(String rows, String told) {
        var table = TextTables.of("N,D,C,loss\n" + rows.replace(';', '\n'));

        assertThatThrownBy(() -> RunSelection.USUAL.from(table))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(told);
    }

    @Test
    void aStatedUnitIsBelieved() throws InputException {
        var table = TextTables.of("N,D,loss\n7.6,9.3,3.4\n8.3,9.7,3.1\n");
        var read = RunSelection.USUAL
                .withUnit("N=log10")
                .withUnit("D=log10")
                .from(table)
                .subsets()
                .getFirst()
                .runs();
        var asTheyStand = RunSelection.USUAL
                .withUnit("N=ones")
                .withUnit("D=ones")
                .from(table)
                .subsets()
                .getFirst()
                .runs();

        assertThat(read.log(Quantity.PARAMETERS, 0)).isCloseTo(7.6 * Math.log(10), withinPercentage(1e-12));
        assertThat(asTheyStand.sizes(0).get(Quantity.PARAMETERS)).isCloseTo(7.6, withinPercentage(1e-12));
    }

    @Test
    void aColumnThatIsNotNeededIsLeftAsideWithAWarning() throws InputException {
        var table = TextTables.of("N,D,compute,loss\n1e8,2e9,1.2,3.4\n2e8,4e9,4.8,3.1\n");
        var selected = RunSelection.USUAL
                .withNeeds(Set.of(Quantity.PARAMETERS, Quantity.TOKENS))
                .from(table);

        assertThat(selected.account().findings().warnings())
                .anyMatch(warning -> warning.startsWith("Column compute (flops) is not used"));
        assertThat(selected.subsets().getFirst().runs().sizes(0).get(Quantity.COMPUTE))
                .as("6 N D instead")
                .isCloseTo(1.2e18, withinPercentage(1e-9));
    }

    @Test
    void namesTellPerplexitiesAndBitsPerByte() throws InputException {
        var table = TextTables.of("N,D,wiki_ppl,pile_bpb\n1e8,1e9,20.0855369232,1.2\n2e8,2e9,15,1.1\n");

        assertThatThrownBy(() ->
                        RunSelection.USUAL.withColumn(Meaning.LOSS, "wiki_ppl").from(table))
                .hasMessageContaining("found a perplexity, by its name (say --unit loss=perplexity");
        var perplexities = RunSelection.USUAL
                .withColumn(Meaning.LOSS, "wiki_ppl")
                .withUnit("loss=perplexity")
                .from(table);
        assertThat(perplexities.subsets().getFirst().runs().loss(0)).isCloseTo(3, withinPercentage(1e-9));
        assertThat(perplexities.account().lossUnit()).isEqualTo("nats per token");

        var bits = RunSelection.USUAL.withColumn(Meaning.LOSS, "pile_bpb").from(table);
        assertThat(bits.account().lossUnit()).isEqualTo("bits per byte");
        assertThat(bits.account().findings().warnings()).anyMatch(warning -> warning.contains("bits-per-byte:X"));
    }

    @Test
    void countsMayCarryLettersAndMarkedThousands() {
        assertThat(Cells.count("70M")).isEqualTo(7e7);
        assertThat(Cells.count("1.4 B")).isEqualTo(1.4e9);
        assertThat(Cells.count("350k")).isEqualTo(350_000);
        assertThat(Cells.count("2T")).isEqualTo(2e12);
        assertThat(Cells.count("26,000,000,000")).isEqualTo(26e9);
        assertThat(Cells.count("1_000.5")).isEqualTo(1000.5);
        assertThat(Cells.count("1e9")).isEqualTo(1e9);
        assertThat(Cells.count("1,00")).isNaN();
        assertThat(Cells.count("M")).isNaN();
        assertThat(Cells.count("")).isNaN();
        assertThat(Cells.number("70M")).isNaN();
    }

    @Test
    void aNumberFarFromTheRestIsTold() throws InputException {
        var table = TextTables.of("N,D,loss\n1e8,1e9,3\n2e8,2e9,2.9\n410,4e9,2.8\n");
        var selected = RunSelection.USUAL.from(table);

        assertThat(selected.account().findings().warnings())
                .anyMatch(warning -> warning.startsWith("Column N (parameters): line 4"));
    }

    @Test
    void lossesAboveAnyLanguageModelsAreTold() throws InputException {
        var table = TextTables.of("N,D,loss\n1e8,1e9,34\n2e8,2e9,25\n4e8,4e9,20\n");

        assertThat(RunSelection.USUAL.from(table).account().findings().warnings())
                .anyMatch(warning -> warning.contains("--unit loss=perplexity"));
        assertThat(RunSelection.USUAL
                        .from(TextTables.of("width,loss\n10,34\n20,25\n"))
                        .account()
                        .findings()
                        .warnings())
                .as("losses of toys are sums")
                .isEmpty();
    }
}
