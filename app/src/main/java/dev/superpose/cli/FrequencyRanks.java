package dev.superpose.cli;

import dev.superpose.geometry.RowProfile.State;
import dev.superpose.geometry.RowProfiles;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// The shares and ranks of the used rows of a matrix by how often they are met.
final class FrequencyRanks {
    private final double[] shares;
    private final int[] ranks;

    private FrequencyRanks(double[] shares, int[] ranks) {
        this.shares = shares;
        this.ranks = ranks;
    }

    /// @param frequencies of the rows, in any unit, if they are known
    static FrequencyRanks of(Optional<double[]> frequencies, RowProfiles profiles) {
        if (frequencies.isEmpty()) {
            return new FrequencyRanks(new double[0], new int[0]);
        }
        double[] values = frequencies.get();
        List<Integer> used = IntStream.range(0, profiles.rows())
                .filter(row -> profiles.at(row).state() == State.USED)
                .boxed()
                .toList();
        double total = used.stream().mapToDouble(row -> values[row]).sum();
        var shares = new double[profiles.rows()];
        Arrays.fill(shares, Double.NaN);
        used.forEach(row -> shares[row] = values[row] / total);
        var ranks = new int[profiles.rows()];
        List<Integer> met = used.stream()
                .filter(row -> values[row] > 0)
                .sorted(Comparator.comparingDouble((Integer row) -> -values[row]))
                .toList();
        for (int k = 0; k < met.size(); k++) {
            ranks[met.get(k)] = k + 1;
        }
        return new FrequencyRanks(shares, ranks);
    }

    /// The share of row `row` in all that is met of used rows; NaN if it is not known or not used.
    double frequency(int row) {
        return shares.length == 0 ? Double.NaN : shares[row];
    }

    /// The rank of row `row`, 1 for the one met most, of equals the lower row first; 0 if it is not
    /// known, or never met.
    int rank(int row) {
        return ranks.length == 0 ? 0 : ranks[row];
    }
}
