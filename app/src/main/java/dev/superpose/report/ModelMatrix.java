package dev.superpose.report;

import dev.superpose.geometry.GeometryReport;
import dev.superpose.geometry.Verdict;
import java.util.List;

/// A matrix of a real model and what was measured on it.
///
/// @param family what it is compared within, such as the folder that was inspected: one mark
/// and one slope
/// @param model the model's name
/// @param file the file that holds it
/// @param tensor its name in the file
/// @param role `embedding`, `unembedding` or `vectors`
/// @param tied whether input embedding and unembedding are this one matrix
/// @param dtype how its numbers are stored
/// @param geometry the measurements
/// @param verdict what they mean
/// @param notes what a reader should know, a sentence each
public record ModelMatrix(
        String family,
        String model,
        String file,
        String tensor,
        String role,
        boolean tied,
        String dtype,
        GeometryReport geometry,
        Verdict verdict,
        List<String> notes) {
    /// Takes a copy of the notes.
    public ModelMatrix {
        notes = List.copyOf(notes);
    }

    /// Model and tensor, for people.
    String name() {
        return model + " " + tensor;
    }
}
