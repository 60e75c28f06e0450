package dev.superpose.numeric;

/// A seed that is split by name, never by call order, so that a study gives the same numbers in any order and on any
/// number of workers.
///
/// @param value any 64 bits
public record Seed(long value) {

    /// The seed of the part called `name`; the same name always gives the same child.
    public Seed child(String name) {
        long state = value;
        for (int i = 0; i < name.length(); i++) {
            state = mix(state ^ name.charAt(i));
        }
        return new Seed(mix(state + name.length()));
    }

    /// A fresh generator that starts from this seed.
    public SplitRandom random() {
        return new SplitRandom(value);
    }

    /// The SplitMix64 finaliser (Steele, Lea and Flood 2014): a bijection of 64 bits that mixes well.
    static long mix(long bits) {
        long z = bits + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
