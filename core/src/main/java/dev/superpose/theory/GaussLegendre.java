package dev.superpose.theory;

/// Gauss and Legendre's rule for means over 0 .. 1: exact for polynomials of degree 2 · size - 1.
final class GaussLegendre {
    static final GaussLegendre SIXTEEN = new GaussLegendre(16);
    static final GaussLegendre SIX = new GaussLegendre(6);

    private static final int MOST_STEPS = 100;

    private final double[] nodes;
    private final double[] weights;

    /// Nodes are the roots of the Legendre polynomial of degree `size`, by Newton's
    /// method from Tricomi's
    /// approximation; a weight is 1 / ((1 - x²) P'(x)²), half the usual one, since the
    /// interval has length 1.
    private GaussLegendre(int size) {
        nodes = new double[size];
        weights = new double[size];
        for (int k = 0; k < size; k++) {
            double x = StrictMath.cos(Math.PI * (k + 0.75) / (size + 0.5));
            double slope = slope(size, x);
            for (int step = 0; step < MOST_STEPS; step++) {
                double change = legendre(size, x) / slope;
                x -= change;
                slope = slope(size, x);
                if (Math.abs(change) < 1e-16) {
                    break;
                }
            }
            nodes[k] = (1 + x) / 2;
            weights[k] = 1 / ((1 - x * x) * slope * slope);
        }
    }

    /// P_degree(x), by Bonnet's recursion.
    private static double legendre(int degree, double x) {
        double before = 1;
        double at = x;
        for (int k = 2; k <= degree; k++) {
            double next = ((2 * k - 1) * x * at - (k - 1) * before) / k;
            before = at;
            at = next;
        }
        return at;
    }

    /// P'_degree(x).
    private static double slope(int degree, double x) {
        return degree * (x * legendre(degree, x) - legendre(degree - 1, x)) / (x * x - 1);
    }

    int size() {
        return nodes.length;
    }

    double node(int k) {
        return nodes[k];
    }

    double weight(int k) {
        return weights[k];
    }
}
