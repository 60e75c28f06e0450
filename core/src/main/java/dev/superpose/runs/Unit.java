package dev.superpose.runs;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// How the numbers of a column are to be read: value = factor · scale(cell).
///
/// @param name as it was written, such as `billions`
/// @param scale how a cell and the value go together
/// @param factor positive
public record Unit(String name, Scale scale, double factor) {
    /// Floating-point operations of a day at 10¹⁵ a second.
    private static final double PETAFLOP_DAY = 1e15 * 86_400;

    private static final Map<String, Double> FACTORS = new TreeMap<>(Map.ofEntries(
            Map.entry("ones", 1.0),
            Map.entry("thousands", 1e3),
            Map.entry("millions", 1e6),
            Map.entry("billions", 1e9),
            Map.entry("trillions", 1e12),
            Map.entry("teraflops", 1e12),
            Map.entry("petaflops", 1e15),
            Map.entry("exaflops", 1e18),
            Map.entry("zettaflops", 1e21),
            Map.entry("petaflop-days", PETAFLOP_DAY)));

    private static final Map<String, Scale> LOGARITHMS =
            new TreeMap<>(Map.of("log10", Scale.LOG10, "ln", Scale.LN, "log2", Scale.LOG2));

    /// Numbers as they stand, each one of what the column counts.
    public static final Unit ONES = new Unit("ones", Scale.LINEAR, 1);

    /// Losses in nats per token.
    public static final Unit NATS = new Unit("nats", Scale.LINEAR, 1);

    /// How a cell and its value go together.
    public enum Scale {
        /// The cell is the value.
        LINEAR,
        /// The cell is its logarithm to base 10.
        LOG10,
        /// The cell is its natural logarithm.
        LN,
        /// The cell is its logarithm to base 2.
        LOG2,
        /// The value is the natural logarithm of the cell.
        EXPONENTIAL
    }

    public Unit {
        if (!(factor > 0 && factor < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("a unit's factor must be positive and finite, is " + factor);
        }
    }

    /// The unit called `text` of a column that means `meaning`: for sizes `ones`, `thousands`, `millions`,
    /// `billions`, `trillions`, `teraflops` .. `zettaflops`, `petaflop-days`, a factor such as `1e18`, or the
    /// logarithms `log10`, `ln`, `log2`; for losses `nats`, `bits`, `perplexity`, `bits-per-byte`,
    /// `bits-per-byte:4.3` (with the bytes per token, by which it becomes nats per token), or a logarithm.
    ///
    /// @throws IllegalArgumentException if such a column has no such unit
    public static Unit parse(Meaning meaning, String text) {
        if (!meaning.isNumber()) {
            throw new IllegalArgumentException("a column of %ss has no unit".formatted(meaning.word()));
        }
        String name = text.strip().toLowerCase(Locale.ROOT).replace('_', '-').replace(' ', '-');
        var logarithm = LOGARITHMS.get(name);
        if (logarithm != null) {
            return new Unit(name, logarithm, 1);
        }
        return meaning == Meaning.LOSS ? loss(name) : size(meaning, name);
    }

    private static Unit size(Meaning meaning, String name) {
        Double factor = FACTORS.get(name);
        if (factor != null) {
            return new Unit(name, Scale.LINEAR, factor);
        }
        double number = Cells.number(name);
        if (number > 0) {
            return new Unit(name, Scale.LINEAR, number);
        }
        throw new IllegalArgumentException("%s are given in %s, %s or a factor such as 1e18, not in \"%s\""
                .formatted(
                        meaning.word(),
                        String.join(", ", FACTORS.keySet()),
                        String.join(", ", LOGARITHMS.keySet()),
                        name));
    }

    private static Unit loss(String name) {
        return switch (name) {
            case "nats", "nats-per-token", "ones" -> NATS;
            case "bits", "bits-per-token" -> new Unit("bits", Scale.LINEAR, Math.log(2));
            case "perplexity", "ppl" -> new Unit("perplexity", Scale.EXPONENTIAL, 1);
            case "bits-per-byte", "bpb" -> new Unit("bits-per-byte", Scale.LINEAR, 1);
            default -> bytesPerToken(name);
        };
    }

    private static Unit bytesPerToken(String name) {
        int colon = name.indexOf(':');
        String before = colon < 0 ? "" : name.substring(0, colon);
        double bytes = colon < 0 ? Double.NaN : Cells.number(name.substring(colon + 1));
        if ((before.equals("bits-per-byte") || before.equals("bpb")) && bytes > 0) {
            return new Unit(name, Scale.LINEAR, bytes * Math.log(2));
        }
        throw new IllegalArgumentException(
                "losses are given in nats, bits, perplexity, bits-per-byte, bits-per-byte:BYTES_PER_TOKEN, %s, not in "
                                .formatted(String.join(", ", LOGARITHMS.keySet()))
                        + "\"" + name + "\"");
    }

    /// The value that `cell` stands for; not finite or not positive where there is none.
    public double value(double cell) {
        return factor
                * switch (scale) {
                    case LINEAR -> cell;
                    case LOG10 -> Math.pow(10, cell);
                    case LN -> Math.exp(cell);
                    case LOG2 -> Math.pow(2, cell);
                    case EXPONENTIAL -> Math.log(cell);
                };
    }

    /// What a loss is in after it is read in this unit.
    public String lossUnit() {
        return name.equals("bits-per-byte") ? "bits per byte" : "nats per token";
    }
}
