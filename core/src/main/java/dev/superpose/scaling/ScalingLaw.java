package dev.superpose.scaling;

import dev.superpose.result.Table;
import dev.superpose.runs.Sizes;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// A law with all its parameters: what a fit ends with, what is published, or one draw of a
/// bootstrap. Immutable.
public final class ScalingLaw {
    private final Form form;
    private final List<String> groups;
    private final double[] vector;

    /// @param form the law
    /// @param groups the names of the groups; `[""]` where there is only one
    /// @param vector `(parameters)`, as [Form] orders and writes them
    public ScalingLaw(Form form, List<String> groups, double[] vector) {
        this.form = form;
        this.groups = List.copyOf(groups);
        this.vector = vector.clone();
        int expected = form.parameters(groups).size();
        if (vector.length != expected) {
            throw new IllegalArgumentException(
                    "%s has %d parameters, %d were given".formatted(form.word(), expected, vector.length));
        }
    }

    /// A law from its parameters by name, in the units in which it is published.
    ///
    /// @throws IllegalArgumentException if one is missing or no parameter of the form
    public static ScalingLaw of(Form form, Map<String, Double> parameters) {
        var declared = form.parameters(List.of(""));
        double[] vector = new double[declared.size()];
        for (int p = 0; p < vector.length; p++) {
            var parameter = declared.get(p);
            Double value = parameters.get(parameter.name());
            if (value == null || parameters.size() != vector.length) {
                throw new IllegalArgumentException("%s has the parameters %s, given are %s"
                        .formatted(
                                form.word(),
                                declared.stream().map(Form.Parameter::name).toList(),
                                parameters.keySet()));
            }
            vector[p] = parameter.kind().logarithmic() ? Math.log(value) : value;
        }
        return new ScalingLaw(form, List.of(""), vector);
    }

    /// The form.
    public Form form() {
        return form;
    }

    /// The names of the groups; `[""]` where there is only one.
    public List<String> groups() {
        return groups;
    }

    /// The parameters as [Form] orders and writes them, `(parameters)`.
    public double[] vector() {
        return vector.clone();
    }

    /// The loss at `sizes`, in the unit of the losses that were fitted.
    ///
    /// @throws IllegalArgumentException if a size is missing or the group unknown
    public double at(Sizes sizes) {
        return Math.exp(form.logLoss(vector, sizes, groups));
    }

    /// Every parameter by name, as formulas write it.
    public Map<String, Double> parameters() {
        var parameters = new LinkedHashMap<String, Double>();
        var declared = form.parameters(groups);
        for (int p = 0; p < vector.length; p++) {
            parameters.put(declared.get(p).name(), natural(declared.get(p), vector[p]));
        }
        return Collections.unmodifiableMap(parameters);
    }

    /// The value of the parameter called `name`.
    ///
    /// @throws IllegalArgumentException if there is none
    public double parameter(String name) {
        Double value = parameters().get(name);
        if (value == null) {
            throw new IllegalArgumentException(
                    "no parameter %s among %s".formatted(name, parameters().keySet()));
        }
        return value;
    }

    /// The law in figures, such as `L = 482 N^-0.3478 + 2085 D^-0.3658 + 1.817`.
    public String formula() {
        String text = form.formula();
        // Longest names first, so that E does not reach into Exponent.
        var names = parameters().keySet().stream()
                .sorted((a, b) -> b.length() - a.length())
                .toList();
        var marks = new LinkedHashMap<String, String>();
        for (String name : names) {
            String mark = "\0" + marks.size() + "\0";
            marks.put(mark, Table.brief(parameter(name)));
            text = text.replaceAll("(?<![\\w\\[])" + Pattern.quote(name) + "(?![\\w\\[])", mark);
        }
        for (var mark : marks.entrySet()) {
            text = text.replace(mark.getKey(), mark.getValue());
        }
        // A negative exponent turns N^-alpha into N^0.2; what is 0 at its bound need not be added.
        return text.replace("--", "").replaceAll(" \\+ 0(?= \\+ |$)", "");
    }

    private static double natural(Form.Parameter parameter, double value) {
        return parameter.kind().logarithmic() ? Math.exp(value) : value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ScalingLaw that
                && form.equals(that.form)
                && groups.equals(that.groups)
                && Arrays.equals(vector, that.vector);
    }

    @Override
    public int hashCode() {
        return 31 * form.hashCode() + Arrays.hashCode(vector);
    }

    @Override
    public String toString() {
        return form.word() + parameters();
    }
}
