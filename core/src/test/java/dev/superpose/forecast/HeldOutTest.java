package dev.superpose.forecast;

import static dev.superpose.forecast.Planted.SEED;
import static dev.superpose.forecast.Planted.fitted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.superpose.result.Csv;
import dev.superpose.runs.Quantity;
import dev.superpose.runs.Runs;
import dev.superpose.runs.Sizes;
import dev.superpose.scaling.Fitter;
import dev.superpose.scaling.Form;
import dev.superpose.scaling.Forms;
import dev.superpose.scaling.Objective;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Large runs of published families, foretold from the small ones (`samples/scaling`, with sources
/// and licences there).
class HeldOutTest {
    private static final Path SAMPLES = Path.of("../samples/scaling");
    private static final Fitter HUBER = new Fitter(new Objective.HuberLog(Objective.USUAL_DELTA), 16, SEED);
    private static final Fitter SQUARES = new Fitter(new Objective.LogLeastSquares(), 16, SEED);

    /// Gadre et al. 2024 foretell the loss of their 1.4 B and 6.9 B models to 0.7 % from a subset
    /// of the small runs; here all small runs are fitted.
    @ParameterizedTest
    @ValueSource(strings = {"c4_original", "rpj", "rw_original"})
    void foretellsGadresLargeModels(String data) throws IOException {
        var table = Csv.read(SAMPLES.resolve("gadre_overtrain_104.csv"));
        var all = runs(table, "name", "N", "loss_c4_val", name -> name.startsWith(data));

        var forecasts = forecasts(Forms.tied(), HUBER, all, 1e9);

        assertThat(forecasts).hasSize(3).allMatch(HeldOut::covered);
        double[] errors = forecasts.stream()
                .mapToDouble(HeldOut::error)
                .map(Math::abs)
                .sorted()
                .toArray();
        assertThat(errors[1]).isLessThan(0.012);
        assertThat(errors[2]).isLessThan(0.06);
    }

    /// Bhagia et al. 2024 (OLMo ladder): 7 B and 13 B models from 190 M to 1.3 B ones, at 2.3
    /// decades more compute.
    @Test
    void foretellsTheModelsOverTheOlmoLadder() throws IOException {
        var table = Csv.read(SAMPLES.resolve("olmo_ladder_finals.csv"));
        var all = runs(table, "run", "N_nonemb", "loss_c4_en", _ -> true);

        var forecasts = forecasts(Forms.chinchilla(), SQUARES, all, 2e9);

        assertThat(forecasts).hasSize(17).allMatch(HeldOut::covered);
        assertThat(forecasts.stream().filter(HeldOut::coveredByTheCurve)).hasSizeLessThan(15);
        var finals = forecasts.stream()
                .filter(run ->
                        List.of("peteish13_eval_final", "peteish7_eval_anneal").contains(run.label))
                .toList();
        assertThat(finals).hasSize(2).allSatisfy(run -> {
            assertThat(Math.abs(run.error)).isLessThan(0.025);
            assertThat(run.forecast.beyondBackTest()).isTrue();
        });
    }

    /// One large run.
    ///
    /// @param error ln(measured / foretold)
    private record HeldOut(String label, double measured, double error, Forecast forecast) {
        boolean covered() {
            return forecast.interval().contains(measured);
        }

        boolean coveredByTheCurve() {
            return forecast.curve().contains(measured);
        }
    }

    private static List<HeldOut> forecasts(Form form, Fitter fitter, List<Runs.Run> all, double largest) {
        var small = Runs.of(all.stream()
                .filter(run -> run.sizes().get(Quantity.PARAMETERS) < largest)
                .toList());
        var forecaster = Forecaster.of(fitted(fitter.fit(form, small)), BackTest.of(form, fitter, small), 0.95);
        return all.stream()
                .filter(run -> run.sizes().get(Quantity.PARAMETERS) >= largest)
                .map(run -> {
                    var forecast = forecaster.at(run.sizes());
                    return new HeldOut(run.label(), run.loss(), Math.log(run.loss() / forecast.loss()), forecast);
                })
                .toList();
    }

    private static List<Runs.Run> runs(
            Csv table, String label, String parameters, String loss, Predicate<String> wanted) {
        var runs = new ArrayList<Runs.Run>();
        for (var line : table.lines()) {
            String name = line.fields().get(table.indexOf(label));
            if (wanted.test(name)) {
                runs.add(new Runs.Run(
                        name,
                        Sizes.of(number(table, line, parameters), number(table, line, "D")),
                        number(table, line, loss)));
            }
        }
        return runs;
    }

    private static double number(Csv table, Csv.Line line, String column) {
        return Double.parseDouble(line.fields().get(table.indexOf(column)));
    }
}
