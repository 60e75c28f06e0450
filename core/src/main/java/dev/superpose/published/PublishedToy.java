package dev.superpose.published;

import dev.superpose.published.PaperTable.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The values of the paper's figures of the toy model, each of one training, in the order of the
/// tables.
public final class PublishedToy {
    /// Gamma of the strong and of the weak trainings of figure 1.
    public static final double LARGE_STRONG_DECAY = -1;

    /// See [#LARGE_STRONG_DECAY].
    public static final double LARGE_WEAK_DECAY = 0.1;

    /// Gamma of figures 5c, 5d and 14b.
    public static final double STRONG_DECAY = ToySetting.decay(-0.556);

    /// alpha of the power law of figure 1.
    public static final double LARGE_ALPHA = 1.2;

    private static final List<ToyValue> LARGE_LOSSES = readLargeLosses();
    private static final List<ToyValue> REPRESENTED = readRepresented();
    private static final List<WeakPoint> WEAK = readWeak();
    private static final List<ToyValue> VARIANCE_RATIOS =
            byAlphaAndWidth("fig5c_var_ratio_gamma-0.556.csv", "var_sq_overlap_over_random", STRONG_DECAY, 0.003, 0);
    private static final List<ToyValue> STRONG_OVERLAPS =
            byAlphaAndWidth("fig5d_strong_mean_sq_overlap.csv", "mean_sq_overlap_strong", STRONG_DECAY, 0, 0.003);
    private static final List<ToyValue> STRONG_FRACTIONS =
            byAlphaAndWidth("fig16_phi1_gamma-1.csv", "phi1", -1, 0.003, 0);
    private static final List<ToyExponent> EXPONENTS = readExponents();
    private static final List<ToyExponent> EXPONENT_MAP = readExponentMap();
    private static final List<ToyValue> DENSITY_LOSSES = readDensityLosses();
    private static final List<ToyValue> DENSITY_WIDTH_LOSSES = readDensityWidthLosses();
    private static final List<WeakIdeal> WEAK_IDEALS = readWeakIdeals();

    private PublishedToy() {}

    /// One weak training of figure 4a.
    ///
    /// @param loss test loss, summed over features
    /// @param represented how many rows have a norm above 1/2
    public record WeakPoint(ToyValue loss, ToyValue represented) {}

    /// What theory says of the six widths and 1000 features; not in the paper.
    ///
    /// @param alpha of the feature frequencies
    /// @param losses with exactly the m most frequent features represented, for each of
    ///     [ToySetting#WIDTHS]
    /// @param exponent minus the slope of ln loss on ln m through them
    /// @param standardError of that slope
    /// @param rSquared of that line
    public record WeakIdeal(double alpha, List<Double> losses, double exponent, double standardError, double rSquared) {
        public WeakIdeal {
            losses = List.copyOf(losses);
        }
    }

    /// Figure 1: test losses at n = 10240.
    public static List<ToyValue> largeLosses() {
        return LARGE_LOSSES;
    }

    /// Figure 3b: phi_1/2 at alpha = 1, for ten gammas and six widths.
    public static List<ToyValue> representedFractions() {
        return REPRESENTED;
    }

    /// Figure 4a: loss and number represented at gamma above 0, for six alphas.
    public static List<WeakPoint> weakPoints() {
        return WEAK;
    }

    /// Figure 5c: variance of the squared overlaps of rows with norm above 1, over that of random
    /// directions. The zeros among them could not be found again, see [PublishedStatements].
    public static List<ToyValue> varianceRatios() {
        return VARIANCE_RATIOS;
    }

    /// Figure 5d: mean squared overlap of rows with norm above 1.
    public static List<ToyValue> strongOverlaps() {
        return STRONG_OVERLAPS;
    }

    /// Figure 16: phi_1, the share of rows with norm above 1, at gamma = -1.
    public static List<ToyValue> strongFractions() {
        return STRONG_FRACTIONS;
    }

    /// Figure 5e, and the nine points of figure 4b at gamma above 0: exponents with
    /// standard errors.
    public static List<ToyExponent> exponents() {
        return EXPONENTS;
    }

    /// Figure 9b: the exponents for all ten gammas and 17 alphas, from the colours of a map.
    public static List<ToyExponent> exponentMap() {
        return EXPONENT_MAP;
    }

    /// Figure 14a: loss against density at m = 63, alpha = 1.
    public static List<ToyValue> densityLosses() {
        return DENSITY_LOSSES;
    }

    /// Figure 14b: loss against width at five densities, alpha = 1.
    public static List<ToyValue> densityWidthLosses() {
        return DENSITY_WIDTH_LOSSES;
    }

    /// The ideal weak losses and their exponents for 17 alphas.
    public static List<WeakIdeal> weakIdeals() {
        return WEAK_IDEALS;
    }

    private static List<ToyValue> readLargeLosses() {
        return PaperTable.read("fig1_large_toy_losses_v1.csv").rows().stream()
                .map(row -> read(large(row), row.number("loss_per_sample_sum"), 0, 0.001))
                .toList();
    }

    private static ToySetting large(Row row) {
        String name = row.text("dist").split("\\(", -1)[0];
        FrequencyLaw law = FrequencyLaw.valueOf(name.toUpperCase(Locale.ROOT));
        return new ToySetting(
                ToySetting.LARGE,
                law,
                law == FrequencyLaw.POWER ? LARGE_ALPHA : Double.NaN,
                1,
                row.text("regime").equals("strong") ? LARGE_STRONG_DECAY : LARGE_WEAK_DECAY,
                row.whole("m"));
    }

    private static List<ToyValue> readRepresented() {
        var table = PaperTable.read("fig3b_phi_half_alpha1.csv");
        var values = new ArrayList<ToyValue>();
        for (Row row : table.rows()) {
            for (String column : table.columns("gamma=")) {
                var setting = ToySetting.small(1, 1, ToySetting.decay(key(column)), row.whole("m"));
                values.add(read(setting, row.number(column), 0.002, 0));
            }
        }
        return List.copyOf(values);
    }

    private static List<WeakPoint> readWeak() {
        return PaperTable.read("fig4a_weak_loss_vs_represented.csv").rows().stream()
                .map(row -> {
                    var setting = ToySetting.small(
                            row.number("alpha"), 1, ToySetting.decay(row.number("gamma")), row.whole("m"));
                    return new WeakPoint(
                            read(setting, row.number("loss"), 0, 0.005),
                            read(setting, row.number("number_represented"), 1, 0));
                })
                .toList();
    }

    private static List<ToyValue> byAlphaAndWidth(
            String resource, String column, double decay, double absolute, double relative) {
        return PaperTable.read(resource).rows().stream()
                .map(row -> read(
                        ToySetting.small(row.number("alpha"), 1, decay, row.whole("m")),
                        row.number(column),
                        absolute,
                        relative))
                .toList();
    }

    private static List<ToyExponent> readExponents() {
        return PaperTable.read("fig5e_model_exponent_vs_alpha.csv").rows().stream()
                .map(row -> new ToyExponent(
                        atAllWidths(row.number("alpha"), row.number("gamma")),
                        row.number("alpha_m"),
                        row.number("std_err"),
                        0.003))
                .toList();
    }

    private static List<ToyExponent> readExponentMap() {
        var table = PaperTable.read("fig9b_alpha_m_heatmap_decoded.csv");
        var exponents = new ArrayList<ToyExponent>();
        for (Row row : table.rows()) {
            for (String column : table.columns("gamma=")) {
                exponents.add(new ToyExponent(
                        atAllWidths(row.number("alpha"), key(column)), row.number(column), Double.NaN, 0.02));
            }
        }
        return List.copyOf(exponents);
    }

    private static ToySetting atAllWidths(double alpha, double printedDecay) {
        return ToySetting.small(alpha, 1, ToySetting.decay(printedDecay), ToySetting.WIDTHS.getLast());
    }

    private static List<ToyValue> readDensityLosses() {
        var table = PaperTable.read("fig14a_loss_vs_E_m63_alpha1.csv");
        var values = new ArrayList<ToyValue>();
        for (Row row : table.rows()) {
            for (String column : table.columns("E=")) {
                var setting =
                        ToySetting.small(1, ToySetting.density(key(column)), ToySetting.decay(row.number("gamma")), 63);
                values.add(read(setting, row.number(column), 0, 0.01));
            }
        }
        return List.copyOf(values);
    }

    private static List<ToyValue> readDensityWidthLosses() {
        // The five curves in the order of their names, E~1 to E~5.
        double[] densities = {1, 1.811, 3.432, 5.053, 7.485};
        var values = new ArrayList<ToyValue>();
        List<Row> rows = PaperTable.read("fig14b_loss_vs_m_png.csv").rows();
        for (int i = 0; i < densities.length; i++) {
            for (int width : ToySetting.WIDTHS) {
                var setting = ToySetting.small(1, ToySetting.density(densities[i]), STRONG_DECAY, width);
                values.add(read(setting, rows.get(i).number(Integer.toString(width)), 0, 0.02));
            }
        }
        return List.copyOf(values);
    }

    private static List<WeakIdeal> readWeakIdeals() {
        return PaperTable.read("theory_weak_ideal_n1000.csv").rows().stream()
                .map(row -> new WeakIdeal(
                        row.number("alpha"),
                        ToySetting.WIDTHS.stream()
                                .map(width -> row.number("L_m" + width))
                                .toList(),
                        row.number("alpha_m"),
                        row.number("se"),
                        row.number("R2")))
                .toList();
    }

    private static ToyValue read(ToySetting setting, double value, double absolute, double relative) {
        return new ToyValue(setting, value, Math.max(absolute, relative * value));
    }

    /// The number behind the `=` of a column's name.
    private static double key(String column) {
        return Double.parseDouble(column.substring(column.indexOf('=') + 1));
    }
}
