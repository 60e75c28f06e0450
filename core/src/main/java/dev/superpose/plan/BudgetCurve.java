package dev.superpose.plan;

/// All N and D that cost the same: training plus, if tokens are to be served, forward passes on
/// those.
///
/// @param flops operations per token
/// @param servedTokens to be processed after training
/// @param compute that is spent, FLOPs
record BudgetCurve(FlopModel flops, double servedTokens, double compute) {
    private static final double NOTHING = -1e3;

    /// D that N leaves: what is left after serving, over the cost of training on a token; not
    /// positive if serving alone costs more.
    double tokens(double parameters) {
        double serving = servedTokens == 0 ? 0 : servedTokens * flops.forwardPerToken(parameters);
        return (compute - serving) / flops.trainingPerToken(parameters);
    }

    /// The largest ln N that leaves one token, at most ln `largest`; below ln of the least N if
    /// there is none.
    double highest(double largest) {
        double low = Math.log(Search.LEAST);
        // No model of flops is cheaper than a hundredth of 6 N.
        double high = Math.min(Math.log(largest), Math.log(compute) + 3);
        if (!(high > low) || tokens(Search.LEAST) < 1) {
            return Double.NEGATIVE_INFINITY;
        }
        double end = Search.root(this::logTokens, low, high);
        return Double.isNaN(end) ? high : end;
    }

    /// ln D at ln N; far below 0 where nothing is left for training.
    double logTokens(double logParameters) {
        double tokens = tokens(Math.exp(logParameters));
        return tokens > 0 ? Math.max(NOTHING, Math.log(tokens)) : NOTHING;
    }

    static double spent(FlopModel flops, double servedTokens, double parameters, double tokens) {
        double serving = servedTokens == 0 ? 0 : servedTokens * flops.forwardPerToken(parameters);
        return flops.trainingPerToken(parameters) * tokens + serving;
    }
}
