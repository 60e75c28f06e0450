package dev.superpose.published;

/// How often the features of a published training are active, up to a common factor.
public enum FrequencyLaw {
    /// p_i ∝ i^-alpha, i from 1.
    POWER,
    /// p_i ∝ exp(-i / 400), i from 0.
    EXPONENTIAL,
    /// p_i ∝ (n - i) / n, i from 0.
    LINEAR
}
