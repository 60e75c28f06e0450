package dev.superpose.scaling;

import dev.superpose.runs.Quantity;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// L = A x^-c_0 (1 + (x/x_b)^(1/f))^(-c_1 f) + E in one size: a power whose exponent goes from c_0
/// to c_0 + c_1 around x_b, over a width of f in ln x. Caballero et al. (2023, arXiv 2210.14891),
/// eq. 1 with one break; they write d_1 for x_b and a for E.
public final class BrokenPower extends CurveForm {
    private static final int A = 0;
    private static final int E = 1;
    private static final int BREAK = 2;
    private static final int WIDTH = 3;
    private static final int C_0 = 4;
    private static final int C_1 = 5;

    private final Quantity size;

    /// The law of `size` with all parameters free.
    public BrokenPower(Quantity size) {
        this(size, Map.of());
    }

    private BrokenPower(Quantity size, Map<String, Double> held) {
        super(held);
        this.size = size;
    }

    @Override
    public String word() {
        return "broken-power";
    }

    @Override
    public String formula() {
        return "L = A %1$s^-c_0 (1 + (%1$s/x_b)^(1/f))^(-c_1 f) + E".formatted(size.symbol());
    }

    @Override
    public String source() {
        return "Caballero et al. 2023, Broken Neural Scaling Laws, arXiv 2210.14891, eq. 1, one break";
    }

    @Override
    List<Parameter> open() {
        return Stream.of(
                        named(Kind.COEFFICIENT, "A"),
                        named(Kind.FLOOR, "E"),
                        named(Kind.SIZE, "x_b", "f"),
                        named(Kind.EXPONENT, "c_0", "c_1"))
                .flatMap(List::stream)
                .toList();
    }

    @Override
    List<Quantity> sizes() {
        return List.of(size);
    }

    @Override
    public boolean learns(Quantity quantity) {
        return !isHeld("c_0") || !isHeld("c_1");
    }

    /// With z = (ln x - ln x_b)/f, s = ln(1 + e^z), s' = 1/(1 + e^-z) and p the share of the
    /// falling part T: ∂ ln T / ∂ ln x_b = c_1 s', ∂ / ∂ ln f = -c_1 f (s - z s'), ∂ / ∂ c_0 = -ln
    /// x, ∂ / ∂ c_1 = -f s; each times p in ∂ ln L.
    @Override
    double logLoss(double[] vector, double[] logs, double[] gradient) {
        double width = Math.exp(vector[WIDTH]);
        double z = (logs[0] - vector[BREAK]) / width;
        double slope = 1 / (1 + Math.exp(-z));
        double falling = logFalling(vector, logs[0]);
        double larger = Math.max(falling, vector[E]);
        double sum = Math.exp(falling - larger) + Math.exp(vector[E] - larger);
        double share = Math.exp(falling - larger) / sum;
        gradient[A] = share;
        gradient[E] = Math.exp(vector[E] - larger) / sum;
        gradient[BREAK] = share * vector[C_1] * slope;
        gradient[WIDTH] = -share * vector[C_1] * width * (softPlus(z) - z * slope);
        gradient[C_0] = -share * logs[0];
        gradient[C_1] = -share * width * softPlus(z);
        return larger + Math.log(sum);
    }

    private static double logFalling(double[] vector, double log) {
        double width = Math.exp(vector[WIDTH]);
        return vector[A] - vector[C_0] * log - vector[C_1] * width * softPlus((log - vector[BREAK]) / width);
    }

    /// ln(1 + e^z) without overflow.
    private static double softPlus(double z) {
        return Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
    }

    @Override
    Map<String, Double> shares(double[] vector, double[] logs) {
        double share = 1 / (1 + Math.exp(vector[E] - logFalling(vector, logs[0])));
        return shares(List.of("A", "E"), share, 1 - share);
    }

    @Override
    double[] centres(double[] means) {
        return new double[] {isHeld("A") || isHeld("x_b") ? 0 : means[0]};
    }

    @Override
    void move(double[] vector, double[] by) {
        vector[A] -= vector[C_0] * by[0];
        vector[BREAK] -= by[0];
    }

    /// Break, width and exponents at random; then A and E, in which the law is linear.
    @Override
    void start(CurveStart start) {
        double low = start.smallest(0);
        double span = start.largest(0) - low;
        start.set(BREAK, low + span * start.between(0.1, 0.9));
        start.set(WIDTH, Math.log(span) + start.between(-5, -1));
        start.set(C_0, start.exponent(0));
        // Half of the breaks make the loss fall faster, half slower.
        start.set(C_1, start.between(0, 1) < 0.5 ? start.exponent(0) : -start.between(0, 1) * start.get(C_0));
        double[][] parts = new double[2][start.runs()];
        for (int i = 0; i < start.runs(); i++) {
            parts[0][i] = logFalling(
                    new double[] {0, 0, start.get(BREAK), start.get(WIDTH), start.get(C_0), start.get(C_1)},
                    start.log(0, i));
        }
        start.project(new int[] {A, E}, parts, 1);
    }

    @Override
    BrokenPower with(Map<String, Double> others) {
        return new BrokenPower(size, others);
    }
}
