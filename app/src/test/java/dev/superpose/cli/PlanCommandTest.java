package dev.superpose.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanCommandTest {
    @TempDir
    Path folder;

    /// The optimum of the published replication of Chinchilla for Gopher's budget, which
    /// needs no table.
    @Test
    void plansByAPublishedLawAndSaysSo() {
        var run = CommandRun.of("plan", "--compute", "5.76e23", "--flops", "six-n", "--json");

        assertThat(run.code()).as(run.err()).isZero();
        var plan = run.json();
        assertThat(plan.get("compute").asDouble()).isEqualTo(5.76e23);
        assertThat(plan.get("parameters").get("best").asDouble()).isCloseTo(73.19e9, withinPercentage(0.05));
        assertThat(plan.get("tokens").get("best").asDouble()).isCloseTo(1.312e12, withinPercentage(0.05));
        assertThat(plan.get("parameters").get("low").isNull()).isTrue();
        assertThat(plan.get("basin").size()).isEqualTo(3);
        assertThat(plan.get("law").get("published").asBoolean()).isTrue();
        assertThat(plan.get("law").get("origin").asString()).contains("not fitted to your data");
        assertThat(plan.get("shape").get("dimensions").get("width").asInt() % 128)
                .isZero();
        assertThat(plan.get("cost").get("gpu_hours").asDouble()).isCloseTo(404_300, within(100.0));
        assertThat(plan.get("cost").get("money").isNull()).isTrue();
        assertThat(plan.get("beside").toString()).contains("20:1").contains("llama3-approach2");
    }

    @Test
    void plansByTheUsersRunsWithIntervals() throws IOException {
        var table = PlantedTable.chinchilla(folder);
        var report = folder.resolve("plan.html");

        var run = CommandRun.of(
                "plan",
                table.toString(),
                "--compute",
                "1e22",
                "--flops",
                "six-n",
                "--draws",
                "100",
                "--propose",
                "1e9,1.6e12",
                "--report",
                report.toString(),
                "--json");

        assertThat(run.code()).as(run.err()).isZero();
        var plan = run.json();
        double alpha = PlantedTable.ALPHA;
        double beta = PlantedTable.BETA;
        double best = Math.pow(alpha * PlantedTable.A / (beta * PlantedTable.B), 1 / (alpha + beta))
                * Math.pow(1e22 / 6, beta / (alpha + beta));
        assertThat(plan.get("parameters").get("low").asDouble()).isLessThan(best);
        assertThat(plan.get("parameters").get("high").asDouble()).isGreaterThan(best);
        assertThat(plan.get("parameters").get("best").asDouble()).isCloseTo(best, withinPercentage(15));
        assertThat(plan.get("proposal").get("compute_wasted").asDouble()).isBetween(0.05, 0.95);
        assertThat(plan.get("next_runs").size()).isEqualTo(4);
        var next = plan.get("next_runs").get(0).get("value");
        assertThat(next.get("after").asDouble()).isLessThan(next.get("before").asDouble());
        assertThat(plan.get("law").get("published").asBoolean()).isFalse();
        assertThat(Files.readString(report))
                .contains("How flat the optimum is")
                .contains("What more compute would buy");
    }

    @Test
    void moneyTimeAndTargetLossLeadToTheSamePlan() {
        var byCompute = CommandRun.of("plan", "--compute", "1e22", "--json").json();
        double hours = 1e22 / (989.4e12 * 0.4 * 3600);
        var byMoney = CommandRun.of("plan", "--money", Double.toString(2 * hours), "--price", "2", "--json")
                .json();
        var byTime = CommandRun.of("plan", "--days", Double.toString(hours / 24 / 8), "--json")
                .json();
        String loss = byCompute.get("loss").get("best").asString();
        var byLoss = CommandRun.of("plan", "--target-loss", loss, "--json").json();

        for (var other : new tools.jackson.databind.JsonNode[] {byMoney, byTime, byLoss}) {
            assertThat(other.get("compute").asDouble()).isCloseTo(1e22, withinPercentage(0.1));
            assertThat(other.get("parameters").get("best").asDouble())
                    .isCloseTo(byCompute.get("parameters").get("best").asDouble(), withinPercentage(0.5));
        }
        assertThat(byMoney.get("cost").get("money").asDouble()).isCloseTo(2 * hours, withinPercentage(0.1));
    }

    @Test
    void constraintsAreKept() {
        var fixed = CommandRun.of("plan", "--compute", "1e22", "--flops", "six-n", "--params", "1e9", "--json")
                .json();
        assertThat(fixed.get("parameters").get("best").asDouble()).isCloseTo(1e9, withinPercentage(1e-6));
        assertThat(fixed.get("tokens").get("best").asDouble()).isCloseTo(1e22 / 6e9, withinPercentage(1e-6));

        var few = CommandRun.of("plan", "--compute", "1e22", "--unique-tokens", "1e10", "--json")
                .json();
        assertThat(few.get("repeats").get("epochs").asDouble()).isGreaterThan(1);
        var free = CommandRun.of("plan", "--compute", "1e22", "--json").json();
        assertThat(few.get("loss").get("best").asDouble())
                .isGreaterThan(free.get("loss").get("best").asDouble());

        var served = CommandRun.of("plan", "--compute", "1e22", "--serve", "1e13", "--json")
                .json();
        assertThat(served.get("parameters").get("best").asDouble())
                .isLessThan(free.get("parameters").get("best").asDouble());
    }

    @Test
    void textNamesPlanBasinAndCost() {
        var run = CommandRun.of("plan", "--compute", "1e22", "--price", "2.5");

        assertThat(run.code()).isZero();
        assertThat(run.out())
                .contains("not fitted to your data")
                .contains("tokens per parameter")
                .contains("as good to")
                .contains("20:1")
                .contains("GPU-hours")
                .contains("money");
        assertThat(CommandRun.of("plan", "--list").out())
                .contains("hoffmann-2022")
                .contains("H100-SXM");
    }

    @Test
    void refusesWhatItCannotPlan() throws IOException {
        assertThat(CommandRun.of("plan").err()).contains("give either a budget");
        assertThat(CommandRun.of("plan", "--compute", "1e22", "--days", "3").err())
                .contains("give one budget");
        assertThat(CommandRun.of("plan", "--money", "100").err()).contains("price");
        assertThat(CommandRun.of("plan", "--compute", "1e22", "--gpu", "abacus").err())
                .contains("no accelerator is called")
                .contains("H100-SXM");
        assertThat(CommandRun.of("plan", "--compute", "1e22", "--published", "nobody")
                        .err())
                .contains("no published law");
        assertThat(CommandRun.of("plan", "--compute", "-1").code()).isEqualTo(2);
        var unreachable = CommandRun.of("plan", "--target-loss", "1.5");
        assertThat(unreachable.code()).isEqualTo(1);
        assertThat(unreachable.err()).contains("no plan").contains("floor");

        var oneSize = Files.writeString(
                folder.resolve("same.csv"),
                "N,D,loss\n1e8,1e9,3\n2e8,1e9,2.9\n4e8,1e9,2.8\n8e8,1e9,2.75\n1e9,1e9,2.7\n2e9,1e9,2.68\n");
        var run = CommandRun.of("plan", oneSize.toString(), "--compute", "1e22");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("all 6 runs have the same").contains("--law power-floor");
    }
}
