package dev.superpose.scaling;

import dev.superpose.runs.Quantity;
import dev.superpose.runs.Runs;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// L = A N'^-alpha + B D'^-beta + E, where N' and D' say what parameters and tokens are worth when
/// tokens are repeated. Muennighoff et al. (2023, arXiv 2305.16264).
///
/// D' = U + U R_D (1 - exp(-(D/U - 1)/R_D)): of D tokens, U are different and every further pass is
/// worth less; R_D passes are the scale. N' is the same of N with U_N = min(N, N_opt(U)) for U and
/// R_N for R_D, N_opt(U) being the parameters that are compute-optimal for U tokens: alpha A
/// N_opt^-alpha = beta B U^-beta. N', D' and their derivatives are continuous where N = N_opt and
/// where D = U. More different tokens than tokens count as no repetition.
///
/// Muennighoff et al. write R*_D and R*_N, and take A, B, E and alpha from runs without repetition:
/// hold them to do the same. Published: A = e^6.255414, B = e^7.3049974, E = e^0.6254804, alpha =
/// beta = 0.3526596, R_D = 15.387756, R_N = 5.309743.
public final class RepeatedData extends CurveForm {
    private static final int A = 0;
    private static final int B = 1;
    private static final int E = 2;
    private static final int R_D = 3;
    private static final int R_N = 4;
    private static final int ALPHA = 5;

    /// Of beta, which is alpha where they are tied.
    private final int beta;

    private RepeatedData(boolean tied, Map<String, Double> held) {
        super(held);
        beta = tied ? ALPHA : ALPHA + 1;
    }

    /// The law with alpha for beta, as published.
    public static RepeatedData tied() {
        return new RepeatedData(true, Map.of());
    }

    /// The law with an exponent of its own for data.
    public static RepeatedData untied() {
        return new RepeatedData(false, Map.of());
    }

    private boolean isTied() {
        return beta == ALPHA;
    }

    @Override
    public String word() {
        return isTied() ? "repeated" : "repeated-untied";
    }

    @Override
    public String formula() {
        String betaName = isTied() ? "alpha" : "beta";
        return ("L = A N'^-alpha + B D'^-%1$s + E, D' = U (1 + R_D (1 - exp((1 - D/U)/R_D))), "
                        + "N' = M (1 + R_N (1 - exp((1 - N/M)/R_N))), M = min(N, (alpha A U^%1$s/(%1$s B))^(1/alpha))")
                .formatted(betaName);
    }

    @Override
    public String source() {
        return "Muennighoff et al. 2023, Scaling Data-Constrained Language Models, arXiv 2305.16264";
    }

    @Override
    List<Parameter> open() {
        return Stream.of(
                        named(Kind.COEFFICIENT, "A", "B"),
                        named(Kind.FLOOR, "E"),
                        named(Kind.SIZE, "R_D", "R_N"),
                        isTied() ? named(Kind.EXPONENT, "alpha") : named(Kind.EXPONENT, "alpha", "beta"))
                .flatMap(List::stream)
                .toList();
    }

    @Override
    List<Quantity> sizes() {
        return List.of(Quantity.PARAMETERS, Quantity.TOKENS, Quantity.UNIQUE_TOKENS);
    }

    /// Different tokens may be as many in all runs: what they do shows in D / U.
    @Override
    public boolean learns(Quantity quantity) {
        return switch (quantity) {
            case PARAMETERS -> !isHeld("alpha");
            case TOKENS -> !isHeld(isTied() ? "alpha" : "beta");
            default -> false;
        };
    }

    @Override
    public Optional<Lack> lack(Runs runs) {
        boolean repeated = false;
        for (int i = 0; i < runs.count(); i++) {
            repeated |= runs.log(Quantity.TOKENS, i) > runs.log(Quantity.UNIQUE_TOKENS, i) + 1e-9;
        }
        return repeated || isHeld("R_D")
                ? Optional.empty()
                : Optional.of(new Lack(
                        "no run sees a token twice (D <= U in all), so nothing tells what repetition is worth",
                        "fit chinchilla or chinchilla-tied, hold R_D and R_N, or train some runs for several epochs"));
    }

    @Override
    double logLoss(double[] vector, double[] logs, double[] gradient) {
        double alpha = vector[ALPHA];
        double exponentOfData = vector[beta];
        if (!(alpha > 0 && exponentOfData > 0)) {
            return Double.NaN;
        }
        double unique = Math.min(logs[1], logs[2]);
        var data = Saturation.of(logs[1], unique, vector[R_D]);
        double optimum = (vector[A] - vector[B] + Math.log(alpha / exponentOfData) + exponentOfData * unique) / alpha;
        var parameters = Saturation.of(logs[0], Math.min(logs[0], optimum), vector[R_N]);

        double ofParameters = vector[A] - alpha * parameters.log;
        double ofData = vector[B] - exponentOfData * data.log;
        double larger = Math.max(vector[E], Math.max(ofParameters, ofData));
        double floor = Math.exp(vector[E] - larger);
        double first = Math.exp(ofParameters - larger);
        double second = Math.exp(ofData - larger);
        double sum = first + second + floor;
        double shareN = first / sum;
        double shareD = second / sum;

        // What ln N_opt, where it is less than ln N, does to ln L; ln N_opt itself moves with A, B, alpha and beta.
        double byOptimum = optimum < logs[0] ? -shareN * alpha * parameters.byUnique : 0;
        gradient[A] = shareN + byOptimum / alpha;
        gradient[B] = shareD - byOptimum / alpha;
        gradient[E] = floor / sum;
        gradient[R_D] = -shareD * exponentOfData * data.byScale;
        gradient[R_N] = -shareN * alpha * parameters.byScale;
        gradient[ALPHA] = 0;
        gradient[beta] = -shareD * data.log + byOptimum * (unique - 1 / exponentOfData) / alpha;
        gradient[ALPHA] += -shareN * parameters.log + byOptimum * (1 / alpha - optimum) / alpha;
        return larger + Math.log(sum);
    }

    /// ln of `U (1 + R (1 - exp(-r/R)))` with r = X/U - 1, and what moves it.
    ///
    /// @param log the value
    /// @param byUnique its derivative by ln U
    /// @param byScale its derivative by ln R
    private record Saturation(double log, double byUnique, double byScale) {

        /// @param logSize ln X, not below `logUnique`
        /// @param logUnique ln U
        /// @param logScale ln R
        static Saturation of(double logSize, double logUnique, double logScale) {
            double scale = Math.exp(logScale);
            double repeats = Math.expm1(logSize - logUnique);
            double left = Math.exp(-repeats / scale);
            double worth = 1 - scale * Math.expm1(-repeats / scale);
            // Far from any optimum repeats may be infinite where left is 0.
            double slowing = left > 0 ? repeats * left : 0;
            return new Saturation(
                    logUnique + Math.log(worth), 1 - (left + slowing) / worth, (worth - 1 - slowing) / worth);
        }
    }

    @Override
    Map<String, Double> shares(double[] vector, double[] logs) {
        double[] gradient = new double[vector.length];
        double logLoss = logLoss(vector, logs, gradient);
        double unique = Math.min(logs[1], logs[2]);
        double ofData = vector[B] - vector[beta] * Saturation.of(logs[1], unique, vector[R_D]).log;
        double shareD = Math.exp(ofData - logLoss);
        return shares(List.of("A", "B", "E"), 1 - shareD - gradient[E], shareD, gradient[E]);
    }

    @Override
    double[] centres(double[] means) {
        double ofData = isHeld("B") ? 0 : means[1];
        return new double[] {isHeld("A") ? 0 : means[0], ofData, ofData};
    }

    @Override
    void move(double[] vector, double[] by) {
        vector[A] -= vector[ALPHA] * by[0];
        vector[B] -= vector[beta] * by[1];
    }

    /// Exponents and the worth of repetitions at random; then A, B and E as if no parameters were
    /// too many.
    @Override
    void start(CurveStart start) {
        start.set(ALPHA, start.exponent(0));
        if (!isTied()) {
            start.set(beta, start.exponent(1));
        }
        start.set(R_D, start.between(0, 4));
        start.set(R_N, start.between(0, 4));
        double[][] parts = new double[3][start.runs()];
        for (int i = 0; i < start.runs(); i++) {
            double unique = Math.min(start.log(1, i), start.log(2, i));
            parts[0][i] = -start.get(ALPHA) * start.log(0, i);
            parts[1][i] = -start.get(beta) * Saturation.of(start.log(1, i), unique, start.get(R_D)).log;
        }
        start.project(new int[] {A, B, E}, parts, 1);
    }

    @Override
    RepeatedData with(Map<String, Double> others) {
        return new RepeatedData(isTied(), others);
    }
}
