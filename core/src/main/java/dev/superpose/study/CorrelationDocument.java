package dev.superpose.study;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_ABSENT;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.superpose.toy.Correlation;
import java.util.Optional;

/// The correlation of a training's features as it stands in JSON: `{law: together, strength: 0.5,
/// group_size: 10, groups: strided}` or `{law: exclusive, group_size: 2, groups: neighbours}`.
public record CorrelationDocument(
        Law law, @JsonInclude(NON_ABSENT) Optional<Double> strength, int groupSize, Correlation.Groups groups) {

    /// What the features of a group do.
    public enum Law {
        /// They co-occur; `strength` says how much.
        TOGETHER,
        /// They exclude each other.
        EXCLUSIVE
    }

    /// `correlation` as a document; empty for independent features.
    public static Optional<CorrelationDocument> of(Correlation correlation) {
        return switch (correlation) {
            case Correlation.Independent() -> Optional.empty();
            case Correlation.Together(double strength, int size, var groups) ->
                Optional.of(new CorrelationDocument(Law.TOGETHER, Optional.of(strength), size, groups));
            case Correlation.Exclusive(int size, var groups) ->
                Optional.of(new CorrelationDocument(Law.EXCLUSIVE, Optional.empty(), size, groups));
        };
    }

    /// The correlation that this describes.
    ///
    /// @throws IllegalArgumentException if there can be none
    Correlation correlation() {
        return switch (law) {
            case TOGETHER -> new Correlation.Together(strength.orElse(Double.NaN), groupSize, groups);
            case EXCLUSIVE -> new Correlation.Exclusive(groupSize, groups);
        };
    }
}
