package dev.superpose.study;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_ABSENT;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.superpose.toy.Importance;
import java.util.List;
import java.util.Optional;

/// The importances of a training as they stand in JSON: `{law: geometric, ratio: 0.7}` or
/// `{law: given, weights: [1, 0.5]}`.
public record ImportanceDocument(
        Law law,
        @JsonInclude(NON_ABSENT) Optional<Double> ratio,
        @JsonInclude(NON_ABSENT) Optional<List<Double>> weights) {

    /// Which of the other keys is there.
    public enum Law {
        /// `ratio`
        GEOMETRIC,
        /// `weights`
        GIVEN
    }

    /// `importance` as a document; empty for equal ones.
    public static Optional<ImportanceDocument> of(Importance importance) {
        if (importance.equals(Importance.EQUAL)) {
            return Optional.empty();
        }
        return Optional.of(
                switch (importance) {
                    case Importance.Geometric(double ratio) ->
                        new ImportanceDocument(Law.GEOMETRIC, Optional.of(ratio), Optional.empty());
                    case Importance.Given(var weights) ->
                        new ImportanceDocument(Law.GIVEN, Optional.empty(), Optional.of(weights));
                });
    }

    /// The importances that this describes.
    ///
    /// @throws IllegalArgumentException if there can be none
    Importance importance() {
        return switch (law) {
            case GEOMETRIC -> new Importance.Geometric(ratio.orElse(Double.NaN));
            case GIVEN -> new Importance.Given(weights.orElse(List.of()));
        };
    }
}
