package dev.superpose.scaling;

import dev.superpose.numeric.Seed;
import dev.superpose.numeric.SplitRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Draws laws around a fitted one by fitting it again and again to resampled runs.
///
/// Draw k takes its numbers from the seed's child k and the draws are gathered in order, so the
/// same seed gives the same bits on any number of threads. Every search starts at the optimum that
/// is known; where the starts of the fit did not agree, so that there are other minima, also at
/// random points.
///
/// @param method what is resampled
/// @param count how many draws, at least [Draws#FEWEST]
/// @param seed of the draws
public record Bootstrap(Method method, int count, Seed seed) {
    /// Draws that fix the ends of a 95 % interval to about a twentieth of its width.
    public static final int USUAL_COUNT = 1000;

    /// Where draws come from if nobody says.
    public static final Seed USUAL_SEED = new Seed(20250511);

    /// Below this share of agreeing starts a replicate is also searched from random points.
    private static final double UNANIMOUS = 0.9;

    private static final int RESTARTS = 4;

    public Bootstrap {
        if (count < Draws.FEWEST) {
            throw new IllegalArgumentException("at least %d draws are needed, not %d".formatted(Draws.FEWEST, count));
        }
    }

    /// The usual number of draws.
    public static Bootstrap of(Method method) {
        return new Bootstrap(method, USUAL_COUNT, USUAL_SEED);
    }

    /// What is resampled.
    public enum Method {
        /// Whole runs: right also where deviations differ in size; needs many runs.
        PAIRS("pairs"),
        /// Deviations from the law, shuffled over the runs: right where they are alike at all
        /// sizes, also for few runs.
        RESIDUAL("residual"),
        /// Whole clusters of runs: right where runs of one cluster, such as checkpoints of one
        /// training, deviate together.
        CLUSTER("cluster"),
        /// The sign of every deviation: right where deviations differ in size, also for few runs.
        WILD("wild");

        /// Of fewer clusters a resample tells too little.
        private static final int FEWEST_CLUSTERS = 10;

        private final String word;

        Method(String word) {
            this.word = word;
        }

        /// The method whose intervals cover as often as they say for such a fit: clusters where the
        /// runs have enough of them, else pairs for Huber's objectives, else turned signs, which of
        /// those for least squares alone also hold where deviations differ in size. Measured in
        /// docs/derivations/uncertainty.md.
        public static Method usual(Fit.Fitted fitted) {
            var runs = fitted.runs();
            long clusters = IntStream.range(0, runs.count())
                    .map(runs::cluster)
                    .distinct()
                    .count();
            if (clusters < runs.count() && clusters >= Math.max(FEWEST_CLUSTERS, 2 * fitted.free())) {
                return CLUSTER;
            }
            return isLeastSquares(fitted.objective()) ? WILD : PAIRS;
        }

        /// The name on the command line and in files.
        public String word() {
            return word;
        }
    }

    /// The usual number of draws of the usual method.
    public static Bootstrap usual(Fit.Fitted fitted) {
        return of(Method.usual(fitted));
    }

    private static boolean isLeastSquares(Objective objective) {
        return switch (objective) {
            case Objective.LeastSquares _, Objective.LogLeastSquares _ -> true;
            case Objective.HuberLog _, Objective.HuberDensity _ -> false;
        };
    }

    /// The draws. Those whose resample does not fix the law, or whose search breaks off, are
    /// counted as failed.
    ///
    /// @throws IllegalArgumentException for turned signs under one of Huber's objectives, whose
    /// intervals would be too narrow
    public Draws draws(Fit.Fitted fitted) {
        if (method == Method.WILD && !isLeastSquares(fitted.objective())) {
            throw new IllegalArgumentException("the wild bootstrap is for least squares, not for %s: use pairs"
                    .formatted(fitted.objective().name()));
        }
        var refit = new Refit(fitted);
        var resampling = resampling(fitted);
        int restarts = fitted.certificate().agreeing()
                        < UNANIMOUS * fitted.certificate().starts()
                ? RESTARTS
                : 0;
        List<Optional<ScalingLaw>> ends = IntStream.range(0, count)
                .parallel()
                .mapToObj(k -> {
                    var own = seed.child(method.word).child(Integer.toString(k));
                    var resample = resampling.draw(own.random());
                    return refit.identified(resample.weights, resample.logLosses, restarts, own.child("restarts"));
                })
                .toList();
        var laws = new ArrayList<ScalingLaw>();
        ends.forEach(end -> end.ifPresent(laws::add));
        return new Draws(method.word + " bootstrap", laws, count - laws.size());
    }

    private Resampling resampling(Fit.Fitted fitted) {
        double[] weights = new double[fitted.runs().count()];
        Arrays.setAll(weights, fitted.runs()::weight);
        double[] logLosses = fitted.runs().logLosses();
        return switch (method) {
            case PAIRS ->
                random -> {
                    double[] drawn = new double[weights.length];
                    for (int i = 0; i < drawn.length; i++) {
                        int run = random.nextInt(drawn.length);
                        drawn[run] += weights[run];
                    }
                    return new Resample(drawn, logLosses);
                };
            case CLUSTER -> {
                int[][] clusters = clusters(fitted);
                yield random -> {
                    double[] drawn = new double[weights.length];
                    for (int c = 0; c < clusters.length; c++) {
                        for (int run : clusters[random.nextInt(clusters.length)]) {
                            drawn[run] += weights[run];
                        }
                    }
                    return new Resample(drawn, logLosses);
                };
            }
            case RESIDUAL -> {
                var deviations = new Deviations(fitted);
                yield random -> new Resample(weights, deviations.shuffled(random));
            }
            case WILD -> {
                var deviations = new Deviations(fitted);
                yield random -> new Resample(weights, deviations.turned(random));
            }
        };
    }

    /// The runs of each cluster, `(clusters)(runs of the cluster)`.
    private static int[][] clusters(Fit.Fitted fitted) {
        var runs = fitted.runs();
        return IntStream.range(0, runs.count())
                .map(runs::cluster)
                .distinct()
                .mapToObj(cluster -> IntStream.range(0, runs.count())
                        .filter(i -> runs.cluster(i) == cluster)
                        .toArray())
                .toArray(int[][]::new);
    }

    private interface Resampling {
        Resample draw(SplitRandom random);
    }

    /// What a replicate is fitted to, both `(runs)`.
    @SuppressWarnings("ArrayRecordComponent") // passed on at once, never compared
    private record Resample(double[] weights, double[] logLosses) {}
}
