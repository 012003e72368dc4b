package io.github.lanewise.engine.internal.scalar;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lanewise.engine.internal.Winograd;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Random;

/** The one-dimensional algorithm that tiles are made of: evaluate, multiply, interpolate. */
class ScalarEvaluationTest {

    private static final double[] POINTS = {0, 1, -1, 2, -2, 0.5, -0.5};

    private final Random random = new Random(3);

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5, 6})
    void valuesAreThoseOfThePolynomial(int terms) {
        float[] x = smallNumbers(terms);
        float[] y = new float[Winograd.SIDE];
        ScalarEvaluation.run(terms, x, 0, 1, y, 0, 1);
        for (int point = 0; point < POINTS.length; point++) {
            double value = 0;
            for (int i = terms - 1; i >= 0; i--) {
                value = value * POINTS[point] + x[i];
            }
            assertEquals(value, y[point], "at " + POINTS[point]);
        }
        assertEquals(x[terms - 1], y[POINTS.length], "at infinity");
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5, 6})
    void transposedEvaluationIsTheTransposed(int terms) {
        float[] x = smallNumbers(terms);
        float[] y = smallNumbers(Winograd.SIDE);
        float[] values = new float[Winograd.SIDE];
        float[] sums = new float[terms];
        ScalarEvaluation.run(terms, x, 0, 1, values, 0, 1);
        ScalarEvaluation.transposed(terms, y, 0, 1, sums, 0, 1);
        assertEquals(dot(values, y), dot(x, sums));
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 5})
    void valuesTimesWeightsComeBackAsCorrelation(int taps) {
        int outputs = Winograd.SIDE + 1 - taps;
        float[] x = smallNumbers(Winograd.SIDE);
        float[] weight = smallNumbers(taps);
        float[] products = new float[Winograd.SIDE];
        float[] weights = new float[Winograd.SIDE];
        float[] y = new float[outputs];
        ScalarInterpolation.transposed(x, 0, 1, products, 0, 1);
        ScalarEvaluation.run(taps, weight, 0, 1, weights, 0, 1);
        for (int point = 0; point < Winograd.SIDE; point++) {
            // The last point is infinity, whose own factor is 1.
            float factor = Winograd.factor(point * Winograd.SIDE + Winograd.SIDE - 1);
            products[point] *= weights[point] * factor;
        }
        ScalarEvaluation.transposed(outputs, products, 0, 1, y, 0, 1);
        for (int o = 0; o < outputs; o++) {
            double exact = 0;
            for (int tap = 0; tap < taps; tap++) {
                exact += (double) weight[tap] * x[o + tap];
            }
            assertEquals(exact, y[o], 1e-3, "output " + o);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void transposedInterpolationIsTheTransposed(int seed) {
        random.setSeed(seed);
        float[] x = smallNumbers(Winograd.SIDE);
        float[] y = smallNumbers(Winograd.SIDE);
        float[] there = new float[Winograd.SIDE];
        float[] back = new float[Winograd.SIDE];
        ScalarInterpolation.run(x, 0, 1, there, 0, 1);
        ScalarInterpolation.transposed(y, 0, 1, back, 0, 1);
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
