package io.github.lanewise.engine.internal.scalar;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Update;
import io.github.lanewise.engine.internal.Fma;
import io.github.lanewise.engine.internal.UpdateKernels;

/** One loop for each optimizer, as {@link Update} writes it down. */
public final class ScalarUpdates implements UpdateKernels {

    @Override
    public void update(Update rule, Matrix p, Matrix g, Matrix[] states, int row, int from, int n) {
        switch (rule) {
            case Update.Sgd sgd -> sgd(sgd, p, g, states, row, from, n);
            case Update.Adam adam -> adam(adam, p, g, states, row, from, n);
            case Update.RmsProp rmsProp -> rmsProp(rmsProp, p, g, states, row, from, n);
            case Update.Adagrad adagrad -> adagrad(adagrad, p, g, states[0], row, from, n);
            case Update.Adadelta adadelta -> adadelta(adadelta, p, g, states, row, from, n);
            case Update.Lion lion -> lion(lion, p, g, states[0], row, from, n);
        }
    }

    private static void sgd(
            Update.Sgd rule, Matrix p, Matrix g, Matrix[] states, int row, int from, int n) {
        float undamped = 1f - rule.dampening();
        for (int j = from; j < from + n; j++) {
            float value = get(p, row, j);
            float d = plus(rule.weightDecay(), value, get(g, row, j));
            if (rule.momentum() != 0) {
                Matrix v = states[0];
                float velocity =
                        rule.first()
                                ? d
                                : Fma.fma(rule.momentum(), get(v, row, j), times(undamped, d));
                set(v, row, j, velocity);
                d = rule.nesterov() ? Fma.fma(rule.momentum(), velocity, d) : velocity;
            }
            set(p, row, j, plus(-rule.learningRate(), d, value));
        }
    }

    private static void adam(
            Update.Adam rule, Matrix p, Matrix g, Matrix[] states, int row, int from, int n) {
        float rest1 = 1f - rule.beta1();
        float rest2 = 1f - rule.beta2();
        Matrix m = states[0];
        Matrix v = states[1];
        for (int j = from; j < from + n; j++) {
            float value = rule.decay() * get(p, row, j);
            float d = plus(rule.weightDecay(), value, get(g, row, j));
            float first = mean(rest1, d, get(m, row, j));
            float second = Fma.fma(rest2 * d, d, times(rule.beta2(), get(v, row, j)));
            set(m, row, j, first);
            set(v, row, j, second);
            if (rule.amsgrad()) {
                float largest = get(states[2], row, j);
                second = second <= largest ? largest : second;
                set(states[2], row, j, second);
            }
            float denominator = Fma.fma(root(second), rule.scale(), rule.eps());
            float step = rule.stepSize() * first / denominator;
            set(p, row, j, rule.stepSize() == 0 ? value : value - step);
        }
    }

    private static void rmsProp(
            Update.RmsProp rule, Matrix p, Matrix g, Matrix[] states, int row, int from, int n) {
        float rest = 1f - rule.alpha();
        Matrix v = states[0];
        Matrix a = states[rule.centered() ? 1 : 0];
        Matrix b = states[rule.states() - 1];
        for (int j = from; j < from + n; j++) {
            float value = get(p, row, j);
            float d = plus(rule.weightDecay(), value, get(g, row, j));
            float square = Fma.fma(rest * d, d, times(rule.alpha(), get(v, row, j)));
            set(v, row, j, square);
            if (rule.centered()) {
                float mean = mean(rest, d, get(a, row, j));
                set(a, row, j, mean);
                square = Fma.fma(-mean, mean, square);
                square = square < 0 ? 0 : square;
            }
            d = d / (root(square) + rule.eps());
            if (rule.momentum() != 0) {
                d = Fma.fma(rule.momentum(), get(b, row, j), d);
                set(b, row, j, d);
            }
            set(p, row, j, plus(-rule.learningRate(), d, value));
        }
    }

    private static void adagrad(
            Update.Adagrad rule, Matrix p, Matrix g, Matrix v, int row, int from, int n) {
        for (int j = from; j < from + n; j++) {
            float value = get(p, row, j);
            float d = plus(rule.weightDecay(), value, get(g, row, j));
            float sum = Fma.fma(d, d, get(v, row, j));
            set(v, row, j, sum);
            float denominator = root(sum) + rule.eps();
            float step = rule.learningRate() * d / denominator;
            set(p, row, j, rule.learningRate() == 0 ? value : value - step);
        }
    }

    private static void adadelta(
            Update.Adadelta rule, Matrix p, Matrix g, Matrix[] states, int row, int from, int n) {
        float rest = 1f - rule.rho();
        Matrix v = states[0];
        Matrix u = states[1];
        for (int j = from; j < from + n; j++) {
            float value = get(p, row, j);
            float d = plus(rule.weightDecay(), value, get(g, row, j));
            float square = Fma.fma(rest * d, d, times(rule.rho(), get(v, row, j)));
            set(v, row, j, square);
            float last = get(u, row, j);
            float step = root(last + rule.eps()) / root(square + rule.eps()) * d;
            set(u, row, j, Fma.fma(rest * step, step, times(rule.rho(), last)));
            set(p, row, j, plus(-rule.learningRate(), step, value));
        }
    }

    private static void lion(
            Update.Lion rule, Matrix p, Matrix g, Matrix m, int row, int from, int n) {
        float rest1 = 1f - rule.beta1();
        float rest2 = 1f - rule.beta2();
        for (int j = from; j < from + n; j++) {
            float momentum = get(m, row, j);
            float gradient = get(g, row, j);
            float c = mean(rest1, gradient, momentum);
            float sign = c > 0 ? 1 : c < 0 ? -1 : c;
            set(p, row, j, plus(-rule.learningRate(), sign, rule.decay() * get(p, row, j)));
            set(m, row, j, mean(rest2, gradient, momentum));
        }
    }

    /** Returns a x, or 0 if a is 0, whatever x. */
    private static float times(float a, float x) {
        return a == 0 ? 0f : a * x;
    }

    /** Returns a x + y, or y if a is 0, whatever x. */
    private static float plus(float a, float x, float y) {
        return a == 0 ? y : Fma.fma(a, x, y);
    }

    /** Returns an old mean moved by a share towards a number; the number itself if it is all. */
    private static float mean(float share, float x, float old) {
        return share == 1 ? x : Fma.fma(share, x - old, old);
    }

    /** The double root of a float, rounded back, is the float root. */
    private static float root(float x) {
        return (float) Math.sqrt(x);
    }

    private static float get(Matrix x, int row, int j) {
        return x.data()[x.offset() + row * x.ld() + j];
    }

    private static void set(Matrix x, int row, int j, float value) {
        x.data()[x.offset() + row * x.ld() + j] = value;
    }
}
