package dev.superpose.toy;

import dev.superpose.numeric.SplitRandom;
import java.util.Arrays;

/// Features that co-occur, or exclude each other, by latent groups: a [CellWalk] over (group,
/// sample) cells finds the open ones, and in each of them the members are drawn. Every feature
/// keeps its probability.
final class GroupedFeatures implements FeatureSampler {
    /// What happens in an open group.
    private enum Inside {
        /// Each member by itself: a walk over the members' hazards, which goes on from one open
        /// group to the next.
        EACH,
        /// One member, by the cumulative probabilities.
        ONE
    }

    private final int features;
    private final int[][] groups;
    private final CellWalk open;
    private final Inside inside;
    /// Per group and member: the hazard in an open group, or the probability of this
    /// member or one before.
    private final double[][] members;
    /// What is active, in the order it is drawn: by group, then sample.
    private int[] featureOf = new int[64];
    private int[] sampleOf = new int[64];
    private float[] valueOf = new float[64];
    private int count;

    private GroupedFeatures(
            int features, int[][] groups, double[] openProbabilities, Inside inside, double[][] members) {
        this.features = features;
        this.groups = groups;
        this.inside = inside;
        this.members = members;
        open = new CellWalk(openProbabilities);
    }

    /// @param p p_1 .. p_n
    static GroupedFeatures together(double[] p, Correlation.Together law) {
        int[][] groups = law.groups().of(p.length, law.groupSize());
        var q = new double[groups.length];
        var hazards = new double[groups.length][];
        for (int g = 0; g < groups.length; g++) {
            double highest =
                    Arrays.stream(groups[g]).mapToDouble(i -> p[i]).max().orElseThrow();
            double opens = law.openProbability(highest);
            q[g] = opens;
            hazards[g] = Arrays.stream(groups[g])
                    .mapToDouble(i -> opens == 0 ? 0 : CellWalk.hazard(Math.min(1, p[i] / opens)))
                    .toArray();
        }
        return new GroupedFeatures(p.length, groups, q, Inside.EACH, hazards);
    }

    /// @param p p_1 .. p_n, at most 1 in all in each group
    static GroupedFeatures exclusive(double[] p, Correlation.Exclusive law) {
        int[][] groups = law.groups().of(p.length, law.groupSize());
        var q = new double[groups.length];
        var cumulative = new double[groups.length][];
        for (int g = 0; g < groups.length; g++) {
            double sum = 0;
            cumulative[g] = new double[groups[g].length];
            for (int k = 0; k < groups[g].length; k++) {
                sum += p[groups[g][k]];
                cumulative[g][k] = sum;
            }
            q[g] = Math.min(1, sum);
        }
        return new GroupedFeatures(p.length, groups, q, Inside.ONE, cumulative);
    }

    @Override
    public void draw(SplitRandom random, SampleBatch batch) {
        count = 0;
        switch (inside) {
            case EACH -> {
                var left = new double[] {CellWalk.exponential(random)};
                open.run(batch.samples, random, (group, sample) -> left[0] = each(group, sample, left[0], random));
            }
            case ONE -> open.run(batch.samples, random, (group, sample) -> one(group, sample, random));
        }
        fill(batch);
    }

    /// @return what is left of the walk's step behind the group's last member
    private double each(int group, int sample, double step, SplitRandom random) {
        double left = step;
        double[] hazards = members[group];
        for (int k = 0; k < hazards.length; k++) {
            if (left < hazards[k]) {
                add(groups[group][k], sample, random);
                left = CellWalk.exponential(random);
            } else {
                left -= hazards[k];
            }
        }
        return left;
    }

    private void one(int group, int sample, SplitRandom random) {
        double[] cumulative = members[group];
        int last = cumulative.length - 1;
        double at = random.nextDouble() * cumulative[last];
        int k = 0;
        while (k < last && at >= cumulative[k]) {
            k++;
        }
        add(groups[group][k], sample, random);
    }

    private void add(int feature, int sample, SplitRandom random) {
        if (count == featureOf.length) {
            int room = Math.multiplyExact(2, count);
            featureOf = Arrays.copyOf(featureOf, room);
            sampleOf = Arrays.copyOf(sampleOf, room);
            valueOf = Arrays.copyOf(valueOf, room);
        }
        featureOf[count] = feature;
        sampleOf[count] = sample;
        valueOf[count] = 2 * random.nextFloat();
        count++;
    }

    /// Hands what was drawn to `batch` by feature, as that wants it. Within a feature
    /// samples ascend already.
    private void fill(SampleBatch batch) {
        var next = new int[features + 1];
        for (int e = 0; e < count; e++) {
            next[featureOf[e] + 1]++;
        }
        for (int i = 0; i < features; i++) {
            next[i + 1] += next[i];
        }
        var order = new int[count];
        for (int e = 0; e < count; e++) {
            order[next[featureOf[e]]++] = e;
        }
        batch.clear();
        for (int e : order) {
            batch.add(featureOf[e], sampleOf[e], valueOf[e]);
        }
        batch.finish();
    }
}
