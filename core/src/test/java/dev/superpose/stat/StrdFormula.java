package dev.superpose.stat;

import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.hipparchus.CalculusFieldElement;

/// A model as NIST writes it, such as `y = b1*(1-exp(-b2*x))`, read into a term that gives its residual, the right
/// side less the left.
///
/// ```
/// model   = sum "=" sum
/// sum     = product { ("+" | "-") product }
/// product = signed { ("*" | "/") signed }
/// signed  = "-" signed | power
/// power   = atom [ "**" atom ]
/// atom    = number | name | function "(" sum ")" | "(" sum ")"
/// ```
/// Names are b1, b2, ... for the parameters, y for the response, x (or x1) and x2 for the predictors, and pi.
///
/// @param <T> what is reckoned with: numbers with their derivatives, or decimals
final class StrdFormula<T extends CalculusFieldElement<T>> {
    private static final Pattern TOKEN = Pattern.compile("\\*\\*|[a-z]+[0-9]*|[0-9.]+|\\S");
    private static final String PI = "3.141592653589793238462643383279";

    private final List<String> tokens;
    private final Function<String, T> number;
    private int position;

    /// A part of a formula.
    interface Term<T> {
        /// Its value.
        ///
        /// @param b the parameters
        /// @param point y and its predictors
        T at(List<T> b, List<T> point);
    }

    private StrdFormula(String text, Function<String, T> number) {
        tokens = TOKEN.matcher(text).results().map(MatchResult::group).toList();
        this.number = number;
    }

    /// Reads the residual of a model.
    ///
    /// @param number turns a decimal into what is reckoned with
    static <T extends CalculusFieldElement<T>> Term<T> residual(String model, Function<String, T> number) {
        var formula = new StrdFormula<>(model, number);
        var response = formula.sum();
        formula.expect("=");
        var residual = join(formula.sum(), response, CalculusFieldElement::subtract);
        if (formula.position < formula.tokens.size()) {
            throw formula.unexpected("the end");
        }
        return residual;
    }

    private Term<T> sum() {
        var sum = product();
        while (true) {
            if (take("+")) {
                sum = join(sum, product(), CalculusFieldElement::add);
            } else if (take("-")) {
                sum = join(sum, product(), CalculusFieldElement::subtract);
            } else {
                return sum;
            }
        }
    }

    private Term<T> product() {
        var product = signed();
        while (true) {
            if (take("*")) {
                product = join(product, signed(), CalculusFieldElement::multiply);
            } else if (take("/")) {
                product = join(product, signed(), CalculusFieldElement::divide);
            } else {
                return product;
            }
        }
    }

    private Term<T> signed() {
        return take("-") ? apply(signed(), CalculusFieldElement::negate) : power();
    }

    private Term<T> power() {
        var base = atom();
        if (!take("**")) {
            return base;
        }
        // Through logarithms a negative base, as in (x-b4)**2, has no power.
        if (take("2")) {
            return apply(base, CalculusFieldElement::square);
        }
        if (take("3")) {
            return apply(base, a -> a.square().multiply(a));
        }
        return join(base, atom(), CalculusFieldElement::pow);
    }

    private Term<T> atom() {
        String token = tokens.get(position++);
        return switch (token) {
            case "(" -> closed();
            case "exp" -> apply(argument(), CalculusFieldElement::exp);
            case "log" -> apply(argument(), CalculusFieldElement::log);
            case "sin" -> apply(argument(), CalculusFieldElement::sin);
            case "cos" -> apply(argument(), CalculusFieldElement::cos);
            case "arctan" -> apply(argument(), CalculusFieldElement::atan);
            case "pi" -> constant(PI);
            case "y" -> (_, point) -> point.get(0);
            case "x", "x1" -> (_, point) -> point.get(1);
            case "x2" -> (_, point) -> point.get(2);
            default -> token.startsWith("b") ? parameter(token) : constant(token);
        };
    }

    private Term<T> argument() {
        expect("(");
        return closed();
    }

    private Term<T> closed() {
        var sum = sum();
        expect(")");
        return sum;
    }

    private Term<T> parameter(String name) {
        int index = Integer.parseInt(name.substring(1)) - 1;
        return (b, _) -> b.get(index);
    }

    private Term<T> constant(String decimal) {
        T value = number.apply(decimal);
        return (_, _) -> value;
    }

    private boolean take(String token) {
        boolean taken = position < tokens.size() && tokens.get(position).equals(token);
        position += taken ? 1 : 0;
        return taken;
    }

    private void expect(String token) {
        if (!take(token)) {
            throw unexpected(token);
        }
    }

    private IllegalArgumentException unexpected(String expected) {
        return new IllegalArgumentException("expected %s after %s in %s"
                .formatted(expected, tokens.subList(0, position), String.join(" ", tokens)));
    }

    private static <T> Term<T> apply(Term<T> inner, UnaryOperator<T> function) {
        return (b, point) -> function.apply(inner.at(b, point));
    }

    private static <T> Term<T> join(Term<T> left, Term<T> right, BinaryOperator<T> operation) {
        return (b, point) -> operation.apply(left.at(b, point), right.at(b, point));
    }
}
