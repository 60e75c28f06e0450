package dev.superpose.plan;

/// What a proposal loses against the best plan of the same compute.
///
/// @param proposal N, D and the loss there
/// @param compute that it takes, FLOPs, serving included
/// @param best the best plan for that compute
/// @param equivalentCompute with which the best plan reaches the proposal's loss
public record Waste(Choice proposal, double compute, Choice best, double equivalentCompute) {
    /// The loss over the least loss for the compute, less 1; below 0 only for a proposal that the
    /// circumstances do not allow, such as a model that is too large.
    public double excess() {
        return proposal.loss() / best.loss() - 1;
    }

    /// The share of the compute that buys nothing, in 0 .. 1: 1 - equivalent compute over compute.
    public double share() {
        return 1 - equivalentCompute / compute;
    }
}
