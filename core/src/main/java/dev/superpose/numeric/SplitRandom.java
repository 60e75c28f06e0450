package dev.superpose.numeric;

/// xoshiro256++ (Blackman and Vigna 2019), owned here so that a JDK upgrade never changes a published number.
///
/// Not thread-safe: one generator belongs to one thread. Its whole state is four longs, which a checkpoint stores.
public final class SplitRandom {
    private static final double TWO_PI = 2 * Math.PI;

    private long s0;
    private long s1;
    private long s2;
    private long s3;

    /// A generator whose state is filled from `seed` by SplitMix64.
    public SplitRandom(long seed) {
        s0 = Seed.mix(seed);
        s1 = Seed.mix(s0);
        s2 = Seed.mix(s1);
        s3 = Seed.mix(s2);
    }

    /// A generator that goes on from `state` (4 longs, not all zero), as [#state()] gave it.
    public SplitRandom(long[] state) {
        if (state.length != 4 || (state[0] | state[1] | state[2] | state[3]) == 0) {
            throw new IllegalArgumentException("a xoshiro256++ state is 4 longs, not all zero");
        }
        s0 = state[0];
        s1 = state[1];
        s2 = state[2];
        s3 = state[3];
    }

    /// The 4 longs from which [#SplitRandom(long[])] continues the sequence.
    public long[] state() {
        return new long[] {s0, s1, s2, s3};
    }

    /// 64 random bits.
    public long nextLong() {
        long result = Long.rotateLeft(s0 + s3, 23) + s0;
        long t = s1 << 17;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= t;
        s3 = Long.rotateLeft(s3, 45);
        return result;
    }

    /// Uniform in [0, 1), a multiple of 2^-53.
    public double nextDouble() {
        return (nextLong() >>> 11) * 0x1p-53;
    }

    /// Uniform in [0, 1), a multiple of 2^-24.
    public float nextFloat() {
        return (nextLong() >>> 40) * 0x1p-24f;
    }

    /// Uniform in 0 .. bound - 1 without bias (Lemire 2019).
    public int nextInt(int bound) {
        if (bound < 1) {
            throw new IllegalArgumentException("bound must be at least 1, is " + bound);
        }
        long product = (nextLong() >>> 32) * bound;
        long low = product & 0xffffffffL;
        if (low < bound) {
            long threshold = (0x1_0000_0000L - bound) % bound;
            while (low < threshold) {
                product = (nextLong() >>> 32) * bound;
                low = product & 0xffffffffL;
            }
        }
        return (int) (product >>> 32);
    }

    /// Standard normal, by Box and Muller; one value per pair of draws, so that no hidden half is kept.
    public double nextGaussian() {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - nextDouble()));
        return radius * StrictMath.cos(TWO_PI * nextDouble());
    }
}
