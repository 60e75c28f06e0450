package dev.superpose.scaling;

import dev.superpose.runs.Quantity;
import dev.superpose.runs.Runs;
import dev.superpose.runs.Sizes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Laws that are sums of powers of sizes: most of those in use. What differs is which sizes, which
/// exponents are shared, and whether a coefficient is one for all groups; [Forms] lists them with
/// their sources.
///
/// @param word the name on the command line
/// @param source who proposed it
/// @param terms at least one
/// @param held parameters that are given instead of fitted, by name: the value itself, 0 for a
/// coefficient whose term is left out
public record SumOfPowers(String word, String source, List<Term> terms, Map<String, Double> held) implements Form {

    public SumOfPowers {
        terms = List.copyOf(terms);
        held = Collections.unmodifiableMap(new LinkedHashMap<>(held));
        if (terms.isEmpty()) {
            throw new IllegalArgumentException("a law needs at least one term");
        }
    }

    /// A form with all parameters free.
    SumOfPowers(String word, String source, Term... terms) {
        this(word, source, List.of(terms), Map.of());
    }

    /// One term, `coefficient · Π size^-exponent`.
    ///
    /// @param coefficient its name
    /// @param powers the name of the exponent of each size, in order; none for a floor
    /// @param perGroup whether each group has a coefficient of its own
    public record Term(String coefficient, Map<Quantity, String> powers, boolean perGroup) {
        public Term {
            powers = Collections.unmodifiableMap(new LinkedHashMap<>(powers));
        }

        /// `coefficient · size^-exponent`, the same for all groups.
        static Term power(String coefficient, Quantity size, String exponent) {
            return new Term(coefficient, Map.of(size, exponent), false);
        }

        /// What stays at infinite size.
        static Term floor(String coefficient) {
            return new Term(coefficient, Map.of(), false);
        }

        Kind kind() {
            return powers.isEmpty() ? Kind.FLOOR : Kind.COEFFICIENT;
        }

        /// The name of the coefficient in group `group`.
        String name(String group) {
            return perGroup ? "%s[%s]".formatted(coefficient, group) : coefficient;
        }
    }

    @Override
    public String formula() {
        var text = new StringBuilder("L = ");
        for (var term : terms) {
            if (isLeftOut(term.coefficient)) {
                continue;
            }
            text.append(text.length() > 4 ? " + " : "").append(term.coefficient);
            text.append(term.perGroup ? "[group]" : "");
            term.powers.forEach((size, exponent) ->
                    text.append(' ').append(size.symbol()).append("^-").append(exponent));
        }
        return text.toString();
    }

    @Override
    public Set<Quantity> quantities() {
        var quantities = EnumSet.noneOf(Quantity.class);
        terms.forEach(term -> quantities.addAll(term.powers.keySet()));
        return quantities;
    }

    @Override
    public List<Parameter> parameters(List<String> groups) {
        var parameters = new ArrayList<Parameter>();
        for (var term : terms) {
            for (String group : term.perGroup ? groups : List.of("")) {
                String name = term.name(group);
                parameters.add(new Parameter(name, term.kind(), isHeld(term.coefficient, name)));
            }
        }
        for (String exponent : exponents()) {
            parameters.add(new Parameter(exponent, Kind.EXPONENT, held.containsKey(exponent)));
        }
        return List.copyOf(parameters);
    }

    @Override
    public double logLoss(double[] vector, Sizes sizes, List<String> groups) {
        int group = Math.max(0, groups.indexOf(sizes.group()));
        if (group == 0 && needsGroup() && !groups.contains(sizes.group())) {
            throw new IllegalArgumentException(
                    "the law has no group \"%s\", it has %s".formatted(sizes.group(), groups));
        }
        var exponents = exponentsAt(vector, groups);
        double sum = 0;
        int coefficient = 0;
        for (var term : terms) {
            double log = vector[coefficient + (term.perGroup ? group : 0)];
            coefficient += term.perGroup ? groups.size() : 1;
            sum += Math.exp(logTerm(term, log, exponents, sizes));
        }
        return Math.log(sum);
    }

    @Override
    public Map<String, Double> shares(double[] vector, Sizes sizes, List<String> groups) {
        double total = logLoss(vector, sizes, groups);
        var exponents = exponentsAt(vector, groups);
        var shares = new LinkedHashMap<String, Double>();
        int coefficient = 0;
        int group = Math.max(0, groups.indexOf(sizes.group()));
        for (var term : terms) {
            double log = logTerm(term, vector[coefficient + (term.perGroup ? group : 0)], exponents, sizes);
            coefficient += term.perGroup ? groups.size() : 1;
            shares.put(term.name(sizes.group()), Math.exp(log - total));
        }
        return shares;
    }

    @Override
    public boolean learns(Quantity quantity) {
        return terms.stream()
                .filter(term -> term.powers.containsKey(quantity))
                .anyMatch(term -> !held.containsKey(term.powers.get(quantity)) && !isLeftOut(term.coefficient));
    }

    /// The exponents in `vector`, by name.
    private Map<String, Double> exponentsAt(double[] vector, List<String> groups) {
        var exponents = new HashMap<String, Double>();
        int next = coefficients(groups.size());
        for (String name : exponents()) {
            exponents.put(name, vector[next++]);
        }
        return exponents;
    }

    /// ln of a term at `sizes`, given that of its coefficient.
    private static double logTerm(Term term, double logCoefficient, Map<String, Double> exponents, Sizes sizes) {
        double log = logCoefficient;
        if (log > Double.NEGATIVE_INFINITY) {
            for (var power : term.powers.entrySet()) {
                log -= exponents.getOrDefault(power.getValue(), Double.NaN) * Math.log(sizes.get(power.getKey()));
            }
        }
        return log;
    }

    @Override
    public BoundForm bind(Runs runs) {
        return new BoundSum(this, runs);
    }

    @Override
    public SumOfPowers holding(String name, double value) {
        boolean exponent = exponents().contains(name);
        boolean coefficient = terms.stream()
                .anyMatch(term ->
                        term.coefficient.equals(name) || (term.perGroup && name.startsWith(term.coefficient + "[")));
        if (!exponent && !coefficient) {
            throw new IllegalArgumentException("%s has no parameter %s: it is %s".formatted(word, name, formula()));
        }
        if (!Double.isFinite(value) || (coefficient && value < 0)) {
            throw new IllegalArgumentException("%s cannot be held at %s".formatted(name, value));
        }
        var more = new LinkedHashMap<>(held);
        more.put(name, value);
        return new SumOfPowers(word, source, terms, more);
    }

    /// The different exponents, in the order of the terms.
    List<String> exponents() {
        var exponents = new LinkedHashSet<String>();
        terms.forEach(term -> exponents.addAll(term.powers.values()));
        return List.copyOf(exponents);
    }

    /// The number of coefficients, before the exponents in a vector.
    int coefficients(int groups) {
        return terms.stream().mapToInt(term -> term.perGroup ? groups : 1).sum();
    }

    /// The value at which the coefficient `name` of the term `coefficient` is held; NaN if it is
    /// free.
    double heldAt(String coefficient, String name) {
        Double value = held.getOrDefault(name, held.get(coefficient));
        return value == null ? Double.NaN : value;
    }

    private boolean isHeld(String coefficient, String name) {
        return !Double.isNaN(heldAt(coefficient, name));
    }

    private boolean isLeftOut(String coefficient) {
        return heldAt(coefficient, coefficient) == 0;
    }

    private boolean needsGroup() {
        return terms.stream().anyMatch(Term::perGroup);
    }
}
