package dev.superpose.stat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LeastSquaresTest {

    /// NIST certifies eleven digits; two are left to rounding.
    private static final double NINE_DIGITS = 1e-9;

    /// The residuals of Lanczos1, 24 values rounded to 14 digits of a sum of three exponentials, are about 1e-13
    /// where the values are about 1: doubles leave them three digits, of which one may be lost in the sum. So much
    /// less can be asked of the sum of squares and of the standard errors, which are in proportion to its root;
    /// the parameters hang on the values and keep their digits.
    private static final double TWO_DIGITS = 1e-2;

    /// Where the residuals of Lanczos1 are exact, the parameters are still doubles: one rounding of 1e-16 in them
    /// moves residuals of 1e-13 by a thousandth, and the sum of squares at its minimum by the square of that.
    private static final double SIX_DIGITS = 1e-6;

    @ParameterizedTest(name = "{0} from start {1}")
    @MethodSource("dev.superpose.stat.StrdProblem#fromBothStarts")
    void meetsTheCertifiedValues(StrdProblem problem, int start) {
        double ofResiduals = problem.toString().equals("Lanczos1") ? TWO_DIGITS : NINE_DIGITS;

        assertCertified(problem, LeastSquares.minimise(problem, problem.start(start)), ofResiduals);
    }

    /// The digits that Lanczos1 lacks are lost in evaluating its model, not in the fit: with residuals that are
    /// right to their last bit they are there.
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void meetsTheCertifiedValuesOfLanczos1WhereItsResidualsAreExact(int start) {
        var problem = StrdProblem.named("Lanczos1");

        assertCertified(problem, LeastSquares.minimise(problem.withExactResiduals(), problem.start(start)), SIX_DIGITS);
    }

    @Test
    void leavesNoProblemOfNistOut() {
        assertThat(StrdProblem.all())
                .extracting(StrdProblem::toString)
                .hasSize(27)
                .doesNotHaveDuplicates();
    }

    private static void assertCertified(StrdProblem problem, LeastSquares.Outcome outcome, double ofResiduals) {
        assertThat(outcome).isInstanceOf(LeastSquares.Minimum.class);
        var minimum = (LeastSquares.Minimum) outcome;
        assertThat(minimum.converged()).isTrue();
        assertThat(minimum.sumOfSquares())
                .as("residual sum of squares")
                .isCloseTo(problem.certifiedSumOfSquares(), withinPercentage(100 * ofResiduals));
        var covariance = minimum.covariance();
        for (int j = 0; j < problem.parameters(); j++) {
            assertThat(minimum.parameter(j))
                    .as("b%d", j + 1)
                    .isCloseTo(problem.certified(j), withinPercentage(100 * NINE_DIGITS));
            assertThat(covariance.standardError(j))
                    .as("standard error of b%d", j + 1)
                    .isCloseTo(problem.certifiedError(j), withinPercentage(100 * ofResiduals));
        }
    }

    /// Two parameters that only ever appear as their sum.
    @Test
    void tellsThatTheDataDoNotFixTheParameters() {
        var outcome = LeastSquares.minimise(
                new LeastSquares.Model() {
                    @Override
                    public int points() {
                        return 3;
                    }

                    @Override
                    public int parameters() {
                        return 2;
                    }

                    @Override
                    public void evaluate(double[] at, double[] residuals, double[][] jacobian) {
                        for (int i = 0; i < 3; i++) {
                            residuals[i] = at[0] + at[1] - i;
                            jacobian[i] = new double[] {1, 1};
                        }
                    }
                },
                new double[] {0, 5});

        assertThat(outcome).isInstanceOf(LeastSquares.Minimum.class);
        var minimum = (LeastSquares.Minimum) outcome;
        assertThat(minimum.sumOfSquares()).isCloseTo(2, withinPercentage(1e-9));
        assertThat(minimum.condition()).isGreaterThan(1e12);
        assertThat(minimum.covariance().standardError(0)).isNaN();
    }

    @Test
    void failsWhereItCannotStart() {
        assertThat(LeastSquares.minimise(StrdProblem.named("DanWood"), new double[] {Double.NaN, 1}))
                .isEqualTo(new LeastSquares.Failure("the model has no finite value at the starting point"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LeastSquares.minimise(StrdProblem.named("DanWood"), new double[] {1}));
    }
}
