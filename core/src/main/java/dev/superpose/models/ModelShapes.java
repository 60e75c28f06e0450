package dev.superpose.models;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/// How many layers and parameters the 27 language models of the published fit have, as their makers
/// print it.
///
/// OPT: Zhang et al. 2022, arXiv 2205.01068, table 1. Qwen2.5: Qwen Team 2024, arXiv 2412.15115,
/// table 1. GPT-2: Radford et al. 2019, table 2. Pythia: Biderman et al. 2023, arXiv 2304.01373,
/// table 1.
public final class ModelShapes {
    private static final Map<String, Integer> LAYERS = Map.ofEntries(
            Map.entry("opt-125m", 12),
            Map.entry("opt-350m", 24),
            Map.entry("opt-1.3b", 24),
            Map.entry("opt-2.7b", 32),
            Map.entry("opt-6.7b", 32),
            Map.entry("opt-13b", 40),
            Map.entry("opt-30b", 48),
            Map.entry("opt-66b", 64),
            Map.entry("Qwen2.5-0.5B", 24),
            Map.entry("Qwen2.5-1.5B", 28),
            Map.entry("Qwen2.5-3B", 36),
            Map.entry("Qwen2.5-7B", 28),
            Map.entry("Qwen2.5-14B", 48),
            Map.entry("Qwen2.5-32B", 64),
            Map.entry("Qwen2.5-72B", 80),
            Map.entry("gpt2", 12),
            Map.entry("gpt2-medium", 24),
            Map.entry("gpt2-large", 36),
            Map.entry("gpt2-xl", 48),
            Map.entry("pythia-70m", 6),
            Map.entry("pythia-160m", 12),
            Map.entry("pythia-410m", 24),
            Map.entry("pythia-1b", 16),
            Map.entry("pythia-1.4b", 24),
            Map.entry("pythia-2.8b", 32),
            Map.entry("pythia-6.9b", 32),
            Map.entry("pythia-12b", 36));

    /// The names of the others say it.
    private static final Map<String, Double> GPT2_PARAMETERS =
            Map.of("gpt2", 124e6, "gpt2-medium", 355e6, "gpt2-large", 774e6, "gpt2-xl", 1558e6);

    private static final Pattern SIZE = Pattern.compile(".*-(\\d+(?:\\.\\d+)?)([mb])");

    private ModelShapes() {}

    /// The number of layers of the model called `name`, without its organisation; empty if it is
    /// not one of them.
    public static Optional<Integer> layers(String name) {
        return Optional.ofNullable(LAYERS.get(name));
    }

    /// About how many parameters the model called `name` has, in two or three digits; empty if
    /// it is not one of them. Some makers count the embedding, others do not.
    public static OptionalDouble parameters(String name) {
        Double ofGpt2 = GPT2_PARAMETERS.get(name);
        if (ofGpt2 != null) {
            return OptionalDouble.of(ofGpt2);
        }
        var size = SIZE.matcher(name.toLowerCase(Locale.ROOT));
        return LAYERS.containsKey(name) && size.matches()
                ? OptionalDouble.of(
                        Double.parseDouble(size.group(1)) * (size.group(2).equals("m") ? 1e6 : 1e9))
                : OptionalDouble.empty();
    }
}
