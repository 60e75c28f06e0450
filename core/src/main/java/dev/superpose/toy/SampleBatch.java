package dev.superpose.toy;

import java.util.Arrays;

/// A batch of sparse samples, kept twice: by feature (who is active where) and by sample (what is active in
/// it).
///
/// A *slot* numbers the features that are active at least once in the batch, in ascending order of
/// feature. Arrays are reused from batch to batch; only the counts say how much of them is in use.
final class SampleBatch {
    final int samples;

    int slots;
    int entries;
    int emptySamples;

    /// (slots) the feature of each slot.
    final int[] featureOfSlot;
    /// (slots + 1) where the entries of each slot start.
    final int[] slotStart;
    /// (entries) the sample and the value of each active feature, by slot.
    int[] sampleOfEntry;
    float[] valueOfEntry;
    /// (samples + 1) where the active features of each sample start.
    final int[] sampleStart;
    /// (entries) slot and value of each active feature, by sample, slots ascending.
    int[] slotInSample;
    float[] valueInSample;

    private final int[] next;

    SampleBatch(int features, int samples) {
        this.samples = samples;
        featureOfSlot = new int[features];
        slotStart = new int[features + 1];
        sampleStart = new int[samples + 1];
        next = new int[samples];
        int room = 2 * samples + 64;
        sampleOfEntry = new int[room];
        valueOfEntry = new float[room];
        slotInSample = new int[room];
        valueInSample = new float[room];
    }

    void clear() {
        slots = 0;
        entries = 0;
    }

    /// Appends an active feature; features ascend, and within a feature the samples.
    void add(int feature, int sample, float value) {
        if (slots == 0 || featureOfSlot[slots - 1] != feature) {
            featureOfSlot[slots] = feature;
            slotStart[slots] = entries;
            slots++;
        }
        if (entries == sampleOfEntry.length) {
            int room = Math.multiplyExact(2, entries);
            sampleOfEntry = Arrays.copyOf(sampleOfEntry, room);
            valueOfEntry = Arrays.copyOf(valueOfEntry, room);
            slotInSample = new int[room];
            valueInSample = new float[room];
        }
        sampleOfEntry[entries] = sample;
        valueOfEntry[entries] = value;
        entries++;
    }

    /// Ends the batch: sorts the entries by sample as well.
    void finish() {
        slotStart[slots] = entries;
        Arrays.fill(next, 0);
        for (int e = 0; e < entries; e++) {
            next[sampleOfEntry[e]]++;
        }
        int start = 0;
        emptySamples = 0;
        for (int r = 0; r < samples; r++) {
            int count = next[r];
            sampleStart[r] = start;
            next[r] = start;
            start += count;
            emptySamples += count == 0 ? 1 : 0;
        }
        sampleStart[samples] = start;
        for (int slot = 0; slot < slots; slot++) {
            for (int e = slotStart[slot]; e < slotStart[slot + 1]; e++) {
                int at = next[sampleOfEntry[e]]++;
                slotInSample[at] = slot;
                valueInSample[at] = valueOfEntry[e];
            }
        }
    }

    int activeIn(int sample) {
        return sampleStart[sample + 1] - sampleStart[sample];
    }
}
