package dev.superpose.reproduction;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/// Numbers as they stand in the sentences of this room.
final class Sentences {
    private Sentences() {}

    /// How far ours is from the published value and what is allowed.
    static String apart(Measured ours, Reference published, double allowed) {
        double difference = ours.value() - published.value();
        String training = ours.training().asPublished()
                ? ""
                : " (trained for %s)".formatted(ours.training().label());
        String by = "%s by %s%s"
                .formatted(
                        difference < 0 ? "Lower" : "Higher",
                        number(Math.abs(difference)),
                        share(difference, published));
        return Math.abs(difference) <= allowed
                ? "%s, %s allowed%s.".formatted(by, number(allowed), training)
                : "%s, %.1f times the %s allowed%s."
                        .formatted(by, Math.abs(difference) / allowed, number(allowed), training);
    }

    /// By how much ours are higher or lower in the mean, and how many of them: one sign for most
    /// points is a difference even where each is within its error.
    static String meanDifference(List<Item> items) {
        double[] differences = items.stream()
                .flatMap(item -> item.ours().stream()
                        .map(ours -> ours.value() - item.published().value()))
                .mapToDouble(Double::doubleValue)
                .toArray();
        double mean = Arrays.stream(differences).average().orElse(0);
        long same = Arrays.stream(differences)
                .filter(difference -> mean < 0 ? difference < 0 : difference > 0)
                .count();
        return "In the mean ours are %s by %s (%d of %d are)."
                .formatted(mean < 0 ? "lower" : "higher", number(Math.abs(mean)), same, differences.length);
    }

    private static String share(double difference, Reference published) {
        return published.value() == 0
                ? ""
                : String.format(Locale.ROOT, " (%.2g %%)", 100 * Math.abs(difference / published.value()));
    }

    /// To three digits, without zeros at the end.
    static String number(double value) {
        String text = String.format(Locale.ROOT, "%.3g", value);
        return text.contains(".") && !text.contains("e")
                ? text.replaceAll("0+$", "").replaceAll("\\.$", "")
                : text;
    }

    /// `0.98 ± 0.05`: both to two decimals.
    static String withError(double value, double error) {
        return String.format(Locale.ROOT, "%.2f ± %.2f", value, error);
    }

    /// The least and the most of some numbers, such as `0.79 to 0.84`.
    static String range(DoubleStream values) {
        double[] sorted = values.filter(Double::isFinite).sorted().toArray();
        if (sorted.length == 0) {
            return "–";
        }
        String least = number(sorted[0]);
        String most = number(sorted[sorted.length - 1]);
        return least.equals(most) ? least : least + " to " + most;
    }
}
