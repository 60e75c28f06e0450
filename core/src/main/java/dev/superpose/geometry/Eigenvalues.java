package dev.superpose.geometry;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/// The eigenvalues of a symmetric matrix, largest first.
public final class Eigenvalues {
    /// Of a matrix whose eigenvalues are not known.
    static final Eigenvalues NONE = new Eigenvalues(new double[0]);

    private final double[] falling;

    private Eigenvalues(double[] falling) {
        this.falling = falling;
    }

    /// Those of `rising`, which is copied.
    static Eigenvalues ofRising(double[] rising) {
        var falling = new double[rising.length];
        for (int k = 0; k < rising.length; k++) {
            falling[k] = rising[rising.length - 1 - k];
        }
        return new Eigenvalues(falling);
    }

    /// As JSON holds them: a list, largest first.
    @JsonCreator
    static Eigenvalues ofFalling(List<Double> falling) {
        return new Eigenvalues(falling.stream().mapToDouble(Double::doubleValue).toArray());
    }

    @JsonValue
    List<Double> falling() {
        return stream().boxed().toList();
    }

    /// How many there are: the order of the matrix, or 0 if they are not known.
    public int count() {
        return falling.length;
    }

    /// The eigenvalue of rank `rank`, from 1, the largest, to [#count]. Those near 0 may come out
    /// slightly negative.
    public double at(int rank) {
        return falling[rank - 1];
    }

    /// All of them, largest first.
    public DoubleStream stream() {
        return Arrays.stream(falling);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Eigenvalues that && Arrays.equals(falling, that.falling);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(falling);
    }

    @Override
    public String toString() {
        return falling.length + " eigenvalues" + (falling.length > 0 ? ", the largest " + falling[0] : "");
    }
}
