package dev.superpose.report;

import dev.superpose.numeric.FloatMatrix;
import dev.superpose.report.HtmlReport.Fact;
import dev.superpose.report.HtmlReport.Paragraph;
import dev.superpose.report.WeightFigures.Weights;
import dev.superpose.result.Provenance;
import dev.superpose.result.Table;
import dev.superpose.study.Conclusions;
import dev.superpose.study.JobResult;
import dev.superpose.study.Overview;
import dev.superpose.study.Series;
import dev.superpose.study.StudyFolder;
import dev.superpose.study.StudyResults;
import dev.superpose.toy.FeatureFrequencies;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The report of a study: what it says, its figures, and where they came from.
///
/// @param results what the study has come to
/// @param folder where the weights lie
/// @param models real models to show beside; may be empty
/// @param command the command line that makes the report again
/// @param provenance of the report: this program on this machine, the study's inputs and the
/// models' files
public record StudyReport(
        StudyResults results, StudyFolder folder, List<ModelMatrix> models, String command, Provenance provenance) {
    /// The width whose matrices are shown: small enough for its map to be read.
    private static final double LEGIBLE_WIDTH = 25;

    /// As many laws of frequencies as are named one by one.
    private static final int MOST_LAWS = 6;

    /// Takes a copy of the models.
    public StudyReport {
        models = List.copyOf(models);
    }

    /// Writes `report.html`, and every figure as `figures/ID.svg` and `figures/ID.vl.json`, into
    /// the study's folder; `ID.png` too if `png`. Each file is there whole or not at all.
    ///
    /// @return the page
    public Path write(boolean png) throws IOException {
        return ReportFiles.write(page(), folder.root(), png);
    }

    /// The page, its figures not yet drawn.
    HtmlReport page() throws IOException {
        var study = results.study();
        int done = results.results().size();
        int planned = done + results.missing().size();
        String size = "%s%s, n = %s features, m = %s, %s"
                .formatted(
                        done == planned ? "" : done + " of ",
                        planned == 1 ? "one training" : planned + " trainings",
                        Words.span(study.features()),
                        Words.span(study.widths()),
                        frequencies(study.frequencies()));
        List<Series> all = results.series();
        List<Figure> geometry = geometry(all);
        if (!geometry.isEmpty()) {
            return new HtmlReport(study.name(), size, opening(), Optional.empty(), geometry, facts());
        }
        return new HtmlReport(study.name(), size, conclusions(all), summary(all), figures(all), facts());
    }

    /// The laws of frequencies in few words: of many power laws the range of their exponents.
    private static String frequencies(List<FeatureFrequencies> laws) {
        double[] alphas = laws.stream()
                .flatMap(law ->
                        law instanceof FeatureFrequencies.Power(double alpha) ? Stream.of(alpha) : Stream.empty())
                .mapToDouble(alpha -> alpha)
                .sorted()
                .toArray();
        return alphas.length == laws.size() && alphas.length > MOST_LAWS
                ? "%d exponents α = %s … %s"
                        .formatted(alphas.length, Words.number(alphas[0]), Words.number(alphas[alphas.length - 1]))
                : String.join(
                        ", ", laws.stream().map(Curve::frequencies).distinct().toList());
    }

    /// What was asked, and whether all of it is there.
    private List<Paragraph> opening() {
        var paragraphs = new ArrayList<Paragraph>();
        if (!results.study().description().isBlank()) {
            paragraphs.add(new Paragraph("", results.study().description()));
        }
        if (!results.missing().isEmpty()) {
            paragraphs.add(new Paragraph(
                    "Not finished.",
                    "%d trainings are missing; the numbers are those of the rest. The same command goes on with them."
                            .formatted(results.missing().size())));
        }
        return paragraphs;
    }

    private List<Paragraph> conclusions(List<Series> all) {
        List<Paragraph> paragraphs = opening();
        if (Variation.of(all).few()) {
            for (Curve curve : Curve.of(all)) {
                paragraphs.add(new Paragraph(
                        curve.label() + ".",
                        String.join(" ", Conclusions.of(curve.series()).sentences())));
            }
        } else {
            Overview.of(all).forEach(sentence -> paragraphs.add(new Paragraph("", sentence)));
            paragraphs.add(new Paragraph(
                    "More.",
                    "%d conditions are told of together; results.csv holds every training, summary.json what each condition says."
                            .formatted(all.size())));
        }
        paragraphs.addAll(ModelWords.families(models));
        return paragraphs;
    }

    private Optional<Table> summary(List<Series> all) {
        if (all.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                Variation.of(all).few() ? StudySummaryTable.ofFew(Curve.of(all)) : StudySummaryTable.ofMany(all));
    }

    private List<Figure> figures(List<Series> all) throws IOException {
        var figures = new ArrayList<Figure>();
        List<Curve> curves = Curve.of(all);
        if (!curves.isEmpty()) {
            figures.addAll(StudyChoice.figures(all, curves, results.results(), command));
            GroupOverlapFigure.of(results.results(), this::weights, command).ifPresent(figures::add);
            List<Weights> examples = examples(curves);
            figures.add(WeightFigures.norms(examples, command));
            figures.add(WeightFigures.heatMap(examples, command));
        }
        if (!models.isEmpty()) {
            figures.add(OverlapFigure.beside(curves, new ModelFigures(models, command)));
        }
        return figures;
    }

    /// The figures of a study without any curve over widths: what there is to see is in
    /// the weights. Else empty.
    private List<Figure> geometry(List<Series> all) throws IOException {
        boolean overWidths = all.stream().anyMatch(series -> series.points().size() > 1);
        return overWidths ? List.of() : GeometryFigures.of(GeometryFigures.trained(results.results(), folder), command);
    }

    /// One trained matrix of the strong and one of the weak regime, of a width that makes a
    /// legible map; of a study with only one of the two, that.
    private List<Weights> examples(List<Curve> curves) throws IOException {
        var chosen = new ArrayList<Curve>();
        curves.stream().filter(Curve::strong).findFirst().ifPresent(chosen::add);
        curves.stream().filter(Curve::weak).findFirst().ifPresent(chosen::add);
        if (chosen.isEmpty()) {
            chosen.add(curves.getFirst());
        }
        var examples = new ArrayList<Weights>();
        for (Curve curve : chosen) {
            JobResult run = curve.runs().stream()
                    .min(Comparator.comparingDouble((JobResult candidate) ->
                                    Math.abs(Math.log(candidate.config().width() / LEGIBLE_WIDTH)))
                            .thenComparingLong(candidate -> candidate.config().seed()))
                    .orElseThrow();
            examples.add(new Weights(
                    curve.label(),
                    curve.style(),
                    byFrequency(weights(run), run.config().probabilities())));
        }
        return examples;
    }

    private FloatMatrix weights(JobResult run) throws IOException {
        return folder.model(run.job()).weights();
    }

    /// The rows of `w`, (n, m), by falling probability; equal ones in their order.
    private static FloatMatrix byFrequency(FloatMatrix w, double[] probabilities) {
        var order = new Integer[w.rows()];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble(i -> -probabilities[i]));
        int m = w.columns();
        var sorted = new float[w.data().length];
        for (int i = 0; i < order.length; i++) {
            System.arraycopy(w.data(), order[i] * m, sorted, i * m, m);
        }
        return new FloatMatrix(w.rows(), m, sorted);
    }

    private List<Fact> facts() {
        var facts = new ArrayList<Fact>();
        facts.add(new Fact("made again by", command));
        facts.addAll(ReportFiles.facts(provenance));
        var study = results.study();
        for (var recipe : study.recipes()) {
            facts.add(new Fact(
                    "training",
                    "%d steps (%d warm-up) of %d samples, learning rate %s (W) and %s (b), %s; test loss over %d batches"
                            .formatted(
                                    recipe.steps(),
                                    recipe.warmup(),
                                    recipe.batch(),
                                    recipe.learningRate().label(),
                                    recipe.biasLearningRate().label(),
                                    recipe.schedule().name().toLowerCase(java.util.Locale.ROOT),
                                    recipe.testBatches())));
        }
        facts.add(new Fact(
                "seeds",
                String.join(", ", study.seeds().stream().map(String::valueOf).toList())));
        trainedOn().forEach((machine, count) -> facts.add(new Fact("trained by", machine + ": " + count)));
        return facts;
    }

    /// How many trainings each kind of machine and build did.
    private Map<String, Integer> trainedOn() {
        var counts = new LinkedHashMap<String, Integer>();
        for (JobResult run : results.results()) {
            Provenance from = run.provenance();
            counts.merge(
                    "%s (%s), %s, %s, %s".formatted(from.version(), from.commit(), from.jdk(), from.cpu(), from.blas()),
                    1,
                    Integer::sum);
        }
        return counts;
    }
}
