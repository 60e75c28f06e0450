package dev.superpose.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Both implementations keep the documented bound against sums in double precision, at awkward sizes.
class BlasTest {
    private static final long SEED = Long.getLong("superpose.seed", 20_260_101);

    @ParameterizedTest
    @CsvSource({
        "openblas,1,1,1", "openblas,7,13,5", "openblas,33,64,100", "openblas,0,3,2", "openblas,3,2,0",
        "java,1,1,1", "java,7,13,5", "java,33,64,100", "java,0,3,2", "java,3,2,0"
    })
    void productsKeepTheirBound(String choice, int m, int n, int k) {
        Blas blas = BlasChoice.choose(choice);
        for (boolean transA : new boolean[] {false, true}) {
            for (boolean transB : new boolean[] {false, true}) {
                checkProduct(blas, transA, transB, m, n, k);
            }
        }
        checkSymmetric(blas, m, k, false);
        checkSymmetric(blas, m, k, true);
    }

    private static void checkProduct(Blas blas, boolean transA, boolean transB, int m, int n, int k) {
        int lda = (transA ? m : k) + 3;
        int ldb = (transB ? k : n) + 1;
        int ldc = n + 2;
        float[] a = random("a", 2 + (transA ? k : m) * lda);
        float[] b = random("b", 5 + (transB ? n : k) * ldb);
        float[] c = random("c", 1 + m * ldc);
        float[] before = c.clone();
        double[] wide = widened(c);
        blas.sgemm(transA, transB, m, n, k, 0.5f, a, 2, lda, b, 5, ldb, 2, c, 1, ldc);
        blas.dgemm(transA, transB, m, n, k, 0.5, widened(a), 2, lda, widened(b), 5, ldb, 2, wide, 1, ldc);
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                double exact = 2 * before[1 + i * ldc + j];
                double magnitude = Math.abs(exact);
                for (int l = 0; l < k; l++) {
                    double term = 0.5
                            * a[2 + (transA ? l * lda + i : i * lda + l)]
                            * b[5 + (transB ? j * ldb + l : l * ldb + j)];
                    exact += term;
                    magnitude += Math.abs(term);
                }
                assertThat((double) c[1 + i * ldc + j])
                        .as("%s (%d, %d) of %b %b; again with -Dsuperpose.seed=%d", blas, i, j, transA, transB, SEED)
                        .isCloseTo(exact, within((k + 2) * 0x1p-23 * magnitude));
                assertThat(wide[1 + i * ldc + j]).isCloseTo(exact, within((k + 2) * 0x1p-51 * magnitude));
            }
        }
    }

    private static void checkSymmetric(Blas blas, int n, int k, boolean transposed) {
        int lda = (transposed ? n : k) + 1;
        float[] a = random("syrk", (transposed ? k : n) * lda);
        double[] doubles = widened(a);
        var c = new float[n * n];
        var d = new double[n * n];
        blas.ssyrkLower(transposed, n, k, 1, a, 0, lda, 0, c, 0, Math.max(n, 1));
        blas.dsyrkLower(transposed, n, k, 1, doubles, 0, lda, 0, d, 0, Math.max(n, 1));
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double exact = 0;
                for (int l = 0; l < k && j <= i; l++) {
                    exact += transposed
                            ? doubles[l * lda + i] * doubles[l * lda + j]
                            : doubles[i * lda + l] * doubles[j * lda + l];
                }
                assertThat((double) c[i * n + j]).isCloseTo(exact, within((k + 1) * 0x1p-23 * (k + 1)));
                assertThat(d[i * n + j]).isCloseTo(exact, within(1e-14 * (k + 1)));
            }
        }
    }

    private static double[] widened(float[] numbers) {
        var doubles = new double[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            doubles[i] = numbers[i];
        }
        return doubles;
    }

    private static float[] random(String name, int length) {
        SplitRandom random = new Seed(SEED).child(name + length).random();
        var numbers = new float[length];
        for (int i = 0; i < length; i++) {
            numbers[i] = 2 * random.nextFloat() - 1;
        }
        return numbers;
    }

    @ParameterizedTest
    @ValueSource(strings = {"openblas", "java"})
    void refusesWhatWouldReachOutsideAnArray(String choice) {
        Blas blas = BlasChoice.choose(choice);
        var small = new float[8];
        assertThatIllegalArgumentException()
                .isThrownBy(() -> blas.sgemm(false, false, 3, 3, 3, 1, small, 0, 3, small, 0, 3, 0, small, 0, 3))
                .withMessageContaining("exceed 8 numbers");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> blas.ssyrkLower(false, 2, 2, 1, small, 0, 1, 0, small, 0, 2))
                .withMessageContaining("is no matrix");
    }
}
