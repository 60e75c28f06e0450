package dev.superpose.reproduction;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A figure of the published study, or a question beyond it that a built-in study asks.
public enum PaperFigure {
    FIG1("Loss against width, n = 10,240", List.of("large")),
    FIG3("Share of features represented", List.of("decay", "exponents")),
    FIG4("Weak superposition: loss and theory", List.of("exponents")),
    FIG5("Strong superposition: overlaps and exponents", List.of("exponents")),
    FIG6("Overlaps in language models", List.of()),
    FIG8("Losses of language models against width", List.of()),
    FIG9("Exponents over decay and frequencies; how straight the lines are", List.of("exponents", "large")),
    FIG14("Density of activations", List.of("density")),
    FIG16("Share of features strongly represented", List.of("exponents")),
    FIG17("Overlaps of all features", List.of("exponents")),
    FIG18("Widths from 50 to 150", List.of("wide")),
    WALL("Widths up to the number of features and beyond", List.of("wall")),
    CORRELATED("Features that occur together", List.of("correlated")),
    GEOMETRY("Geometry of few features", List.of("geometry"));

    private final String title;

    @SuppressWarnings("ImmutableEnumChecker") // The lists are made by List.of, which nothing can change.
    private final List<String> studies;

    PaperFigure(String title, List<String> studies) {
        this.title = title;
        this.studies = studies;
    }

    /// What it shows, in a few words.
    public String title() {
        return title;
    }

    /// The built-in studies whose trainings it needs; none for what is computed from
    /// published numbers.
    public List<String> studies() {
        return studies;
    }

    /// Its name on the command line and in tables, such as `fig5`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// As a heading: `Figure 5`, or the word of a question beyond the paper.
    public String label() {
        return isPublished() ? "Figure " + name().substring(3) : word();
    }

    /// Whether the paper has it; else it is a question beyond the paper.
    public boolean isPublished() {
        return name().startsWith("FIG");
    }

    /// The one called `word`, whatever its case.
    public static Optional<PaperFigure> of(String word) {
        return Arrays.stream(values())
                .filter(figure -> figure.word().equals(word.toLowerCase(Locale.ROOT)))
                .findFirst();
    }
}
