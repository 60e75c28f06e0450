package dev.superpose.scaling;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Whether the deviations of runs from a fitted law look as they would if the law were right and
/// all deviations alike and independent: what intervals rest on.
///
/// @param checks each with its p-value; those that could not be made for want of runs are missing
/// @param outliers runs further off than chance puts any of them
public record ResidualChecks(List<Check> checks, List<Outlier> outliers) {
    /// How often at least one check of a right law alarms.
    static final double FALSE_ALARMS = 0.05;

    private static final int MOST_NAMED = 3;

    public ResidualChecks {
        checks = List.copyOf(checks);
        outliers = List.copyOf(outliers);
    }

    /// One question asked of the residuals.
    ///
    /// @param name what was asked, such as `trend along N`
    /// @param statistic a rank correlation, or a ratio F of variances
    /// @param p how often a right law shows as much
    /// @param alarm whether that is too seldom for chance, given how many questions were asked
    /// @param sentence what it means and what to do
    public record Check(String name, double statistic, double p, boolean alarm, String sentence) {}

    /// A run that lies off.
    ///
    /// @param run its index
    /// @param label its label
    /// @param residual ln loss measured less predicted
    /// @param z the residual from their median, over their robust standard deviation
    public record Outlier(int run, String label, double residual, double z) {}

    /// Looks at the residuals of `fitted`.
    public static ResidualChecks of(Fit.Fitted fitted) {
        return new ResidualSurvey(fitted).checks();
    }

    /// What is wrong, as sentences with a remedy each; none if all is well.
    public List<String> warnings() {
        var warnings = new ArrayList<String>();
        if (!outliers.isEmpty()) {
            var farthest = outliers.stream()
                    .sorted(Comparator.comparingDouble(outlier -> -Math.abs(outlier.z)))
                    .limit(MOST_NAMED)
                    .map(outlier -> "%s lies %.1f standard deviations %s the law"
                            .formatted(outlier.label, Math.abs(outlier.z), outlier.z > 0 ? "above" : "below"))
                    .toList();
            int more = outliers.size() - farthest.size();
            warnings.add("%s%s: check these runs; Huber's objective (--objective huber) keeps their pull small"
                    .formatted(
                            String.join(", ", farthest), more > 0 ? ", and %d more are outliers".formatted(more) : ""));
        }
        checks.stream().filter(Check::alarm).map(Check::sentence).forEach(warnings::add);
        return List.copyOf(warnings);
    }
}
