package dev.superpose.scaling;

import dev.superpose.runs.Quantity;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// L = ((N_c/N)^(alpha_N/alpha_D) + D_c/D)^alpha_D: a loss that goes to 0 where both sizes grow,
/// limited by one of them at a time. Kaplan et al. (2020, arXiv 2001.08361), eq. 1.5.
///
/// Kaplan et al. count N without embeddings: give that count as N to compare with theirs. Their
/// parameters: 6.4e13, 1.8e13, 0.076, 0.103 (N and D together, Table 2); 8.8e13, 0.076 of N alone
/// and 5.4e13, 0.095 of D alone (eq. 1.1 and 1.2).
public final class KaplanForm extends CurveForm {
    private static final int N_C = 0;
    private static final int D_C = 1;
    private static final int ALPHA_N = 2;
    private static final int ALPHA_D = 3;

    /// The law with all parameters free.
    public KaplanForm() {
        this(Map.of());
    }

    private KaplanForm(Map<String, Double> held) {
        super(held);
    }

    @Override
    public String word() {
        return "kaplan";
    }

    @Override
    public String formula() {
        return "L = ((N_c/N)^(alpha_N/alpha_D) + D_c/D)^alpha_D";
    }

    @Override
    public String source() {
        return "Kaplan et al. 2020, Scaling Laws for Neural Language Models, arXiv 2001.08361, eq. 1.5";
    }

    @Override
    List<Parameter> open() {
        return Stream.concat(
                        named(Kind.SIZE, "N_c", "D_c").stream(), named(Kind.EXPONENT, "alpha_N", "alpha_D").stream())
                .toList();
    }

    @Override
    List<Quantity> sizes() {
        return List.of(Quantity.PARAMETERS, Quantity.TOKENS);
    }

    @Override
    public boolean learns(Quantity quantity) {
        return quantity == Quantity.PARAMETERS ? !isHeld("alpha_N") : !isHeld("alpha_D");
    }

    /// With u = (alpha_N/alpha_D) ln(N_c/N), v = ln(D_c/D) and shares p of e^u and 1 - p of e^v in
    /// their sum S: ∂ ln L / ∂ ln N_c = p alpha_N, ∂ / ∂ ln D_c = (1 - p) alpha_D, ∂ / ∂ alpha_N =
    /// p ln(N_c/N) and ∂ / ∂ alpha_D = ln S - p u.
    @Override
    double logLoss(double[] vector, double[] logs, double[] gradient) {
        double alphaN = vector[ALPHA_N];
        double alphaD = vector[ALPHA_D];
        if (!(alphaN > 0 && alphaD > 0)) {
            return Double.NaN;
        }
        double logRatio = vector[N_C] - logs[0];
        double u = alphaN / alphaD * logRatio;
        double v = vector[D_C] - logs[1];
        double larger = Math.max(u, v);
        double sum = Math.exp(u - larger) + Math.exp(v - larger);
        double share = Math.exp(u - larger) / sum;
        double logSum = larger + Math.log(sum);
        gradient[N_C] = share * alphaN;
        gradient[D_C] = (1 - share) * alphaD;
        gradient[ALPHA_N] = share * logRatio;
        gradient[ALPHA_D] = logSum - share * u;
        return alphaD * logSum;
    }

    @Override
    Map<String, Double> shares(double[] vector, double[] logs) {
        double u = vector[ALPHA_N] / vector[ALPHA_D] * (vector[N_C] - logs[0]);
        double share = 1 / (1 + Math.exp(vector[D_C] - logs[1] - u));
        return shares(List.of("N_c", "D_c"), share, 1 - share);
    }

    @Override
    double[] centres(double[] means) {
        return new double[] {isHeld("N_c") ? 0 : means[0], isHeld("D_c") ? 0 : means[1]};
    }

    @Override
    void move(double[] vector, double[] by) {
        vector[N_C] -= by[0];
        vector[D_C] -= by[1];
    }

    /// Given the exponents, L^(1/alpha_D) is a sum of two powers with unknown coefficients.
    @Override
    void start(CurveStart start) {
        start.set(ALPHA_N, start.exponent(0));
        start.set(ALPHA_D, start.exponent(1));
        double ratio = start.get(ALPHA_N) / start.get(ALPHA_D);
        // The coefficient of the first power is ratio · ln N_c, free or not.
        double offset = isHeld("N_c") ? (ratio - 1) * start.get(N_C) : 0;
        double[][] parts = new double[2][start.runs()];
        for (int i = 0; i < start.runs(); i++) {
            parts[0][i] = offset - ratio * start.log(0, i);
            parts[1][i] = -start.log(1, i);
        }
        start.project(new int[] {N_C, D_C}, parts, start.get(ALPHA_D));
        start.set(N_C, start.get(N_C) / ratio);
    }

    @Override
    KaplanForm with(Map<String, Double> others) {
        return new KaplanForm(others);
    }
}
