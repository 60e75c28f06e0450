package dev.superpose.geometry;

import java.util.EnumMap;
import java.util.Map;

/// The dimensionalities that features of toy models settle at, each that of a vertex of a polytope.
/// Source: Elhage et al. 2022, "Toy Models of Superposition".
public enum Plateau {
    /// Not represented.
    NONE(0, "not represented"),
    /// Eight features in three dimensions.
    ANTIPRISM(3 / 8.0, "square antiprism"),
    /// Five in two.
    PENTAGON(2 / 5.0, "pentagon"),
    /// Two in one: an antipodal pair.
    DIGON(1 / 2.0, "digon"),
    /// Three in two.
    TRIANGLE(2 / 3.0, "triangle"),
    /// Four in three.
    TETRAHEDRON(3 / 4.0, "tetrahedron"),
    /// A dimension of its own.
    DEDICATED(1, "own dimension");

    private final double dimensionality;
    private final String label;

    Plateau(double dimensionality, String label) {
        this.dimensionality = dimensionality;
        this.label = label;
    }

    /// D of each of its features: dimensions over features.
    public double dimensionality() {
        return dimensionality;
    }

    /// Its name for tables and keys.
    public String label() {
        return label;
    }

    /// The one whose D is nearest to `dimensionality`.
    public static Plateau nearest(double dimensionality) {
        Plateau nearest = NONE;
        for (Plateau plateau : values()) {
            if (plateau.distance(dimensionality) < nearest.distance(dimensionality)) {
                nearest = plateau;
            }
        }
        return nearest;
    }

    /// |D - its own|.
    public double distance(double dimensionality) {
        return Math.abs(dimensionality - this.dimensionality);
    }

    /// How many features of `measured` lie within `tolerance` of each plateau, and nearer to it
    /// than to any other. Those that lie on none are not counted.
    public static Map<Plateau, Integer> counts(Dimensionality measured, double tolerance) {
        var counts = new EnumMap<Plateau, Integer>(Plateau.class);
        for (Plateau plateau : values()) {
            counts.put(plateau, 0);
        }
        for (int i = 0; i < measured.features(); i++) {
            Plateau nearest = nearest(measured.of(i));
            if (nearest.distance(measured.of(i)) <= tolerance) {
                counts.merge(nearest, 1, Integer::sum);
            }
        }
        return counts;
    }
}
