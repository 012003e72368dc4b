package io.github.lanewise.nn.optim;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;

/**
 * Looks along a direction for a step that meets the strong Wolfe conditions: f(t) &lt;= f(0) + c1 t
 * f'(0) and |f'(t)| &lt;= c2 |f'(0)|, with c1 = 1e-4, c2 = 0.9 (Nocedal and Wright, "Numerical
 * optimization", 2006, algorithms 3.5 and 3.6, with the cubic interpolation and the limits of
 * PyTorch's).
 */
final class LineSearch {

    private static final double C1 = 1e-4;
    private static final double C2 = 0.9;
    private static final int MOST = 25;

    /** Sets the parameters to a point of the line and computes loss and gradient there. */
    interface Line {

        /** Returns the loss; the gradient is written into {@code gradient}. */
        double at(double t, Matrix gradient);
    }

    /** A place on the line: what is known there. */
    private static final class Point {
        private double t;
        private double f;
        private double slope;
        private Matrix gradient;
    }

    private final Kernels kernels;
    private final Point start;
    private final Point before;
    private final Point now;
    private final Point spare;
    private int evaluations;

    LineSearch(Kernels kernels, int size) {
        this.kernels = kernels;
        this.start = point(size);
        this.before = point(size);
        this.now = point(size);
        this.spare = point(size);
    }

    private static Point point(int size) {
        Point point = new Point();
        point.gradient = Matrix.zeros(1, size);
        return point;
    }

    private Point found;

    /** Returns the step that was found. */
    double t() {
        return found.t;
    }

    double loss() {
        return found.f;
    }

    Matrix gradient() {
        return found.gradient;
    }

    int evaluations() {
        return evaluations;
    }

    private void evaluate(Line line, Matrix direction, double t, Point into) {
        into.t = t;
        into.f = line.at(t, into.gradient);
        into.slope = kernels.dot(into.gradient, direction);
        evaluations++;
    }

    private void copy(Point from, Point to) {
        to.t = from.t;
        to.f = from.f;
        to.slope = from.slope;
        kernels.activate(Activation.IDENTITY, from.gradient, to.gradient);
    }

    /**
     * Searches.
     *
     * @param t the first step to try
     * @param loss at the beginning of the line
     * @param gradient there
     * @param tolerance of steps that make no difference
     */
    void run(
            Line line, Matrix direction, double t, double loss, Matrix gradient, double tolerance) {
        evaluations = 0;
        start.t = 0;
        start.f = loss;
        kernels.activate(Activation.IDENTITY, gradient, start.gradient);
        start.slope = kernels.dot(gradient, direction);
        copy(start, before);
        evaluate(line, direction, t, now);
        int tries = 0;
        boolean done = false;
        boolean bracketed = false;
        while (tries < MOST && !bracketed) {
            boolean tooHigh = now.f > start.f + C1 * now.t * start.slope;
            if (tooHigh || (tries > 1 && now.f >= before.f)) {
                bracketed = true;
            } else if (Math.abs(now.slope) <= -C2 * start.slope) {
                done = true;
                bracketed = true;
            } else if (now.slope >= 0) {
                bracketed = true;
            } else {
                double least = now.t + 0.01 * (now.t - before.t);
                double next = cubic(before, now, least, 10 * now.t);
                copy(now, before);
                evaluate(line, direction, next, now);
                tries++;
            }
        }
        if (!bracketed) {
            copy(start, before);
        }
        found = now;
        if (!done) {
            narrow(line, direction, tries, tolerance);
        }
    }

    /** Narrows the bracket between {@code before} and {@code now} down. */
    private void narrow(Line line, Matrix direction, int tries, double tolerance) {
        double size = kernels.restraints().maxOfAbsolutes(direction);
        Point first = before;
        Point second = now;
        Point next = spare;
        boolean firstIsLow = first.f <= second.f;
        boolean stuck = false;
        boolean done = false;
        for (; !done && tries < MOST; tries++) {
            double low = Math.min(first.t, second.t);
            double high = Math.max(first.t, second.t);
            if ((high - low) * size < tolerance) {
                break;
            }
            double t = cubic(first, second, low, high);
            double edge = 0.1 * (high - low);
            if (Math.min(high - t, t - low) < edge) {
                if (stuck || t >= high || t <= low) {
                    t = Math.abs(t - high) < Math.abs(t - low) ? high - edge : low + edge;
                    stuck = false;
                } else {
                    stuck = true;
                }
            } else {
                stuck = false;
            }
            evaluate(line, direction, t, next);
            Point lower = firstIsLow ? first : second;
            Point higher = firstIsLow ? second : first;
            Point free;
            if (next.f > start.f + C1 * t * start.slope || next.f >= lower.f) {
                free = higher;
                first = firstIsLow ? first : next;
                second = firstIsLow ? next : second;
                firstIsLow = first.f <= second.f;
            } else {
                done = Math.abs(next.slope) <= -C2 * start.slope;
                boolean turned = !done && next.slope * (higher.t - lower.t) >= 0;
                free = turned ? higher : lower;
                Point other = turned ? lower : higher;
                first = firstIsLow ? next : other;
                second = firstIsLow ? other : next;
            }
            next = free;
        }
        found = firstIsLow ? first : second;
    }

    /** Returns where the cubic through values and slopes of two points is least, within bounds. */
    private static double cubic(Point a, Point b, double least, double most) {
        double d1 = a.slope + b.slope - 3 * (a.f - b.f) / (a.t - b.t);
        double square = d1 * d1 - a.slope * b.slope;
        if (!(square >= 0)) {
            return (least + most) / 2;
        }
        double d2 = Math.sqrt(square);
        double t =
                a.t <= b.t
                        ? b.t - (b.t - a.t) * ((b.slope + d2 - d1) / (b.slope - a.slope + 2 * d2))
                        : a.t - (a.t - b.t) * ((a.slope + d2 - d1) / (a.slope - b.slope + 2 * d2));
        return Math.min(Math.max(t, least), most);
    }
}
