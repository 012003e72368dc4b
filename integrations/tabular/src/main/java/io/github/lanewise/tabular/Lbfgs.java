package io.github.lanewise.tabular;

import java.util.ArrayDeque;
import java.util.Iterator;

/**
 * Finds the least value of a smooth convex function by L-BFGS (Nocedal, 1980) with steps that are
 * halved until the value falls enough (Armijo, 1966).
 */
final class Lbfgs {

    private static final int MEMORY = 10;
    private static final int MOST_STEPS = 150;
    private static final int MOST_HALVINGS = 30;
    private static final double ENOUGH = 1e-4;
    private static final double TOLERANCE = 1e-7;

    private Lbfgs() {}

    /** A function with its gradient. */
    @FunctionalInterface
    interface Function {
        /** Returns the value at a point and adds the gradient to zeros. */
        double at(double[] point, double[] gradient);
    }

    /** A step and the change of the gradient over it. */
    private record Pair(double[] step, double[] change, double product) {}

    /** Returns the point of the least value, from a first point. */
    static double[] minimize(double[] start, Function function) {
        double[] x = start.clone();
        double[] gradient = new double[x.length];
        double value = function.at(x, gradient);
        ArrayDeque<Pair> pairs = new ArrayDeque<>();
        for (int t = 0; t < MOST_STEPS; t++) {
            double[] direction = direction(pairs, gradient);
            double slope = dot(direction, gradient);
            double length = t == 0 ? Math.min(1, 1 / Math.sqrt(dot(gradient, gradient))) : 1;
            double[] next = new double[x.length];
            double[] nextGradient = new double[x.length];
            double nextValue = Double.NaN;
            int halvings = 0;
            for (; halvings < MOST_HALVINGS; halvings++, length /= 2) {
                for (int i = 0; i < x.length; i++) {
                    next[i] = x[i] + length * direction[i];
                    nextGradient[i] = 0;
                }
                nextValue = function.at(next, nextGradient);
                if (nextValue <= value + ENOUGH * length * slope) {
                    break;
                }
            }
            if (halvings == MOST_HALVINGS) {
                break;
            }
            remember(pairs, x, next, gradient, nextGradient);
            double fall = value - nextValue;
            x = next;
            gradient = nextGradient;
            value = nextValue;
            if (fall <= TOLERANCE * Math.max(1e-3, Math.abs(value))) {
                break;
            }
        }
        return x;
    }

    private static void remember(
            ArrayDeque<Pair> pairs,
            double[] x,
            double[] next,
            double[] gradient,
            double[] nextGradient) {
        double[] step = new double[x.length];
        double[] change = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            step[i] = next[i] - x[i];
            change[i] = nextGradient[i] - gradient[i];
        }
        double product = dot(step, change);
        if (product > 0) {
            pairs.addFirst(new Pair(step, change, product));
            if (pairs.size() > MEMORY) {
                pairs.removeLast();
            }
        }
    }

    /** Returns minus the gradient times the estimated inverse of the second derivatives. */
    private static double[] direction(ArrayDeque<Pair> pairs, double[] gradient) {
        double[] direction = gradient.clone();
        double[] factors = new double[pairs.size()];
        int i = 0;
        for (Pair pair : pairs) {
            factors[i] = dot(pair.step, direction) / pair.product;
            add(-factors[i++], pair.change, direction);
        }
        if (!pairs.isEmpty()) {
            Pair last = pairs.getFirst();
            double scale = last.product / dot(last.change, last.change);
            for (int k = 0; k < direction.length; k++) {
                direction[k] *= scale;
            }
        }
        Iterator<Pair> oldest = pairs.descendingIterator();
        while (oldest.hasNext()) {
            Pair pair = oldest.next();
            double back = dot(pair.change, direction) / pair.product;
            add(factors[--i] - back, pair.step, direction);
        }
        for (int k = 0; k < direction.length; k++) {
            direction[k] = -direction[k];
        }
        return direction;
    }

    private static void add(double factor, double[] x, double[] y) {
        for (int i = 0; i < x.length; i++) {
            y[i] += factor * x[i];
        }
    }

    private static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }
}
