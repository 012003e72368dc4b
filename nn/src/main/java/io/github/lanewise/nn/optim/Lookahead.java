package io.github.lanewise.nn.optim;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.Combination;
import io.github.lanewise.engine.Engine;
import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.file.StateReader;
import io.github.lanewise.nn.file.StateWriter;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets any optimizer run ahead and follows it by a share (Zhang and others, "Lookahead optimizer: k
 * steps forward, 1 step back", 2019): after every k-th step slow weights s = s + alpha (p - s), and
 * the parameters go on from there, p = s.
 *
 * <pre>{@code new Adam(1e-3f).with(new Lookahead(5, 0.5f))}</pre>
 *
 * <p>What the optimizer remembers stays as it is. What is not trainable stays, too, and if it is
 * trained again, its slow weights begin there. Use one for each model.
 */
public final class Lookahead implements Adjustment {

    private final Kernels kernels = Engine.kernels();
    private final List<Matrix> slow = new ArrayList<>();
    private final List<Matrix> differences = new ArrayList<>();
    private final int k;
    private final float alpha;
    private long steps;

    /** Makes one with k = 5 and alpha = 0.5. */
    public Lookahead() {
        this(5, 0.5f);
    }

    /**
     * Makes one.
     *
     * @param k steps from one look to the next
     * @param alpha share by which the slow weights follow, above 0 to 1
     * @throws IllegalArgumentException if a number is out of range
     */
    public Lookahead(int k, float alpha) {
        if (k < 1 || !(alpha > 0 && alpha <= 1)) {
            throw new IllegalArgumentException(
                    "Lookahead: k is %s, alpha %s; k must be 1 or more, alpha above 0 to 1"
                            .formatted(k, alpha));
        }
        this.k = k;
        this.alpha = alpha;
    }

    @Override
    public boolean leavesZeros() {
        return true;
    }

    @Override
    public void beforeStep(List<Param> parameters) {
        if (slow.isEmpty()) {
            for (Param parameter : parameters) {
                Matrix value = parameter.value();
                slow.add(Matrix.zeros(value.rows(), value.cols()));
                differences.add(Matrix.zeros(value.rows(), value.cols()));
                kernels.activate(Activation.IDENTITY, value, slow.getLast());
            }
        }
        if (slow.size() != parameters.size()) {
            throw new IllegalStateException(
                    "Lookahead: %s parameters, before there were %s; use one for each model"
                            .formatted(parameters.size(), slow.size()));
        }
    }

    @Override
    public void afterStep(List<Param> parameters) {
        steps++;
        if (steps % k != 0) {
            return;
        }
        for (int i = 0; i < slow.size(); i++) {
            Matrix value = parameters.get(i).value();
            if (parameters.get(i).isTrainable()) {
                kernels.combine(Combination.SUBTRACT, value, slow.get(i), differences.get(i));
                kernels.axpy(alpha, differences.get(i), slow.get(i));
                kernels.activate(Activation.IDENTITY, slow.get(i), value);
            } else {
                kernels.activate(Activation.IDENTITY, value, slow.get(i));
            }
        }
    }

    @Override
    public void save(StateWriter out) {
        out.put("steps", steps);
        for (int i = 0; i < slow.size(); i++) {
            out.put("slow" + i, slow.get(i));
        }
    }

    @Override
    public void load(StateReader in) throws IOException {
        steps = in.get("steps").asLong();
        slow.clear();
        differences.clear();
        for (int i = 0; in.hasArray("slow" + i); i++) {
            Matrix weights = in.array("slow" + i);
            slow.add(weights);
            differences.add(Matrix.zeros(weights.rows(), weights.cols()));
        }
    }

    @Override
    public String toString() {
        return "Lookahead(k %s, alpha %s)".formatted(k, alpha);
    }
}
