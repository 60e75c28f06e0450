package dev.superpose.reproduction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.superpose.published.PublishedToy;
import dev.superpose.published.ToySetting;
import dev.superpose.reproduction.Item.Kind;
import dev.superpose.reproduction.Planted.Numbers;
import dev.superpose.result.Csv;
import dev.superpose.study.JobResult;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FindingsTest {
    @ParameterizedTest
    @EnumSource(PaperFigure.class)
    void nothingRunIsNothingToldOfTrainings(PaperFigure figure) {
        var findings = found(List.of(), figure);
        if (!figure.studies().isEmpty()) {
            assertThat(findings.items())
                    .allSatisfy(
                            item -> assertThat(item.verdict()).as("%s", item).isEqualTo(Verdict.CANNOT_TELL));
        }
        assertThat(findings.tally().items()).isEqualTo(findings.items().size());
    }

    @Test
    void everyPublishedPointIsAnItem() {
        assertThat(points(PaperFigure.FIG1)).isEqualTo(48 + 6);
        assertThat(points(PaperFigure.FIG3)).isEqualTo(60);
        assertThat(points(PaperFigure.FIG4)).isEqualTo(2 * 180 + 9);
        assertThat(points(PaperFigure.FIG5)).isEqualTo(51 + 30 + 48);
        assertThat(points(PaperFigure.FIG9)).isEqualTo(170 + 6);
        assertThat(points(PaperFigure.FIG14)).isEqualTo(90 + 30 + 5);
        assertThat(points(PaperFigure.FIG16)).isEqualTo(102);
    }

    @Test
    void planted54Of60PointsAreTheTarget() {
        assertThat(target(PaperFigure.FIG3, represented(6)).verdict()).isEqualTo(Verdict.REPRODUCED);
        assertThat(target(PaperFigure.FIG3, represented(6)).why()).startsWith("54 of 60 agree, 54 were asked");
        assertThat(target(PaperFigure.FIG3, represented(7)).verdict()).isEqualTo(Verdict.DIFFERS);
    }

    /// All 60 points as published, but `off` of them 0.06 away.
    private static List<JobResult> represented(int off) {
        var records = new ArrayList<JobResult>();
        for (var point : PublishedToy.representedFractions()) {
            double shift = records.size() < off ? (point.value() > 0.5 ? -0.06 : 0.06) : 0;
            records.add(Planted.asPublished(
                    point.setting(), 1, new Numbers(0.1, point.value() + shift, 0.5, 0.02, 0.01, 0.5)));
        }
        return records;
    }

    @Test
    void targetOfWeakLossesCountsOnlyThePointsRun() {
        var records = new ArrayList<JobResult>();
        for (var point : PublishedToy.weakPoints().subList(0, 10)) {
            double factor = records.size() < 2 ? 1.06 : 1.04;
            records.add(Planted.asPublished(
                    point.loss().setting(), 1, Numbers.of(factor * point.loss().value())));
        }
        var target = target(PaperFigure.FIG4, records);
        assertThat(target.verdict()).isEqualTo(Verdict.REPRODUCED);
        assertThat(target.why())
                .startsWith(
                        "8 of 10 agree, 8 were asked; 10 of 180 points were run as published. In the mean ours are higher")
                .contains("two trainings of the 5 settings that its figures 4a and 14a share are 3.72 to 10.6 %")
                .endsWith("At alpha 0, where all features weigh the same, 8 of 10 agree.");
    }

    @Test
    void plantedExponentIsFoundWithItsError() {
        var items = found(curve(ToySetting.small(1, 1, -5 / 9.0, 100), 1, m -> Math.pow(m, -1.1)), PaperFigure.FIG5)
                .items();
        var item = items.stream()
                .filter(one -> one.subject().kind() == Kind.FIT && one.ours().isPresent())
                .findFirst()
                .orElseThrow();
        assertThat(item.ours().orElseThrow().value()).isEqualTo(1.1, within(1e-9));
        assertThat(item.subject().setting()).isEqualTo("alpha 1, gamma -0.556");
        assertThat(item.verdict()).isEqualTo(Verdict.REPRODUCED);
    }

    @Test
    void curveThatLacksAWidthIsNoFit() {
        var records = curve(ToySetting.small(1, 1, -5 / 9.0, 100), 1, m -> 1 / m);
        var evidence = Evidence.of(records.subList(0, 5));
        assertThat(evidence.curve(ToySetting.small(1, 1, -5 / 9.0, 100), ToySetting.WIDTHS))
                .isEmpty();
    }

    @Test
    void exponentIsThatOfTheMeansOverSeedsAndTellsTheirScatter() {
        var setting = ToySetting.small(1, 1, -5 / 9.0, 100);
        var records = new ArrayList<>(curve(setting, 1, m -> Math.pow(m, -1.0)));
        records.addAll(curve(setting, 2, m -> Math.pow(m, -1.2)));
        var exponent = Evidence.of(records)
                .curve(setting, ToySetting.WIDTHS)
                .orElseThrow()
                .exponent(0);
        assertThat(exponent.value()).isEqualTo(1.1, within(1e-9));
        assertThat(exponent.seeds()).isEqualTo(2);
        assertThat(exponent.scatter()).isEqualTo(0.2 / Math.sqrt(2), within(1e-9));
    }

    @Test
    void trainingAsPublishedGoesBeforeAnyOther() {
        var setting = ToySetting.small(1, 1, -5 / 9.0, 63);
        var evidence = Evidence.of(List.of(
                Planted.shorter(setting, 1, Numbers.of(0.5)), Planted.asPublished(setting, 1, Numbers.of(0.1))));
        var sample = evidence.at(setting).orElseThrow();
        assertThat(sample.training().asPublished()).isTrue();
        assertThat(sample.measured(reading -> reading.loss().test())
                        .orElseThrow()
                        .value())
                .isEqualTo(0.1);
    }

    @Test
    void shorterTrainingsAreLabelledAndTheirLevelsNotJudged() {
        var setting = ToySetting.small(1, 1, -5 / 9.0, 63);
        var items = found(List.of(Planted.shorter(setting, 1, Numbers.of(0.118))), PaperFigure.FIG14)
                .items();
        assertThat(items)
                .filteredOn(item -> item.ours().isPresent())
                .isNotEmpty()
                .allSatisfy(item -> {
                    assertThat(item.verdict()).isEqualTo(Verdict.CANNOT_TELL);
                    assertThat(item.why()).contains("2,000 steps of 2,048");
                });
    }

    @Test
    void publishedZeroVariancesAreNoTarget() {
        var setting = ToySetting.small(0, 1, -5 / 9.0, 100);
        var findings = found(
                List.of(Planted.asPublished(setting, 1, new Numbers(0.14, 1, 0.94, 0.009, 0.009, 0.8))),
                PaperFigure.FIG5);
        var point = findings.items().stream()
                .filter(item -> item.subject().quantity().startsWith("variance")
                        && item.ours().isPresent())
                .findFirst()
                .orElseThrow();
        assertThat(point.verdict()).isEqualTo(Verdict.CANNOT_TELL);
        assertThat(point.why()).contains("Ours is 0.776");
        var claim = claim(findings, "no variance");
        assertThat(claim.verdict()).isEqualTo(Verdict.DIFFERS);
        assertThat(claim.why()).contains("Of 7 published zeros we ran 1");
    }

    @Test
    void flatExponentsOfThePaperItselfSpeakAgainstOne() {
        var records = new ArrayList<JobResult>();
        for (double alpha : new double[] {0, 0.25, 0.5}) {
            records.addAll(curve(ToySetting.small(alpha, 1, -5 / 9.0, 100), 1, m -> Math.pow(m, -0.82)));
        }
        var claim = claim(found(records, PaperFigure.FIG5), "alpha_m is 1 at flat");
        assertThat(claim.verdict()).isEqualTo(Verdict.DIFFERS);
        assertThat(claim.why()).contains("Ours are 0.82").contains("the paper's own are 0.783 to 0.912");
    }

    /// The finite sum's exponents, planted, are told from alpha - 1.
    @Test
    void weakExponentsAreHeldAgainstBothTheories() {
        var records = new ArrayList<JobResult>();
        var planted = PublishedToy.weakIdeals().stream()
                .filter(ideal -> ideal.alpha() == 1.5)
                .findFirst()
                .orElseThrow();
        records.addAll(curve(
                ToySetting.small(1.5, 1, 3 / 9.0, 100),
                1,
                m -> planted.losses().get(ToySetting.WIDTHS.indexOf((int) m))));
        var claim = claim(found(records, PaperFigure.FIG4), "alpha - 1");
        assertThat(claim.verdict()).isEqualTo(Verdict.DIFFERS);
        assertThat(claim.why()).contains("chi² of 1 points").contains("The paper's own: chi² of 9 points is 34.1");
    }

    @Test
    void lossThatGrowsFasterThanDensityIsNotProportional() {
        var records = new ArrayList<JobResult>();
        for (var point : PublishedToy.densityLosses()) {
            records.add(Planted.asPublished(point.setting(), 1, Numbers.of(point.value())));
        }
        var findings = found(records, PaperFigure.FIG14);
        assertThat(claim(findings, "proportional").verdict()).isEqualTo(Verdict.DIFFERS);
        assertThat(findings.tallies().getFirst().reproduced()).isEqualTo(90);
    }

    @Test
    void tableHasOneRowForEachItemAndReadsBack() throws IOException {
        var findings = Findings.of(Evidence.of(represented(1)), Arrays.asList(PaperFigure.values()));
        var table = ItemTable.of(findings);
        long items = findings.stream().mapToLong(found -> found.items().size()).sum();
        assertThat(table.rows()).hasSize((int) items);
        var csv = Csv.read("items.csv", new StringReader(table.toCsv()));
        int verdict = csv.indexOf("verdict");
        assertThat(csv.lines().stream().map(line -> line.fields().get(verdict)).collect(Collectors.toSet()))
                .isSubsetOf("reproduced", "differs", "cannot be told");
    }

    private static Findings found(List<JobResult> records, PaperFigure figure) {
        return Findings.of(Evidence.of(records), List.of(figure)).getFirst();
    }

    private static long points(PaperFigure figure) {
        return found(List.of(), figure).items().stream()
                .filter(item ->
                        item.subject().kind() == Kind.POINT || item.subject().kind() == Kind.FIT)
                .count();
    }

    private static Item target(PaperFigure figure, List<JobResult> records) {
        return found(records, figure).items().stream()
                .filter(item -> item.subject().kind() == Kind.TARGET)
                .findFirst()
                .orElseThrow();
    }

    private static Item claim(Findings findings, String part) {
        return findings.statements().stream()
                .filter(item -> item.subject().quantity().contains(part))
                .findFirst()
                .orElseThrow();
    }

    private static List<JobResult> curve(ToySetting setting, long seed, DoubleUnaryOperator loss) {
        return ToySetting.WIDTHS.stream()
                .map(width -> Planted.asPublished(
                        ToySetting.small(setting.alpha(), setting.density(), setting.decay(), width),
                        seed,
                        Numbers.of(loss.applyAsDouble(width))))
                .toList();
    }
}
