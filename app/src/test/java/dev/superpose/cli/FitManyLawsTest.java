package dev.superpose.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `fit` beyond laws of one size.
class FitManyLawsTest {
    @TempDir
    Path folder;

    @Test
    void fitsChinchillaWithEveryKeyThatIsPromised() throws IOException {
        var run = CommandRun.of("fit", PlantedTable.chinchilla(folder).toString(), "--draws", "100", "--json");

        assertThat(run.code()).as(run.err()).isZero();
        var document = run.json();
        assertThat(document.get("law").asString()).isEqualTo("chinchilla");
        assertThat(document.get("objective").get("name").asString()).isEqualTo("huber_log");
        var alpha = document.get("intervals").get("alpha");
        assertThat(PlantedTable.ALPHA)
                .isBetween(alpha.get("low").asDouble(), alpha.get("high").asDouble());
        assertThat(alpha.get("level").asDouble()).isEqualTo(0.95);
        assertThat(alpha.get("method").asString()).isEqualTo("pairs bootstrap");
        assertThat(document.get("certificate").get("unidentified").isArray()).isTrue();
        assertThat(document.get("residuals").get("checks").size()).isGreaterThan(4);
        assertThat(document.get("influence").size())
                .isEqualTo(document.get("points").get("used").asInt());
        assertThat(document.get("seconds").asDouble()).isPositive();
    }

    @Test
    void sameSeedSameIntervalsWhateverTheMethod() throws IOException {
        var table = PlantedTable.chinchilla(folder).toString();
        for (String method : new String[] {"student", "pairs", "residual", "profile"}) {
            String[] command = {"fit", table, "--intervals", method, "--draws", "50", "--json"};
            var first = CommandRun.of(command).json().get("intervals");
            assertThat(CommandRun.of(command).json().get("intervals"))
                    .as(method)
                    .isEqualTo(first);
            assertThat(first.get("beta").get("low").asDouble())
                    .as(method)
                    .isLessThan(first.get("beta").get("high").asDouble());
        }
    }

    @Test
    void holdsWhatIsGiven() throws IOException {
        var document = CommandRun.of(
                        "fit", PlantedTable.chinchilla(folder).toString(), "--hold", "E=1.8", "--draws", "50", "--json")
                .json();

        var floor = document.get("parameters").get("E");
        assertThat(floor.get("value").asDouble()).isCloseTo(1.8, within(1e-12));
        assertThat(floor.get("held").asBoolean()).isTrue();
        assertThat(document.get("intervals").has("E")).isFalse();
    }

    /// Nine sizes at each of five budgets around the optimum of a known law: a = beta / (alpha + beta).
    @Test
    void findsTheOptimumByBothApproaches() throws IOException {
        var lines = new StringBuilder("params,tokens,loss\n");
        double a = PlantedTable.BETA / (PlantedTable.ALPHA + PlantedTable.BETA);
        for (double compute = 1e18; compute < 2e20; compute *= 3.2) {
            double best = Math.pow(
                            PlantedTable.ALPHA * PlantedTable.A / (PlantedTable.BETA * PlantedTable.B),
                            1 / (PlantedTable.ALPHA + PlantedTable.BETA))
                    * Math.pow(compute / 6, a);
            for (int step = -4; step <= 4; step++) {
                double n = best * Math.pow(1.3, step);
                double d = compute / 6 / n;
                lines.append("%s,%s,%s\n"
                        .formatted(
                                n,
                                d,
                                PlantedTable.A * Math.pow(n, -PlantedTable.ALPHA)
                                        + PlantedTable.B * Math.pow(d, -PlantedTable.BETA)
                                        + PlantedTable.E));
            }
        }
        var table = Files.writeString(folder.resolve("isoflops.csv"), lines);
        var report = folder.resolve("optima.html");

        var second =
                CommandRun.of("fit", table.toString(), "--law", "approach-2", "--report", report.toString(), "--json");
        assertThat(second.code()).as(second.err()).isZero();
        assertThat(second.json().get("optima").get(0).get("exponent").asDouble())
                .isCloseTo(a, withinPercentage(0.1));
        assertThat(Files.readString(report))
                .contains("Runs of equal compute")
                .contains("Optimal sizes against compute");

        var first = CommandRun.of("fit", table.toString(), "--law", "approach-1", "--json");
        assertThat(first.json().get("optima").get(0).get("exponent").asDouble()).isCloseTo(a, withinPercentage(0.5));
        assertThat(CommandRun.of("fit", table.toString(), "--law", "approach-2", "--axis", "loss")
                        .code())
                .isEqualTo(2);
    }

    @Test
    void readsNestedJsonLines() throws IOException {
        var lines = new StringBuilder();
        for (double n = 1e8; n < 2e9; n *= 2) {
            for (double ratio : new double[] {5, 20, 80}) {
                double loss = PlantedTable.A * Math.pow(n, -PlantedTable.ALPHA)
                        + PlantedTable.B * Math.pow(ratio * n, -PlantedTable.BETA)
                        + PlantedTable.E;
                lines.append("{\"config\":{\"n_params\":%s},\"summary\":{\"tokens\":%s,\"loss\":%s}}\n"
                        .formatted(n, ratio * n, loss));
            }
        }
        var table = Files.writeString(folder.resolve("runs.jsonl"), lines);

        var document = CommandRun.of("fit", table.toString(), "--intervals", "student", "--json")
                .json();

        assertThat(document.get("parameters").get("alpha").get("value").asDouble())
                .isCloseTo(PlantedTable.ALPHA, within(1e-5));
    }
}
