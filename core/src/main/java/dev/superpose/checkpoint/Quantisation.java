package dev.superpose.checkpoint;

import dev.superpose.result.InputException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Which matrices of a model are stored as codes whose scales lie in other tensors, told by the
/// names of those. Read without its scales such a matrix gives numbers that are plausible and
/// wrong.
final class Quantisation {
    private static final String PLAIN = ".weight";

    /// What tensor names end with that belong to a quantised `<stem>.weight`.
    private static final Map<String, Scheme> MARKS = Map.ofEntries(
            Map.entry(".qweight", Scheme.GPTQ_OR_AWQ),
            Map.entry(".qzeros", Scheme.GPTQ_OR_AWQ),
            Map.entry(".scales", Scheme.GPTQ_OR_AWQ),
            Map.entry(".weight_packed", Scheme.COMPRESSED_TENSORS),
            Map.entry(".W_q", Scheme.HQQ),
            Map.entry(".codebooks", Scheme.AQLM),
            Map.entry(".weight.absmax", Scheme.BITSANDBYTES),
            Map.entry(".weight.quant_map", Scheme.BITSANDBYTES),
            Map.entry(".SCB", Scheme.BITSANDBYTES),
            Map.entry(".weight_scale_inv", Scheme.SCALED),
            Map.entry(".weight_scale", Scheme.SCALED),
            Map.entry(".scale", Scheme.SCALED));

    private static final String REMEDY =
            "quantised embeddings are not read; use the model from before quantisation, or a GGUF file";

    private final Map<String, Stored> stored = new HashMap<>();
    private final Set<Scheme> schemes = EnumSet.noneOf(Scheme.class);

    private Quantisation() {}

    /// A way of storing weights as codes and scales.
    enum Scheme {
        GPTQ_OR_AWQ("GPTQ or AWQ"),
        COMPRESSED_TENSORS("compressed-tensors"),
        BITSANDBYTES("bitsandbytes"),
        HQQ("HQQ"),
        AQLM("AQLM"),
        SCALED("8-bit with scales");

        private final String words;

        Scheme(String words) {
            this.words = words;
        }
    }

    /// @param mark the name of the tensor that tells of it
    private record Stored(String mark, Scheme scheme) {}

    /// What the names of a model's tensors tell.
    static Quantisation of(Set<String> names) {
        var quantisation = new Quantisation();
        for (String name : names) {
            int at = ending(name);
            Scheme scheme = at < 0 ? null : MARKS.get(name.substring(at));
            String plain = at < 0 ? "" : name.substring(0, at) + PLAIN;
            // `.scale` and `.scales` alone also name the gains of norms.
            boolean gain = scheme != null
                    && name.startsWith(".scale", at)
                    && !names.contains(plain)
                    && !names.contains(name.substring(0, at) + ".qweight");
            if (scheme != null && !gain) {
                quantisation.stored.putIfAbsent(plain, new Stored(name, scheme));
                if (!name.endsWith(".scale")) {
                    quantisation.schemes.add(scheme);
                }
            }
        }
        return quantisation;
    }

    /// Where the mark begins that `name` may end with.
    private static int ending(String name) {
        int dot = name.lastIndexOf('.');
        return dot > 0 && (name.endsWith(".absmax") || name.endsWith(".quant_map"))
                ? name.lastIndexOf('.', dot - 1)
                : dot;
    }

    /// The names that the quantised matrices would have if they were not: `<stem>.weight`.
    Set<String> plainNames() {
        return stored.keySet();
    }

    /// Refuses the matrix of that plain name if it is quantised: 8-bit numbers that have scales
    /// elsewhere, or codes under another name.
    ///
    /// @param file what it is in, for the message
    /// @param dtype of the tensor of that name; empty if there is none
    void requirePlain(Path file, String name, Optional<Dtype> dtype) throws InputException {
        Stored found = stored.get(name);
        if (found == null) {
            return;
        }
        boolean plain =
                found.scheme == Scheme.SCALED && !dtype.map(Dtype::quantised).orElse(true);
        if (!plain) {
            throw new InputException(
                    file,
                    "tensor '%s'".formatted(name),
                    "numbers that are weights as they stand",
                    "%s (%s) with scales in '%s'"
                            .formatted(dtype.map(Dtype::name).orElse("codes"), found.scheme.words, found.mark),
                    REMEDY);
        }
    }

    /// What to say of the matrix of that plain name, which is not measured, if it is quantised.
    Optional<String> leftOut(String what, String name) {
        return Optional.ofNullable(stored.get(name))
                .map(found -> "the %s is quantised (%s, '%s') and was left out"
                        .formatted(what, found.scheme.words, found.mark));
    }

    /// What to say beside matrices that are not quantised themselves.
    List<String> notes() {
        return schemes.isEmpty()
                ? List.of()
                : List.of("other matrices of the model are quantised (%s); these rows are not"
                        .formatted(schemes.stream().map(scheme -> scheme.words).collect(Collectors.joining(", "))));
    }
}
