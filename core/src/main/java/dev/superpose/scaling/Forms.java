package dev.superpose.scaling;

import dev.superpose.runs.Quantity;
import dev.superpose.scaling.SumOfPowers.Term;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The laws that can be fitted, each with its source.
public final class Forms {
    private static final String LIU =
            "Liu, Liu and Gore 2025, Superposition Yields Robust Neural Scaling, arXiv 2505.10465";
    private static final String HOFFMANN =
            "Hoffmann et al. 2022, Training Compute-Optimal Large Language Models, arXiv 2203.15556, eq. 2";

    private Forms() {}

    /// L = scale · x^-exponent in one size: a straight line in log-log. Kaplan et al. 2020, eq. 1.1
    /// to 1.3.
    public static SumOfPowers power(Quantity size) {
        return new SumOfPowers(
                "power",
                "Kaplan et al. 2020, Scaling Laws for Neural Language Models, arXiv 2001.08361, eq. 1.1",
                Term.power("scale", size, "exponent"));
    }

    /// L = scale · x^-exponent + floor: what size alone cannot remove stays. Henighan et al. 2020,
    /// eq. 1.1.
    public static SumOfPowers powerWithFloor(Quantity size) {
        return new SumOfPowers(
                "power-floor",
                "Henighan et al. 2020, Scaling Laws for Autoregressive Generative Modeling, arXiv 2010.14701, eq. 1.1",
                Term.power("scale", size, "exponent"),
                Term.floor("floor"));
    }

    /// L = A N^-alpha + B D^-beta + E. Hoffmann et al. 2022, eq. 2 (Approach 3).
    public static SumOfPowers chinchilla() {
        return new SumOfPowers(
                "chinchilla",
                HOFFMANN,
                Term.power("A", Quantity.PARAMETERS, "alpha"),
                Term.power("B", Quantity.TOKENS, "beta"),
                Term.floor("E"));
    }

    /// Chinchilla's law with one exponent for N and D, for data that do not fix two. Muennighoff et
    /// al. 2023 and Gadre et al. 2024 fit it so.
    public static SumOfPowers tied() {
        return new SumOfPowers(
                "chinchilla-tied",
                "Gadre et al. 2024, Language models scale reliably with over-training, arXiv 2403.08540, eq. 4",
                Term.power("A", Quantity.PARAMETERS, "alpha"),
                Term.power("B", Quantity.TOKENS, "alpha"),
                Term.floor("E"));
    }

    /// L = A m^-alpha + B of the group: one law of width for several model families and data sets.
    public static SumOfPowers widthOverGroups(Quantity size) {
        return new SumOfPowers(
                "width-groups",
                LIU + ", eq. 6 and Fig. 8",
                Term.power("A", size, "alpha"),
                new Term("B", Map.of(), true));
    }

    /// L = c_m m^-a_m + c_l l^-a_l + c_D D^-a_D + E: width, depth and data apart.
    public static SumOfPowers widthDepthData() {
        return new SumOfPowers(
                "width-depth-data",
                "Liu, Kangaslahti, Liu and Gore 2026, Inverse Depth Scaling, arXiv 2602.05970",
                Term.power("c_m", Quantity.WIDTH, "a_m"),
                Term.power("c_l", Quantity.DEPTH, "a_l"),
                Term.power("c_D", Quantity.TOKENS, "a_D"),
                Term.floor("E"));
    }

    /// L = A m^-alpha + B l^-beta + C N^-gamma + F D^-zeta + E.
    public static SumOfPowers gemstones() {
        return new SumOfPowers(
                "gemstones",
                "McLeish et al. 2025, Gemstones: A Model Suite for Multi-Faceted Scaling Laws, arXiv 2502.06857",
                Term.power("A", Quantity.WIDTH, "alpha"),
                Term.power("B", Quantity.DEPTH, "beta"),
                Term.power("C", Quantity.PARAMETERS, "gamma"),
                Term.power("F", Quantity.TOKENS, "zeta"),
                Term.floor("E"));
    }

    /// L = A_1 N_nv^-alpha_1 + A_2 N_v^-alpha_2 + B D^-beta + E: parameters of the vocabulary
    /// apart. Tao et al. write -E because their losses have that of the unigrams taken off; here
    /// losses are positive.
    public static SumOfPowers vocabulary() {
        return new SumOfPowers(
                "vocabulary",
                "Tao et al. 2024, Scaling Laws with Vocabulary, arXiv 2407.13623, Approach 3",
                Term.power("A_1", Quantity.NON_VOCABULARY_PARAMETERS, "alpha_1"),
                Term.power("A_2", Quantity.VOCABULARY_PARAMETERS, "alpha_2"),
                Term.power("B", Quantity.TOKENS, "beta"),
                Term.floor("E"));
    }

    /// L = ((N_c/N)^(alpha_N/alpha_D) + D_c/D)^alpha_D. Kaplan et al. 2020, eq. 1.5.
    public static KaplanForm kaplan() {
        return new KaplanForm();
    }

    /// Chinchilla's law with what repeated tokens are worth. Muennighoff et al. 2023.
    public static RepeatedData repeated() {
        return RepeatedData.tied();
    }

    /// A power whose exponent changes once. Caballero et al. 2023.
    public static BrokenPower brokenPower(Quantity size) {
        return new BrokenPower(size);
    }

    /// Every form, with `size` as that of the laws of one size.
    public static List<Form> all(Quantity size) {
        return List.of(
                power(size),
                powerWithFloor(size),
                brokenPower(size),
                chinchilla(),
                tied(),
                kaplan(),
                repeated(),
                RepeatedData.untied(),
                widthOverGroups(size),
                widthDepthData(),
                gemstones(),
                vocabulary());
    }

    /// The form called `word`, with `size` as that of the laws of one size.
    ///
    /// @throws IllegalArgumentException if there is none, with those there are
    public static Form named(String word, Quantity size) {
        return all(size).stream()
                .filter(form -> form.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no law is called \"%s\"; there are %s"
                        .formatted(word, all(size).stream().map(Form::word).collect(Collectors.joining(", ")))));
    }
}
