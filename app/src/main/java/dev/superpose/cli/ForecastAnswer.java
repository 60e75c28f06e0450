package dev.superpose.cli;

import dev.superpose.forecast.BackTest;
import dev.superpose.forecast.BackTestedChoice;
import dev.superpose.forecast.Forecast;
import dev.superpose.forecast.Forecaster;
import dev.superpose.forecast.OtherLimits;
import dev.superpose.forecast.SizePath;
import dev.superpose.forecast.Statement;
import dev.superpose.forecast.TargetLoss;
import dev.superpose.forecast.Wall;
import dev.superpose.forecast.WidthLimit;
import dev.superpose.report.ForecastReport;
import dev.superpose.runs.Meaning;
import dev.superpose.runs.Quantity;
import dev.superpose.runs.Runs;
import dev.superpose.runs.Sizes;
import dev.superpose.scaling.Draws;
import dev.superpose.scaling.Fit;
import dev.superpose.scaling.Form;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All that `forecast` has to say.
///
/// @param choice between laws by their back-tests
/// @param fitting the law that was chosen, fitted to all runs
/// @param forecaster that law with its intervals
/// @param forecasts where they were asked for
/// @param target the size at which a target loss is reached, if one was given
/// @param along which size that is, and the wall's
/// @param wall what more of each size buys at the first place
/// @param walls the same at growing sizes, for a figure
/// @param gainEnd the size from which doubling it gains less than was asked
/// @param gain that was asked, in percent
/// @param statements on the end of the law, each with its basis
record ForecastAnswer(
        BackTestedChoice choice,
        Fitting fitting,
        Forecaster forecaster,
        List<Forecast> forecasts,
        Optional<TargetLoss> target,
        String along,
        Wall wall,
        List<Map.Entry<Double, Wall>> walls,
        double gainEnd,
        double gain,
        List<Statement> statements) {
    private static final double BEYOND = 10;
    private static final int WALL_STEPS = 24;
    private static final String RATIO = "ratio:";

    /// Empty if none of the laws could be fitted.
    static Optional<ForecastAnswer> of(
            WantedLaws wanted,
            List<String> at,
            TableOptions table,
            LawOptions options,
            IntervalOptions intervals,
            WallOptions wall)
            throws IOException {
        var subset = wanted.selected().subsets().getFirst();
        var runs = table.means ? subset.runs().geometricMeans() : subset.runs();
        var started = System.nanoTime();
        var fitter = options.fitter(wanted.forms().getFirst());
        var choice = BackTestedChoice.of(wanted.forms(), fitter, runs);
        var form = choice.chosen() == null ? wanted.forms().getFirst() : choice.chosen();
        var fit = fitter.fit(form, runs);
        if (!(fit instanceof Fit.Fitted fitted)) {
            return Optional.empty();
        }
        var fitting = Fitting.of(wanted.selected(), subset, fit, choice.reason(), intervals, options, started);
        var backTest = choice.rows().stream()
                .filter(row -> row.form().equals(form))
                .findFirst()
                .map(BackTestedChoice.Row::backTest)
                .orElseGet(() -> BackTest.of(form, fitter, runs));
        Optional<Draws> draws = fitting.judged().orElseThrow().uncertainty().draws();
        var forecaster = draws.isPresent()
                ? Forecaster.of(fitted, backTest, draws.get(), intervals.level)
                : Forecaster.of(fitted, backTest, intervals.level);
        var places = at.isEmpty()
                ? List.of(beyond(form, runs))
                : at.stream().map(text -> place(text, form)).toList();
        return Optional.of(answer(choice, fitting, forecaster, places, wall));
    }

    private static ForecastAnswer answer(
            BackTestedChoice choice, Fitting fitting, Forecaster forecaster, List<Sizes> places, WallOptions options)
            throws IOException {
        var fitted = forecaster.fitted();
        var law = fitted.law();
        var first = places.getFirst();
        var along = along(options, fitted.form());
        var path = path(options, along, first);
        double from = fitted.runs().range(along).getKey();
        double to = Math.max(fitted.runs().range(along).getValue(), first.get(along));
        var wall = Wall.of(law, first, options.cost());
        var walls = new ArrayList<Map.Entry<Double, Wall>>();
        for (int step = 0; step <= WALL_STEPS; step++) {
            double size = from * Math.pow(BEYOND * to / from, step / (double) WALL_STEPS);
            walls.add(Map.entry(size, Wall.of(law, path.at(size))));
        }
        var statements = new ArrayList<>(wall.statements());
        statements.addAll(theory(options, fitting, first));
        options.measured().ifPresent(study -> statements.add(study.statement()));
        return new ForecastAnswer(
                choice,
                fitting,
                forecaster,
                places.stream().map(forecaster::at).toList(),
                Optional.ofNullable(options.target).map(loss -> TargetLoss.of(forecaster, path, from, loss)),
                options.along == null ? along.word() : options.along,
                wall,
                walls,
                Wall.whereDoublingGainsLess(law, path, from, options.gain, options.unit()),
                options.gain,
                statements);
    }

    /// What theory says of the end of the law of width, and of data and depth.
    private static List<Statement> theory(WallOptions options, Fitting fitting, Sizes at) {
        var statements = new ArrayList<Statement>();
        var form = fitting.fit().form();
        if (options.features != null && at.has(Quantity.WIDTH)) {
            String what =
                    fitting.table().column(Meaning.VOCABULARY).isEmpty() ? "features given" : "tokens or features";
            statements.addAll(new WidthLimit(options.features, what).statements(at.get(Quantity.WIDTH)));
        }
        if (form.quantities().contains(Quantity.TOKENS)) {
            statements.addAll(OtherLimits.data(at));
        }
        if (form.quantities().contains(Quantity.DEPTH)) {
            statements.addAll(OtherLimits.depth());
        }
        return statements;
    }

    private static Quantity along(WallOptions options, Form form) {
        if (options.along != null && !options.along.startsWith(RATIO)) {
            var quantity = Meaning.parse(options.along)
                    .quantity()
                    .orElseThrow(() -> new IllegalArgumentException("--along names a size, not " + options.along));
            if (!form.quantities().contains(quantity)) {
                throw new IllegalArgumentException("--along %s: the law has no %s, it is %s"
                        .formatted(options.along, quantity.word(), form.formula()));
            }
            return quantity;
        }
        return form.quantities().contains(Quantity.WIDTH) && options.along == null
                ? Quantity.WIDTH
                : form.quantities().iterator().next();
    }

    private static SizePath path(WallOptions options, Quantity along, Sizes others) {
        if (options.along == null || !options.along.startsWith(RATIO)) {
            return SizePath.along(along, others);
        }
        try {
            return SizePath.tokensPerParameter(Double.parseDouble(options.along.substring(RATIO.length())));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--along is a size or ratio:20, not " + options.along);
        }
    }

    /// Ten times the effort of the largest run, shared evenly by the sizes of the law.
    private static Sizes beyond(Form form, Runs runs) {
        var sizes = new EnumMap<Quantity, Double>(Quantity.class);
        int count = form.quantities().size();
        form.quantities()
                .forEach(quantity ->
                        sizes.put(quantity, runs.range(quantity).getValue() * Math.pow(BEYOND, 1.0 / count)));
        return new Sizes(sizes, runs.groups().getFirst());
    }

    private static Sizes place(String text, Form form) {
        var sizes = SizesText.parse(text);
        for (var quantity : form.quantities()) {
            if (!sizes.has(quantity)) {
                throw new IllegalArgumentException("--at %s: the law %s also needs %s (%s)"
                        .formatted(text, form.formula(), quantity.symbol(), quantity.word()));
            }
        }
        return sizes;
    }

    ForecastReport.Answer forReport() {
        return new ForecastReport.Answer(
                fitting.name(), choice, forecaster, forecasts, along, walls, statements, fitting.warnings());
    }
}
