package dev.superpose.plan;

/// How the products of queries with keys and of weights with values are counted.
public enum AttentionFlops {
    /// Every token with all of the context, masked or not: the usual count (Hoffmann et al. 2022,
    /// appendix F).
    FULL,
    /// Every token with itself and those before it: what a kernel that skips the masked half does.
    CAUSAL
}
