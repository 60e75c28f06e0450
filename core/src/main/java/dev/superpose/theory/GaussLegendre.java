package dev.superpose.theory;

import java.util.function.DoubleUnaryOperator;
import org.hipparchus.analysis.integration.gauss.GaussIntegrator;
import org.hipparchus.analysis.integration.gauss.GaussIntegratorFactory;

/// Gauss and Legendre's rule for means over 0 .. 1: exact for polynomials of degree 2 · size - 1.
/// The weights add up to 1.
final class GaussLegendre {
    static final GaussLegendre SIXTEEN = new GaussLegendre(16);
    static final GaussLegendre SIX = new GaussLegendre(6);

    private final GaussIntegrator rule;

    private GaussLegendre(int size) {
        rule = new GaussIntegratorFactory().legendre(size);
    }

    int size() {
        return rule.getNumberOfPoints();
    }

    double node(int k) {
        return (1 + rule.getPoint(k)) / 2;
    }

    double weight(int k) {
        return rule.getWeight(k) / 2;
    }

    /// The integral of `function` from `low` over `width` in `pieces` of equal width.
    double integral(DoubleUnaryOperator function, double low, double width, int pieces) {
        double piece = width / pieces;
        double sum = 0;
        for (int k = 0; k < pieces; k++) {
            for (int point = 0; point < size(); point++) {
                sum += weight(point) * function.applyAsDouble(low + (k + node(point)) * piece);
            }
        }
        return sum * piece;
    }
}
