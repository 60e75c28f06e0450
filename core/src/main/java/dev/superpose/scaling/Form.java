package dev.superpose.scaling;

import dev.superpose.runs.Quantity;
import dev.superpose.runs.Runs;
import dev.superpose.runs.Sizes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The form of a law: how a loss depends on sizes, with the parameters left open.
///
/// Vectors of parameters, `(parameters)`, hold coefficients as natural logarithms and all else as
/// it is. A coefficient of 0 has the logarithm -∞.
public sealed interface Form permits SumOfPowers, CurveForm {

    /// The name on the command line and in files, such as `chinchilla`.
    String word();

    /// The form in figures, such as `L = A N^-alpha + B D^-beta + E`.
    String formula();

    /// Who proposed it, and where.
    String source();

    /// The sizes it needs.
    Set<Quantity> quantities();

    /// The parameters in the order of the vectors, those that are held included.
    ///
    /// @param groups the names of the groups; `[""]` where there is only one
    List<Parameter> parameters(List<String> groups);

    /// ln loss at `sizes` under `vector`, `(parameters)`.
    ///
    /// @throws IllegalArgumentException if a size is missing or the group unknown
    double logLoss(double[] vector, Sizes sizes, List<String> groups);

    /// The share in the loss at `sizes` of every part that it is the sum of, by the name of the
    /// part's coefficient; they add up to 1. Kaplan's law is a power of a sum: there the shares are
    /// those in the sum.
    ///
    /// @throws IllegalArgumentException if a size is missing
    Map<String, Double> shares(double[] vector, Sizes sizes, List<String> groups);

    /// Whether runs have to show how the loss depends on `quantity`: not where all its exponents
    /// are held.
    boolean learns(Quantity quantity);

    /// What this form asks of runs beyond sizes that vary, and `runs` lack; empty if they lack
    /// nothing.
    default Optional<Lack> lack(Runs runs) {
        return Optional.empty();
    }

    /// The form with its sizes filled in from `runs`, in coordinates in which it is easily fitted.
    ///
    /// @throws IllegalArgumentException if the runs lack a size
    BoundForm bind(Runs runs);

    /// The form with the parameter called `name` held at `value`; a coefficient may be held at 0.
    ///
    /// @throws IllegalArgumentException if there is no such parameter or the form cannot hold it
    Form holding(String name, double value);

    /// Why runs cannot fix a form.
    ///
    /// @param reason as a sentence
    /// @param remedy what to do, as a sentence
    record Lack(String reason, String remedy) {}

    /// One parameter of a form.
    ///
    /// @param name as formulas write it
    /// @param kind what it does
    /// @param held whether it was given instead of fitted
    record Parameter(String name, Kind kind, boolean held) {}

    /// What a parameter does; it decides how it is searched and written.
    enum Kind {
        /// Positive, in the unit of the loss where all its sizes are 1; in vectors its logarithm.
        COEFFICIENT,
        /// A coefficient without sizes: the loss that stays; in vectors its logarithm.
        FLOOR,
        /// A positive number that is no loss, such as the size at a break or how often data can be
        /// repeated; in vectors its logarithm.
        SIZE,
        /// A power of a size, with the sign that makes a positive one a falling loss.
        EXPONENT;

        /// Whether vectors hold its logarithm.
        public boolean logarithmic() {
            return this != EXPONENT;
        }
    }
}
