package dev.superpose.plan;

import dev.superpose.scaling.Forms;
import dev.superpose.scaling.ScalingLaw;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Laws and rules from the literature, each with its source. Only numbers that are printed there or
/// in the authors' own files, and one refit of ours, are listed.
public final class PublishedLaws {
    private static final String MASSIVE_TEXT = "MassiveText, 70M to 16B parameters, 5B to 500B tokens";
    private static final double PETAFLOP_DAY = 1e15 * 86_400;

    private static final List<PublishedLaw> LAWS = List.of(
            new PublishedLaw(
                    "chinchilla-refit",
                    chinchilla(
                            477.82586823391,
                            2143.4173633604596,
                            1.8172180990100777,
                            0.34731049888175514,
                            0.3671724326277622),
                    ParameterCount.ALL,
                    MASSIVE_TEXT,
                    "Huber-log optimum (delta 0.001) of the 240 runs that Besiroglu et al. 2024 (arXiv 2404.10102) read"
                            + " off Hoffmann et al.'s figure 4, found by this program",
                    2024,
                    "the optimum of the objective that Hoffmann et al. state; prefer it to their own parameters"),
            new PublishedLaw(
                    "besiroglu-2024",
                    chinchilla(482.01, 2085.43, 1.8172, 0.3478, 0.3658),
                    ParameterCount.ALL,
                    MASSIVE_TEXT,
                    "Besiroglu et al. 2024, Chinchilla Scaling: A replication attempt, arXiv 2404.10102, eq. 5",
                    2024,
                    "the optimum of a Huber density with a free scale"),
            new PublishedLaw(
                    "hoffmann-2022",
                    chinchilla(406.4, 410.7, 1.69, 0.34, 0.28),
                    ParameterCount.ALL,
                    MASSIVE_TEXT,
                    "Hoffmann et al. 2022, arXiv 2203.15556, eq. 10, as printed",
                    2022,
                    "rounded so far that it recommends too many tokens, and no optimum of its objective"),
            new PublishedLaw(
                    "hoffmann-2022-tex",
                    chinchilla(406.401, 410.723, 1.69337, 0.339171, 0.284908),
                    ParameterCount.ALL,
                    MASSIVE_TEXT,
                    "Hoffmann et al. 2022, arXiv 2203.15556, digits in the source of the paper",
                    2022,
                    "no optimum of its objective (Besiroglu et al. 2024)"),
            new PublishedLaw(
                    "muennighoff-2023",
                    ScalingLaw.of(
                            Forms.tied(),
                            Map.of(
                                    "A", Math.exp(6.255414),
                                    "B", Math.exp(7.3049974),
                                    "E", Math.exp(0.6254804),
                                    "alpha", 0.3526596)),
                    ParameterCount.ALL,
                    "C4, 7M to 9B parameters, one epoch; repetition from runs of up to 500 epochs",
                    "Muennighoff et al. 2023, arXiv 2305.16264, appendix A, digits of the authors' code",
                    2023,
                    "N as in the names of the models; repeated tokens by the same paper's decay"),
            new PublishedLaw(
                    "kaplan-2020",
                    ScalingLaw.of(
                            Forms.kaplan(), Map.of("N_c", 6.4e13, "D_c", 1.8e13, "alpha_N", 0.076, "alpha_D", 0.103)),
                    ParameterCount.WITHOUT_EMBEDDINGS,
                    "WebText2, up to 1.5B parameters and 23B tokens",
                    "Kaplan et al. 2020, arXiv 2001.08361, eq. 1.5 with table 2",
                    2020,
                    "fitted to runs that stopped early; has no floor; superseded by Hoffmann et al. 2022"));

    private static final List<OptimumRule> RULES = List.of(
            new OptimumRule(
                    "llama3-approach2",
                    OptimumRule.Size.TOKENS,
                    0.29936,
                    0.5368,
                    "Llama Team 2024, The Llama 3 Herd of Models, arXiv 2407.21783, section 3.2.1 (printed 0.29 and 0.53);"
                            + " digits from a refit of their isoFLOP points",
                    "16.1T tokens at 3.8e25 FLOPs"),
            new OptimumRule(
                    "deepseek-2024",
                    OptimumRule.Size.TOKENS,
                    5.8316,
                    0.4757,
                    "DeepSeek-AI 2024, DeepSeek LLM, arXiv 2401.02954, eq. 4",
                    "C counts operations without embeddings and with attention"),
            new OptimumRule(
                    "kaplan-2020",
                    OptimumRule.Size.PARAMETERS,
                    1.3e9 * Math.pow(PETAFLOP_DAY, -0.73),
                    0.73,
                    "Kaplan et al. 2020, arXiv 2001.08361, table 6 (compute in petaflop-days)",
                    "N without embeddings; superseded: see Porian et al. 2024, arXiv 2406.19146, on what went wrong"));

    private PublishedLaws() {}

    /// All laws, the one to prefer first.
    public static List<PublishedLaw> laws() {
        return LAWS;
    }

    /// The law called `name`.
    public static Optional<PublishedLaw> find(String name) {
        return LAWS.stream().filter(law -> law.name().equalsIgnoreCase(name)).findFirst();
    }

    /// All rules for the optimum.
    public static List<OptimumRule> rules() {
        return RULES;
    }

    private static ScalingLaw chinchilla(double a, double b, double e, double alpha, double beta) {
        return ScalingLaw.of(Forms.chinchilla(), Map.of("A", a, "B", b, "E", e, "alpha", alpha, "beta", beta));
    }
}
