package dev.superpose.stat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LeastSquaresTest {

    @ParameterizedTest
    @MethodSource("dev.superpose.stat.StrdProblem#all")
    void meetsTheCertifiedValuesFromBothStarts(StrdProblem problem) {
        for (int which = 0; which < 2; which++) {
            var outcome = LeastSquares.minimise(problem, problem.start(which));

            assertThat(outcome).as("start %d", which + 1).isInstanceOf(LeastSquares.Minimum.class);
            var minimum = (LeastSquares.Minimum) outcome;
            assertThat(minimum.converged())
                    .as("start %d: %s", which + 1, minimum)
                    .isTrue();
            assertThat(minimum.sumOfSquares()).isCloseTo(problem.certifiedSumOfSquares(), withinPercentage(1e-7));
            var covariance = minimum.covariance();
            for (int j = 0; j < problem.parameters(); j++) {
                assertThat(minimum.parameter(j))
                        .as("b%d from start %d", j + 1, which + 1)
                        .isCloseTo(problem.certified(j), withinPercentage(1e-6));
                assertThat(covariance.standardError(j))
                        .as("standard error of b%d from start %d", j + 1, which + 1)
                        .isCloseTo(problem.certifiedError(j), withinPercentage(1e-6));
            }
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
        assertThat(LeastSquares.minimise(StrdProblem.danWood(), new double[] {Double.NaN, 1}))
                .isEqualTo(new LeastSquares.Failure("the model has no finite value at the starting point"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LeastSquares.minimise(StrdProblem.danWood(), new double[] {1}));
    }
}
