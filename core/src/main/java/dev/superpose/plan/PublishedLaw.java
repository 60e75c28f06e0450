package dev.superpose.plan;

import dev.superpose.scaling.ScalingLaw;

/// A law from the literature, for those who have no data of their own. Published, not fitted to the
/// user's data: another tokenizer, corpus or architecture has another law.
///
/// @param name as the command line takes it
/// @param law in nats per token
/// @param counting what its N counts
/// @param data on which it was fitted
/// @param source paper and place in it
/// @param year of the paper
/// @param note what a reader should know before using it
public record PublishedLaw(
        String name, ScalingLaw law, ParameterCount counting, String data, String source, int year, String note) {
    /// How every result that rests on such a law is marked.
    public static final String MARK = "published, not fitted to your data";
}
