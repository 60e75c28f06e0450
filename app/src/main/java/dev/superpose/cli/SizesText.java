package dev.superpose.cli;

import dev.superpose.runs.Meaning;
import dev.superpose.runs.Quantity;
import dev.superpose.runs.Sizes;
import java.util.EnumMap;

/// Sizes as they are written on the command line: `N=7e9,D=2e12`, with a `group=NAME` where
/// the law has groups.
final class SizesText {
    private static final String FORM = "sizes are written NAME=VALUE,... such as N=7e9,D=2e12";

    private SizesText() {}

    /// @throws IllegalArgumentException if `text` is not written so
    static Sizes parse(String text) {
        var values = new EnumMap<Quantity, Double>(Quantity.class);
        String group = "";
        for (String part : text.split(",", -1)) {
            int equals = part.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("%s, not \"%s\"".formatted(FORM, text));
            }
            var meaning = Meaning.parse(part.substring(0, equals).strip());
            String value = part.substring(equals + 1).strip();
            if (meaning == Meaning.GROUP) {
                group = value;
            } else {
                values.put(
                        meaning.quantity()
                                .orElseThrow(() -> new IllegalArgumentException(
                                        "%s is no size; %s".formatted(meaning.word(), FORM))),
                        number(value, text));
            }
        }
        return new Sizes(values, group);
    }

    private static double number(String value, String text) {
        try {
            return Double.parseDouble(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("\"%s\" is no number; %s, not \"%s\"".formatted(value, FORM, text));
        }
    }
}
