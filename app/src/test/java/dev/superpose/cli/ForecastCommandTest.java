package dev.superpose.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForecastCommandTest {
    @TempDir
    Path folder;

    @Test
    void forecastsAPlantedLawWithTwoIntervals() throws IOException {
        var table = PlantedTable.chinchilla(folder);
        var report = folder.resolve("forecast.html");

        var run = CommandRun.of(
                "forecast",
                table.toString(),
                "--law",
                "chinchilla,chinchilla-tied",
                "--at",
                "N=1e10,D=2e11",
                "--draws",
                "100",
                "--report",
                report.toString(),
                "--json");

        assertThat(run.code()).as(run.err()).isZero();
        var document = run.json();
        double truth = PlantedTable.A * Math.pow(1e10, -PlantedTable.ALPHA)
                + PlantedTable.B * Math.pow(2e11, -PlantedTable.BETA)
                + PlantedTable.E;
        var at = document.get("at").get(0);
        assertThat(at.get("N").asDouble()).isEqualTo(1e10);
        assertThat(at.get("curve").get("low").asDouble())
                .isLessThan(at.get("curve").get("high").asDouble());
        assertThat(truth)
                .isBetween(
                        at.get("forecast").get("low").asDouble(),
                        at.get("forecast").get("high").asDouble());
        assertThat(at.get("forecast").get("high").asDouble()
                        - at.get("forecast").get("low").asDouble())
                .isGreaterThan(at.get("curve").get("high").asDouble()
                        - at.get("curve").get("low").asDouble());
        assertThat(document.get("backtest").get("laws").size()).isEqualTo(2);
        assertThat(document.get("backtest").get("predictions").size()).isGreaterThan(10);
        assertThat(document.get("wall").get("doublings").size()).isEqualTo(2);
        assertThat(document.get("wall").get("statements").get(0).get("basis").asString())
                .isEqualTo("law");
        assertThat(Files.readString(report))
                .contains("The law beyond its runs")
                .contains("Forecasts of runs that are known by now")
                .contains("What doubling still buys");
    }

    @Test
    void tellsWhereWidthEndsToHelp() throws IOException {
        var table = PlantedTable.widths(folder);

        var run = CommandRun.of(
                "forecast", table.toString(), "--at", "width=16384", "--target-loss", "1.75", "--features", "50000");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("one new run")
                .contains("a loss of 1.750 is reached at width")
                .contains("[law] doubling width lowers the loss by less than 1 %")
                .contains("[theory] a law of interference L ~ 1/m must end at m = 50000");

        var never =
                CommandRun.of("forecast", table.toString(), "--at", "width=16384", "--target-loss", "1.5", "--json");
        assertThat(never.json().get("target").get("reached").asBoolean()).isFalse();
        assertThat(never.json().get("target").get("remedy").asString()).contains("above");
    }

    @Test
    void readsTheWallOfAStudy() throws IOException {
        var lines = new StringBuilder("width,features,test_loss\n");
        for (int m : new int[] {10, 20, 40, 80, 100, 200, 400, 600, 800, 950}) {
            for (int seed = 0; seed < 2; seed++) {
                double loss = (1000.0 - m) / (m * 999.0) * (1 + 0.01 * (seed - 0.5));
                lines.append(m).append(",1000,").append(loss).append('\n');
            }
        }
        var study = Files.writeString(folder.resolve("wall.csv"), lines);

        var run = CommandRun.of(
                "forecast",
                PlantedTable.widths(folder).toString(),
                "--at",
                "width=16384",
                "--wall-study",
                study.toString());

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("[measured] the toy study of n = 1000 features")
                .contains("leaves it between");

        var short1 = Files.writeString(folder.resolve("short.csv"), "width,features,test_loss\n10,100,1\n");
        var bad = CommandRun.of("forecast", PlantedTable.widths(folder).toString(), "--wall-study", short1.toString());
        assertThat(bad.code()).isEqualTo(2);
        assertThat(bad.err()).contains("three widths up to a tenth of the features");
    }

    @Test
    void refusesWhatItCannotForecast() throws IOException {
        var table = PlantedTable.chinchilla(folder).toString();

        assertThat(CommandRun.of("forecast", table, "--at", "N=1e10").err()).contains("also needs D");
        assertThat(CommandRun.of("forecast", table, "--at", "N").err()).contains("sizes are written");
        assertThat(CommandRun.of("forecast", table, "--at", "N=x,D=1").err()).contains("\"x\" is no number");
        assertThat(CommandRun.of("forecast").err()).contains("TABLE");
        var two = Files.writeString(folder.resolve("two.csv"), "width,loss\n8,2\n");
        assertThat(CommandRun.of("forecast", two.toString()).code()).isEqualTo(1);
    }

    @Test
    void aPackingIsWorthTheWidthOfItsLoss() throws IOException {
        var table = PlantedTable.widths(folder).toString();
        double loss = 40 * Math.pow(1000, -0.9) + 1.7;

        var inside = CommandRun.of("equivalent", table, "--width", "800", "--value", "" + loss, "--json");
        assertThat(inside.code()).as(inside.err()).isZero();
        assertThat(inside.json().get("equivalent_width").asDouble()).isBetween(930.0, 1070.0);
        assertThat(inside.json().get("relation").asString()).isEqualTo("=");

        var beyond = CommandRun.of("equivalent", table, "--width", "800", "--value", "1.6");
        assertThat(beyond.out()).contains(">=").contains("outside the measured widths");
        assertThat(CommandRun.of("equivalent", table, "--width", "800", "--value", "-1")
                        .code())
                .isEqualTo(2);
    }
}
