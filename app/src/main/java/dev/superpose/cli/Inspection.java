package dev.superpose.cli;

import dev.superpose.checkpoint.Role;
import dev.superpose.geometry.GeometryReport;
import dev.superpose.geometry.RankInterference;
import dev.superpose.geometry.Verdict;
import dev.superpose.report.ModelMatrix;
import dev.superpose.report.PublishedOverlaps;
import dev.superpose.result.Provenance;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// One matrix of a model and what was found about it.
///
/// @param family what it is compared within: the folder that was named, or the models named
/// side by side
/// @param model the model's name
/// @param file the file that holds the matrix
/// @param tensor its name there
/// @param role what it does in the model
/// @param tied whether input embedding and unembedding are this one matrix
/// @param dtype how its numbers are stored
/// @param geometry the measurements
/// @param ranks interference by rank of frequency; empty where no frequencies are known
/// @param notes what a reader should know, a sentence each
/// @param company the neighbours of a token, where they were asked for and the matrix has the token
/// @param closest the rows with the largest |cosine| of those looked at; empty if there is no pair
/// @param provenance by which program and on which machine it was measured; without inputs
/// @param takenUp whether that was in an earlier run
record Inspection(
        String family,
        String model,
        Path file,
        String tensor,
        Role role,
        boolean tied,
        String dtype,
        GeometryReport geometry,
        List<RankInterference> ranks,
        List<String> notes,
        Optional<TokenCompany> company,
        Optional<ClosestPair> closest,
        Provenance provenance,
        boolean takenUp) {
    Inspection {
        ranks = List.copyOf(ranks);
        notes = List.copyOf(notes);
    }

    /// `embedding`, `unembedding` or `vectors`.
    String roleName() {
        return role.name().toLowerCase(Locale.ROOT);
    }

    /// Whether it is an unembedding, perhaps the input embedding too.
    boolean isHead() {
        return tied || role == Role.UNEMBEDDING;
    }

    /// What others published about this model's head, if that is what it is.
    Optional<PublishedOverlaps.Model> published() {
        return isHead() ? PublishedOverlaps.of(model, geometry.width()) : Optional.empty();
    }

    /// The same in the words of a report, where the embeddings of a family are one curve
    /// and its unembeddings another.
    ModelMatrix forReport(Verdict verdict) {
        String curve = role == Role.VECTORS ? family : family + " " + roleName() + "s";
        return new ModelMatrix(
                curve, model, file.toString(), tensor, roleName(), tied, dtype, geometry, verdict, notes);
    }
}
