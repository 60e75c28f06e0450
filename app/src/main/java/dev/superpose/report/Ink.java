package dev.superpose.report;

import java.util.Arrays;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/// The colours of a figure by what they stand for. A document names them as parameters, so that a
/// page can give them other values on a dark ground.
///
/// The light values are the palette of Okabe and Ito (2008), told apart by people with every
/// common kind of colour blindness; the dark ones are the same hues, lighter.
enum Ink {
    BLUE("#0072B2", "#4FA8E0"),
    VERMILLION("#D55E00", "#F0803C"),
    GREEN("#009E73", "#2CBF94"),
    PURPLE("#B0588E", "#DC8FBE"),
    ORANGE("#C98A00", "#F0B93A"),
    SKY("#3F9ACB", "#86CDF2"),
    /// Theory, guides and bounds.
    GREY("#6B7280", "#9AA4B2"),
    /// Words and outlines.
    TEXT("#1F2328", "#E6EAF0");

    private static final String OF_DATUM = Arrays.stream(values())
            .map(ink -> ink.parameter() + ": " + ink.parameter())
            .collect(Collectors.joining(", ", "{", "}[datum.ink]"));

    private final String light;
    private final String dark;

    Ink(String light, String dark) {
        this.light = light;
        this.dark = dark;
    }

    /// Makes `mark` take the ink that the field `ink` of its data names.
    static void colour(ObjectNode mark) {
        mark.putObject("color").put("expr", OF_DATUM);
    }

    /// The name of the parameter in the document.
    String parameter() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /// The colour on a light ground, as `#rrggbb`.
    String light() {
        return light;
    }

    /// The colour on a dark ground, as `#rrggbb`.
    String dark() {
        return dark;
    }
}
