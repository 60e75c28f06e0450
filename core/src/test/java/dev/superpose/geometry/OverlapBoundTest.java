package dev.superpose.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.superpose.numeric.FloatMatrix;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The bounds on arrangements of vectors that are known to reach them.
class OverlapBoundTest {
    private static final double FLOAT = 1e-6;

    static Stream<Arguments> equiangular() {
        return Stream.of(
                Arguments.of("three in a plane", Frames.simplex(2), 0.5),
                Arguments.of("tetrahedron", Frames.simplex(3), 1.0 / 3),
                Arguments.of("simplex", Frames.simplex(11), 1.0 / 11),
                Arguments.of("icosahedron", Frames.icosahedron(), 1 / Math.sqrt(5)),
                Arguments.of("16 in 6", Frames.sixteen(), 1.0 / 3),
                Arguments.of("28 in 7", Frames.twentyEight(), 1.0 / 3));
    }

    /// Mean and maximum are at Welch's bound, and all overlaps are of one size.
    @ParameterizedTest(name = "{0}")
    @MethodSource("equiangular")
    void equiangularTightFramesReachWelch(String name, FloatMatrix frame, double overlap) {
        int n = frame.rows();
        int m = frame.columns();
        PairOverlaps found = Packing.measure(frame).overlap();

        assertThat(OverlapBound.sharpest(n, m)).as(name).isEqualTo(OverlapBound.WELCH);
        assertThat(OverlapBound.WELCH.at(n, m)).isCloseTo(overlap, within(1e-15));
        assertThat(found.maxAbs()).isCloseTo(overlap, within(FLOAT));
        assertThat(found.meanSquare()).isCloseTo(Bounds.welchMeanSquare(n, m), within(FLOAT));
        assertThat(found.varianceOfSquare()).isCloseTo(0, within(FLOAT));
        assertThat(EquiangularFrames.mayExist(n, m)).isTrue();
    }

    static Stream<Arguments> beyond() {
        return Stream.of(
                Arguments.of("four in a plane", Frames.rootsOfD(2), OverlapBound.ORTHOGONAL, 0),
                Arguments.of("three unbiased bases", Frames.rootsOfD(4), OverlapBound.ORTHOPLEX, 0.5),
                Arguments.of("E8", Frames.rootsOfE8(), OverlapBound.LEVENSHTEIN, 0.5));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("beyond")
    void otherBoundsAreReachedToo(String name, FloatMatrix frame, OverlapBound sharpest, double overlap) {
        int n = frame.rows();
        int m = frame.columns();

        assertThat(OverlapBound.sharpest(n, m)).as(name).isEqualTo(sharpest);
        assertThat(Bounds.largestOverlap(n, m)).isCloseTo(overlap, within(1e-15));
        assertThat(Packing.measure(frame).overlap().maxAbs()).isCloseTo(overlap, within(FLOAT));
    }

    /// Tight frames that are not equiangular: the mean is at the bound, the maximum is not.
    @Test
    void theMeanReachesWelchOnTightFramesThatAreNotEquiangular() {
        for (FloatMatrix frame : new FloatMatrix[] {Frames.rootsOfD(4), Frames.rootsOfE8()}) {
            int n = frame.rows();
            int m = frame.columns();
            PairOverlaps found = Packing.measure(frame).overlap();
            assertThat(found.meanSquare()).isCloseTo(Bounds.welchMeanSquare(n, m), within(FLOAT));
            assertThat(found.maxAbs()).isGreaterThan(OverlapBound.WELCH.at(n, m) + 0.05);
        }
    }

    /// The range of each bound, from one end to the other, in eight dimensions.
    @ParameterizedTest
    @CsvSource({
        "0, ORTHOGONAL",
        "8, ORTHOGONAL",
        "9, WELCH",
        "36, WELCH",
        "37, ORTHOPLEX",
        "40, ORTHOPLEX",
        "41, LEVENSHTEIN"
    })
    void eachBoundHasItsRange(int n, OverlapBound expected) {
        assertThat(OverlapBound.sharpest(n, 8)).isEqualTo(expected);
    }

    /// No other bound that holds is sharper than the one that is said to be the sharpest.
    @Test
    void theSharpestIsTheLargest() {
        for (int m = 1; m <= 40; m++) {
            for (int n = 0; n <= m * (m + 4); n++) {
                double sharpest = Bounds.largestOverlap(n, m);
                for (OverlapBound other : OverlapBound.values()) {
                    if (other != OverlapBound.ORTHOPLEX || 2 * n > m * (m + 1)) {
                        assertThat(other.at(n, m))
                                .as("%s, n %d, m %d", other, n, m)
                                .isLessThanOrEqualTo(sharpest + 1e-15);
                    }
                }
            }
        }
    }

    @Test
    void boundsMeetWhereTheirRangesDo() {
        assertThat(OverlapBound.LEVENSHTEIN.at(40, 8)).isCloseTo(OverlapBound.ORTHOPLEX.at(40, 8), within(1e-15));
        assertThat(OverlapBound.LEVENSHTEIN.at(36, 8)).isCloseTo(OverlapBound.WELCH.at(36, 8), within(1e-15));
        assertThat(OverlapBound.LEVENSHTEIN.at(1_000_000_000_000L, 10)).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void theOrthoplexBoundIsRefusedWhereItDoesNotHold() {
        assertThatIllegalArgumentException().isThrownBy(() -> OverlapBound.ORTHOPLEX.at(36, 8));
        assertThatIllegalArgumentException().isThrownBy(() -> OverlapBound.sharpest(3, 0));
    }

    /// The real equiangular tight frames with m ≤ 23, n > m + 1 that exist or are open, and pairs
    /// that fail each condition. Fickus and Mixon 2015, arXiv 1504.00253, table 1.
    @ParameterizedTest
    @CsvSource({
        "6, 3, true", "10, 5, true", "16, 6, true", "14, 7, true", "28, 7, true", "18, 9, true", "16, 10, true",
        "26, 13, true", "36, 15, true", "276, 23, true", "76, 19, true", "4, 4, true", "5, 4, true", "3, 8, true",
        "6, 2, false", "7, 3, false", "8, 4, false", "22, 11, false", "12, 7, false", "28, 22, false", "2, 1, true",
        "2000000000, 100000, false"
    })
    void equiangularTightFramesNeedWholeNumbers(int n, int m, boolean possible) {
        assertThat(EquiangularFrames.mayExist(n, m)).isEqualTo(possible);
    }
}
