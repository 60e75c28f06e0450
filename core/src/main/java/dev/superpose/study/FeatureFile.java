package dev.superpose.study;

import dev.superpose.result.InputException;
import dev.superpose.toy.FeatureFrequencies;
import dev.superpose.toy.Importance;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A number for each feature, such as a token count: a text file with one number a line, or a CSV
/// file whose last column holds them, most often under a line of names.
public final class FeatureFile {
    private static final int MOST_LINES = 10_000_000;

    private FeatureFile() {}

    /// The frequencies in `file`, in its order.
    ///
    /// @throws InputException if a line holds no number of at least 0, or none is above 0
    public static FeatureFrequencies.Given frequencies(Path file) throws IOException {
        return new FeatureFrequencies.Given(read(file, "a frequency", "frequencies"));
    }

    /// The importances in `file`, in its order.
    ///
    /// @throws InputException if a line holds no number of at least 0, or none is above 0
    public static Importance.Given importances(Path file) throws IOException {
        return new Importance.Given(read(file, "an importance", "importances"));
    }

    /// @param one what each number is
    /// @param many what they are together
    private static List<Double> read(Path file, String one, String many) throws IOException {
        if (Files.isDirectory(file)) {
            throw new InputException(file, "", "a file of " + many, "a folder", "");
        }
        var weights = new ArrayList<Double>();
        int number = 0;
        try (var lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (number > MOST_LINES) {
                    throw new InputException(file, "", "at most %,d lines".formatted(MOST_LINES), "more", "");
                }
                String field = line.substring(line.lastIndexOf(',') + 1).strip();
                if (field.isEmpty() && line.isBlank()) {
                    continue;
                }
                double weight = parse(field);
                boolean header = number == 1 && Double.isNaN(weight) && !field.equalsIgnoreCase("nan");
                if (!header && !(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
                    throw new InputException(
                            file, "line " + number, one + " of at least 0 in the last column", field, "");
                }
                if (!header) {
                    weights.add(weight);
                }
            }
        } catch (NoSuchFileException _) {
            throw new InputException(file, "", "a file of " + many, "no such file", "");
        } catch (CharacterCodingException _) {
            throw new InputException(file, "after line " + number, "UTF-8 text", "other bytes", "");
        }
        if (weights.stream().noneMatch(weight -> weight > 0)) {
            throw new InputException(file, "", "a number above 0 among the " + many, "none", "");
        }
        return weights;
    }

    private static double parse(String field) {
        try {
            return Double.parseDouble(field);
        } catch (NumberFormatException _) {
            return Double.NaN;
        }
    }
}
