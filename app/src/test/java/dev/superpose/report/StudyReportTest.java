package dev.superpose.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.superpose.geometry.Geometry;
import dev.superpose.geometry.GeometryReport;
import dev.superpose.geometry.Verdict;
import dev.superpose.numeric.FloatMatrix;
import dev.superpose.numeric.RowBlocks;
import dev.superpose.result.Provenance;
import dev.superpose.result.Table;
import dev.superpose.study.Grid;
import dev.superpose.study.Job;
import dev.superpose.study.JobResult;
import dev.superpose.study.RateRule;
import dev.superpose.study.Recipe;
import dev.superpose.study.Study;
import dev.superpose.study.StudyFolder;
import dev.superpose.study.StudyResults;
import dev.superpose.study.ToyReading;
import dev.superpose.study.Widths;
import dev.superpose.toy.Correlation;
import dev.superpose.toy.FeatureFrequencies;
import dev.superpose.toy.Importance;
import dev.superpose.toy.ToyConfig;
import dev.superpose.toy.ToyModel;
import dev.superpose.toy.ToyTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class StudyReportTest {
    private static final int FEATURES = 60;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path root;

    @Test
    void everyFigureIsThereAndDrawn() throws IOException {
        StudyReport report = report(results(List.of(4, 8, 16), 0));
        Path page = report.write(false);
        var first = read(root);
        assertThat(page).isEqualTo(root.resolve("report.html"));
        var names = new ArrayList<String>();
        for (String id : List.of(
                "loss-against-width",
                "overlap-against-width",
                "overlap-map",
                "real-models",
                "represented-fraction",
                "row-norms")) {
            names.add("figures/" + id + ".svg");
            names.add("figures/" + id + ".vl.json");
        }
        names.add("report.html");
        assertThat(first.keySet()).containsExactlyInAnyOrderElementsOf(names);
        assertThat(report.page().html(Map.of())).isEqualTo(report.page().html(Map.of()));
        assertThat(first.get("report.html"))
                .doesNotContain("<script>alert", "not be drawn: ReferenceError</")
                .contains("falls as width<sup>−1");
    }

    @Test
    void lossIsDrawnByTrainingWithItsLawAndTheory() throws IOException {
        Figure loss = report(results(List.of(4, 8, 16), 0)).page().figures().getFirst();
        assertThat(points(loss.document())).isEqualTo(3 * 2 * 2);
        // Made as 3/m and 1/√m, without scatter.
        assertThat(loss.document().toString())
                .contains("strong, γ = −1: slope −1", "weak, γ = 1: slope −0.5", "guide: 1/m")
                .contains("theory: tail sum beyond m features");
        assertThat(loss.table().rows()).hasSize(12);
        assertThat(loss.table().numbers("tail_sum_ideal")[0]).isGreaterThan(0);
    }

    @Test
    void anUnfinishedStudySaysSo() throws IOException {
        HtmlReport page = report(results(List.of(4, 8, 16), 5)).page();
        assertThat(page.subtitle()).startsWith("7 of 12 trainings");
        assertThat(page.html(Map.of())).contains("5 trainings are missing");
        HtmlReport empty = report(results(List.of(4, 8, 16), 12)).page();
        assertThat(empty.figures()).extracting(Figure::id).containsExactly("real-models");
    }

    @Test
    void oneWidthAndOneConditionStillMakeAReport() throws IOException {
        HtmlReport page = report(results(List.of(8), 2)).page();
        assertThat(page.figures()).hasSize(6);
        assertThat(page.figures().getFirst().document().toString()).doesNotContain("slope");
    }

    @Test
    void inspectedModelsAreReported() throws IOException {
        var report = new InspectReport(
                models(), List.of("gone.safetensors: <b>damaged</b>"), "superpose inspect x", Provenance.here());
        Path file = root.resolve("inspect.html");
        report.write(file);
        assertThat(file)
                .content()
                .contains("Directions in use", "left out")
                .contains("<b>Missing.</b> gone.safetensors: &lt;b&gt;damaged&lt;/b&gt;.");
        HtmlReport page = report.page();
        assertThat(page.figures())
                .extracting(Figure::id)
                .containsExactly(
                        "real-models", "overlap-density", "overlap-quantiles", "row-norms", "eigenvalues", "spectrum");
        Table table = page.figures().getFirst().table();
        for (double value : table.numbers("mean_square_times_m")) {
            assertThat(value).isBetween(0.5, 2.0);
        }
    }

    @Test
    void exponentsAreDrawnOverThoseOfTheFrequencies() throws IOException {
        var laws = List.<FeatureFrequencies>of(
                new FeatureFrequencies.Power(0), new FeatureFrequencies.Power(1), new FeatureFrequencies.Power(2));
        List<Figure> figures =
                report(results(List.of(4, 8, 16), 0, laws)).page().figures();
        assertThat(figures).extracting(Figure::id).contains("exponents").hasSize(7);
        Table table = figures.get(1).table();
        for (int i = 0; i < 6; i++) {
            double expected = table.numbers("decay")[i] < 0 ? 1 : 0.5;
            assertThat(table.numbers("exponent")[i]).isCloseTo(expected, within(1e-9));
        }
    }

    @Test
    void weightsOfCorrelatedFeaturesAreMeasuredWithinAndAcrossTheirGroups() throws IOException {
        var together = new Correlation.Together(0.5, 10, Correlation.Groups.STRIDED);
        var tasks = List.of(ToyTask.PLAIN, new ToyTask(Importance.EQUAL, ToyTask.Output.RELU, together));
        var grid = grid(
                FEATURES, List.of(4, 8), List.of(new FeatureFrequencies.Power(1)), List.of(-1.0), tasks, List.of(1L));
        List<Figure> figures = report(results(grid, 0)).page().figures();
        assertThat(figures).extracting(Figure::id).contains("correlation", "group-overlaps");
    }

    @Test
    void aThousandTrainingsMakeAPageOfBoundedSize() throws IOException {
        var alphas = IntStream.range(0, 17)
                .mapToObj(i -> (FeatureFrequencies) new FeatureFrequencies.Power(i / 8.0))
                .toList();
        var decays = IntStream.range(0, 10).mapToObj(i -> -1 + 2 * i / 9.0).toList();
        var grid = grid(1000, PlantedRuns.WIDTHS, alphas, decays, List.of(ToyTask.PLAIN), List.of(1L));
        var study = Study.of("many", grid);
        var folder = StudyFolder.open(root);
        var results = new ArrayList<JobResult>();
        for (Job job : study.jobs()) {
            boolean strong = job.config().decay() < 0;
            int m = job.config().width();
            results.add(PlantedRuns.run(job.config(), strong ? 3.0 / m : 1 / Math.sqrt(m), strong ? 1 : 0.05, 0.5));
            if (m == 25) {
                StudyFolder.write(
                        folder.weights(job), new ToyModel(gaussian(1000, m, 1), new ToyModel.Bias(new float[1000])));
            }
        }
        var report = new StudyReport(
                new StudyResults(study, results, List.of()), folder, List.of(), "superpose study", Provenance.here());
        HtmlReport page = report.page();
        assertThat(results).hasSize(1020);
        assertThat(page.figures()).hasSizeBetween(8, 14);
        assertThat(page.conclusions()).hasSizeLessThan(12);
        assertThat(page.summary().orElseThrow().rows()).hasSize(10);
        assertThat(page.subtitle()).contains("17 exponents α = 0 … 2").hasSizeLessThan(120);
        assertThat(page.html(Map.of()).length()).isLessThan(5_000_000);
    }

    private StudyReport report(StudyResults results) throws IOException {
        return new StudyReport(
                results, StudyFolder.open(root), models(), "superpose study --out here", Provenance.here());
    }

    /// Random rows in two widths; names as a hostile file might have them.
    private static List<ModelMatrix> models() throws IOException {
        var models = new ArrayList<ModelMatrix>();
        for (int m : new int[] {5, 20}) {
            RowBlocks rows = RowBlocks.of(gaussian(40, m, m));
            GeometryReport geometry =
                    Geometry.measure(rows, Geometry.Options.standard().withThreads(1));
            models.add(new ModelMatrix(
                    "family",
                    "model-" + m + Samples.HOSTILE,
                    "model.safetensors",
                    "embed_out.weight",
                    "unembedding",
                    false,
                    "F32",
                    geometry,
                    Verdict.of(geometry, Verdict.Context.none()),
                    List.of("A note.")));
        }
        return models;
    }

    /// Strong and weak trainings of two seeds whose losses are exact laws; `missing` of
    /// them left out, from the end.
    private StudyResults results(List<Integer> widths, int missing) throws IOException {
        return results(widths, missing, List.of(new FeatureFrequencies.Power(1)));
    }

    private StudyResults results(List<Integer> widths, int missing, List<FeatureFrequencies> laws) throws IOException {
        return results(
                grid(FEATURES, widths, laws, List.of(-1.0, 1.0), List.of(ToyTask.PLAIN), List.of(1L, 2L)), missing);
    }

    private StudyResults results(Grid grid, int missing) throws IOException {
        var study = Study.of("test", grid);
        List<Job> jobs = study.jobs();
        List<Job> done = jobs.subList(0, jobs.size() - missing);
        var folder = StudyFolder.open(root);
        var results = new ArrayList<JobResult>();
        for (Job job : done) {
            results.add(result(job, folder));
        }
        return new StudyResults(study, results, jobs.subList(done.size(), jobs.size()));
    }

    private static Grid grid(
            int features,
            List<Integer> widths,
            List<FeatureFrequencies> laws,
            List<Double> decays,
            List<ToyTask> tasks,
            List<Long> seeds) {
        return new Grid(
                "",
                List.of(features),
                new Widths.Fixed(widths),
                laws,
                List.of(1.0),
                decays,
                tasks,
                seeds,
                new Recipe(
                        2048,
                        100,
                        10,
                        RateRule.constant(0.01),
                        RateRule.constant(0.01),
                        ToyConfig.Schedule.COSINE,
                        0.05,
                        1,
                        2));
    }

    private static JobResult result(Job job, StudyFolder folder) throws IOException {
        int m = job.config().width();
        boolean strong = job.config().decay() < 0;
        FloatMatrix w = gaussian(FEATURES, m, job.config().seed());
        if (!strong) {
            for (int i = 0; i < FEATURES; i++) {
                for (int j = 0; j < m; j++) {
                    w.set(i, j, i == j ? 0.99f : 0);
                }
            }
        }
        var model = new ToyModel(w, new ToyModel.Bias(new float[FEATURES]));
        StudyFolder.write(folder.weights(job), model);
        ToyReading reading =
                ToyReading.of(model, job.config().probabilities(), job.config().task(), 16, 2, 1);
        double loss = strong ? 3.0 / m : 1 / Math.sqrt(m);
        var exact = new ToyReading(
                new ToyReading.Loss(loss, loss, 0.01, 0.001, 2),
                reading.representedFraction(),
                reading.strongFraction(),
                reading.overlap(),
                reading.norm(),
                reading.spectrum(),
                reading.biasMean(),
                reading.positiveFraction());
        return new JobResult(job, exact, 1, Provenance.here());
    }

    private static FloatMatrix gaussian(int n, int m, long seed) {
        var random = new Random(seed);
        var w = FloatMatrix.zeros(n, m);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < m; j++) {
                w.set(i, j, (float) (random.nextGaussian() * 1.1 / Math.sqrt(m)));
            }
        }
        return w;
    }

    private static Map<String, String> read(Path folder) throws IOException {
        var files = new java.util.TreeMap<String, String>();
        try (var walk = Files.walk(folder)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                if (!file.startsWith(folder.resolve("jobs"))) {
                    files.put(folder.relativize(file).toString(), Files.readString(file));
                }
            }
        }
        return files;
    }

    /// How many single measurements a document draws.
    private static int points(JsonNode document) {
        int count = 0;
        for (JsonNode layer : document.get("layer")) {
            if (layer.at("/mark/type").asString().equals("point")
                    && layer.has("encoding")
                    && layer.at("/encoding/x").has("field")) {
                count += layer.at("/data/values").size();
            }
        }
        return count;
    }
}
