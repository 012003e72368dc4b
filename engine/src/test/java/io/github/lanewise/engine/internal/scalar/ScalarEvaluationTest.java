package io.github.lanewise.engine.internal.scalar;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lanewise.engine.internal.WinogradPoints;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Random;

/** The one-dimensional algorithm that tiles are made of: evaluate, multiply, interpolate. */
class ScalarEvaluationTest {

    private static final double[] POINTS = {0, 1, -1, 2, -2, 0.5, -0.5};

    private final Random random = new Random(3);

    @ParameterizedTest
    @CsvSource({"SIX, 3", "SIX, 4", "EIGHT, 3", "EIGHT, 4", "EIGHT, 5", "EIGHT, 6"})
    void valuesAreThoseOfThePolynomial(WinogradPoints points, int terms) {
        float[] x = smallNumbers(terms);
        float[] y = new float[points.side()];
        ScalarEvaluation.run(points, terms, x, 0, 1, y, 0, 1);
        int infinity = points.side() - 1;
        for (int point = 0; point < infinity; point++) {
            double value = 0;
            for (int i = terms - 1; i >= 0; i--) {
                value = value * POINTS[point] + x[i];
            }
            assertEquals(value, y[point], "at " + POINTS[point]);
        }
        assertEquals(x[terms - 1], y[infinity], "at infinity");
    }

    @ParameterizedTest
    @CsvSource({"SIX, 3", "SIX, 4", "EIGHT, 3", "EIGHT, 4", "EIGHT, 5", "EIGHT, 6"})
    void transposedEvaluationIsTheTransposed(WinogradPoints points, int terms) {
        float[] x = smallNumbers(terms);
        float[] y = smallNumbers(points.side());
        float[] values = new float[points.side()];
        float[] sums = new float[terms];
        ScalarEvaluation.run(points, terms, x, 0, 1, values, 0, 1);
        ScalarEvaluation.transposed(points, terms, y, 0, 1, sums, 0, 1);
        assertEquals(dot(values, y), dot(x, sums));
    }

    @ParameterizedTest
    @CsvSource({"SIX, 3", "EIGHT, 3", "EIGHT, 5"})
    void valuesTimesWeightsComeBackAsCorrelation(WinogradPoints points, int taps) {
        int outputs = points.side() + 1 - taps;
        float[] x = smallNumbers(points.side());
        float[] weight = smallNumbers(taps);
        float[] products = new float[points.side()];
        float[] weights = new float[points.side()];
        float[] y = new float[outputs];
        ScalarInterpolation.transposed(points, x, 0, 1, products, 0, 1);
        ScalarEvaluation.run(points, taps, weight, 0, 1, weights, 0, 1);
        for (int point = 0; point < points.side(); point++) {
            // The last point is infinity, whose own factor is 1.
            float factor = points.factor(point * points.side() + points.side() - 1);
            products[point] *= weights[point] * factor;
        }
        ScalarEvaluation.transposed(points, outputs, products, 0, 1, y, 0, 1);
        for (int o = 0; o < outputs; o++) {
            double exact = 0;
            for (int tap = 0; tap < taps; tap++) {
                exact += (double) weight[tap] * x[o + tap];
            }
            assertEquals(exact, y[o], 1e-3, "output " + o);
        }
    }

    @ParameterizedTest
    @EnumSource
    void transposedInterpolationIsTheTransposed(WinogradPoints points) {
        float[] x = smallNumbers(points.side());
        float[] y = smallNumbers(points.side());
        float[] there = new float[points.side()];
        float[] back = new float[points.side()];
        ScalarInterpolation.run(points, x, 0, 1, there, 0, 1);
        ScalarInterpolation.transposed(points, y, 0, 1, back, 0, 1);
        assertEquals(dot(there, y), dot(x, back));
    }

    /** Returns whole numbers so small that all the arithmetic on them is exact. */
    private float[] smallNumbers(int count) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = random.nextInt(-20, 21);
        }
        return numbers;
    }

    private static double dot(float[] x, float[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += (double) x[i] * y[i];
        }
        return sum;
    }
}
