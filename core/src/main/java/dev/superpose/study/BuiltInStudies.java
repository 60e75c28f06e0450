package dev.superpose.study;

import dev.superpose.result.InputException;
import dev.superpose.result.Spelling;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The studies that come with the program, each a YAML file to run, or to copy and change.
public final class BuiltInStudies {
    private static final List<String> NAMES =
            List.of("quick", "large", "decay", "exponents", "density", "wide", "wall", "correlated", "geometry");

    private BuiltInStudies() {}

    /// Their names, in the order to tell of them.
    public static List<String> names() {
        return NAMES;
    }

    /// The YAML of the study called `name`.
    ///
    /// @throws InputException if there is none of that name; the nearest is named
    public static String yaml(String name) throws InputException {
        if (!NAMES.contains(name)) {
            String near = Spelling.nearest(name, NAMES)
                    .map(guess -> "did you mean '" + guess + "'? ")
                    .orElse("");
            throw new InputException(
                    "study",
                    "",
                    "a study file or a built-in study",
                    name,
                    near + "built in: " + String.join(", ", NAMES));
        }
        try (var in = BuiltInStudies.class.getResourceAsStream(name + ".yaml")) {
            if (in == null) {
                throw new IOException(name + ".yaml is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException("the program's own study cannot be read", broken);
        }
    }

    /// The scales that the study called `name` declares, from small to large.
    ///
    /// @throws InputException if there is none of that name
    public static List<Scale> scales(String name) throws InputException {
        return StudyFile.scales(name + ".yaml", yaml(name));
    }

    /// The study called `name`; its samples are relative to `home`, the folder the program lies in.
    ///
    /// @param scale which of its scales; empty means `short` if it has that
    /// @throws InputException if there is none of that name or scale
    public static Study study(String name, Optional<Scale> scale, Path home) throws InputException {
        return StudyFile.parse(name + ".yaml", yaml(name), home, scale);
    }
}
