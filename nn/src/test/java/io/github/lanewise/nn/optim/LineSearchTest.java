package io.github.lanewise.nn.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Engine;
import io.github.lanewise.engine.Matrix;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;

/**
 * Line searches on functions of one variable, beside the same search written with the lists of
 * places, values and slopes that PyTorch's keeps for its bracket.
 */
class LineSearchTest {

    private static final int MOST = 25;

    /** A function that falls at 0, and its derivative, of which the search sees floats. */
    private record Curve(DoubleUnaryOperator f, DoubleUnaryOperator derivative) {

        double slope(double t) {
            return (float) derivative.applyAsDouble(t);
        }
    }

    private record Found(double t, double f, int evaluations) {}

    private static Found search(Curve curve, double first, double tolerance) {
        LineSearch search = new LineSearch(Engine.kernels(), 1);
        LineSearch.Line line =
                (t, gradient) -> {
                    gradient.data()[0] = (float) curve.slope(t);
                    return curve.f.applyAsDouble(t);
                };
        Matrix direction = Matrix.zeros(1, 1);
        direction.data()[0] = 1;
        Matrix gradient = Matrix.zeros(1, 1);
        double loss = line.at(0, gradient);
        search.run(line, direction, first, loss, gradient, tolerance);
        assertEquals((float) curve.slope(search.t()), search.gradient().at(0, 0));
        return new Found(search.t(), search.loss(), search.evaluations());
    }

    /** What is known of the ends of a bracket. */
    private static final class Bracket {
        private final List<Double> t = new ArrayList<>();
        private final List<Double> f = new ArrayList<>();
        private final List<Double> slope = new ArrayList<>();

        void add(double place, double value, double rise) {
            t.add(place);
            f.add(value);
            slope.add(rise);
        }

        void set(int end, double place, double value, double rise) {
            t.set(end, place);
            f.set(end, value);
            slope.set(end, rise);
        }
    }

    private static Found expected(Curve curve, double first, double tolerance) {
        double start = curve.f.applyAsDouble(0);
        double fall = curve.slope(0);
        double lastT = 0;
        double lastF = start;
        double lastSlope = fall;
        double t = first;
        double f = curve.f.applyAsDouble(t);
        double slope = curve.slope(t);
        int evaluations = 1;
        int turns = 0;
        Bracket bracket = new Bracket();
        boolean done = false;
        while (turns < MOST && bracket.t.isEmpty()) {
            if (f > start + 1e-4 * t * fall || (turns > 1 && f >= lastF)) {
                bracket.add(lastT, lastF, lastSlope);
                bracket.add(t, f, slope);
            } else if (Math.abs(slope) <= 0.9 * Math.abs(fall)) {
                bracket.add(t, f, slope);
                done = true;
            } else if (slope >= 0) {
                bracket.add(lastT, lastF, lastSlope);
                bracket.add(t, f, slope);
            } else {
                double least = t + 0.01 * (t - lastT);
                double next = leastOfCubic(lastT, lastF, lastSlope, t, f, slope, least, 10 * t);
                lastT = t;
                lastF = f;
                lastSlope = slope;
                t = next;
                f = curve.f.applyAsDouble(t);
                slope = curve.slope(t);
                evaluations++;
                turns++;
            }
        }
        if (bracket.t.isEmpty()) {
            bracket.add(0, start, fall);
            bracket.add(t, f, slope);
        }
        int low = done || bracket.f.get(0) <= bracket.f.get(1) ? 0 : 1;
        boolean slow = false;
        while (!done && turns < MOST) {
            double left = Math.min(bracket.t.get(0), bracket.t.get(1));
            double right = Math.max(bracket.t.get(0), bracket.t.get(1));
            if (right - left < tolerance) {
                break;
            }
            t =
                    leastOfCubic(
                            bracket.t.get(0),
                            bracket.f.get(0),
                            bracket.slope.get(0),
                            bracket.t.get(1),
                            bracket.f.get(1),
                            bracket.slope.get(1),
                            left,
                            right);
            double margin = 0.1 * (right - left);
            boolean near = Math.min(right - t, t - left) < margin;
            if (near && (slow || t >= right || t <= left)) {
                t = right - t < t - left ? right - margin : left + margin;
                slow = false;
            } else {
                slow = near;
            }
            f = curve.f.applyAsDouble(t);
            slope = curve.slope(t);
            evaluations++;
            turns++;
            int high = 1 - low;
            if (f > start + 1e-4 * t * fall || f >= bracket.f.get(low)) {
                bracket.set(high, t, f, slope);
                low = bracket.f.get(0) <= bracket.f.get(1) ? 0 : 1;
            } else {
                if (Math.abs(slope) <= 0.9 * Math.abs(fall)) {
                    done = true;
                } else if (slope * (bracket.t.get(high) - bracket.t.get(low)) >= 0) {
                    bracket.set(
                            high, bracket.t.get(low), bracket.f.get(low), bracket.slope.get(low));
                }
                bracket.set(low, t, f, slope);
            }
        }
        return new Found(bracket.t.get(low), bracket.f.get(low), evaluations);
    }

    /** By the formula of Nocedal and Wright (3.59), between the two places put in order. */
    private static double leastOfCubic(
            double t1,
            double f1,
            double slope1,
            double t2,
            double f2,
            double slope2,
            double least,
            double most) {
        if (t1 > t2) {
            return leastOfCubic(t2, f2, slope2, t1, f1, slope1, least, most);
        }
        double d1 = slope1 + slope2 - 3 * (f1 - f2) / (t1 - t2);
        double square = d1 * d1 - slope1 * slope2;
        if (!(square >= 0)) {
            return (least + most) / 2;
        }
        double d2 = Math.sqrt(square);
        double t = t2 - (t2 - t1) * ((slope2 + d2 - d1) / (slope2 - slope1 + 2 * d2));
        return Math.clamp(t, least, most);
    }

    /** A polynomial of the fifth degree or less, with waves on it, that falls at 0. */
    private static Curve draw(SplittableRandom random) {
        double[] c = new double[6];
        int degree = random.nextInt(2, 6);
        c[1] = -random.nextDouble(0.01, 3);
        for (int i = 2; i <= degree; i++) {
            c[i] = random.nextGaussian() * Math.pow(10, random.nextDouble(-3, 1));
        }
        double height = random.nextBoolean() ? 0 : random.nextDouble(0.3);
        double speed = random.nextDouble(0.5, 9);
        return new Curve(
                t -> {
                    double sum = height * Math.cos(speed * t);
                    for (int i = 5; i > 0; i--) {
                        sum += c[i] * Math.pow(t, i);
                    }
                    return sum;
                },
                t -> {
                    double sum = -height * speed * Math.sin(speed * t);
                    for (int i = 5; i > 0; i--) {
                        sum += i * c[i] * Math.pow(t, i - 1);
                    }
                    return sum;
                });
    }

    @Test
    void stepsAreThoseOfPyTorchsBracket() {
        SplittableRandom random = new SplittableRandom(1);
        int narrowed = 0;
        for (int i = 0; i < 4000; i++) {
            Curve curve = draw(random);
            double first = Math.pow(10, random.nextDouble(-3, 2));
            double tolerance = random.nextBoolean() ? 1e-9 : 0.05;
            Found expected = expected(curve, first, tolerance);
            assertEquals(expected, search(curve, first, tolerance), "curve " + i);
            narrowed += expected.evaluations > 3 ? 1 : 0;
        }
        assertTrue(narrowed > 400, "searches of more than three evaluations: " + narrowed);
    }

    @Test
    void theLeastPlaceOfACubicIsFoundAtOnce() {
        // t^3 - 3 t is least at 1; from a first step too long the cubic through both ends is exact
        Curve curve = new Curve(t -> t * t * t - 3 * t, t -> 3 * t * t - 3);
        Found found = search(curve, 2, 1e-9);
        assertEquals(1, found.t, 1e-6);
        assertEquals(2, found.evaluations);
    }

    @Test
    void aLineThatFallsForEverEndsAfterTheMostTries() {
        Curve curve = new Curve(t -> -t, t -> -1);
        Found found = search(curve, 1, 1e-9);
        assertEquals(MOST + 1, found.evaluations);
        assertTrue(found.t > 1, "step " + found.t);
    }
}
