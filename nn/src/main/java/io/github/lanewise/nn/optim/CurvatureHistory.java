package io.github.lanewise.nn.optim;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.Combination;
import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.file.FormatException;
import io.github.lanewise.nn.file.StateReader;
import io.github.lanewise.nn.file.StateWriter;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The last steps s and changes of the gradient y, from which the two loops of Nocedal (1980) make
 * the product of the inverse Hessian with a gradient.
 */
final class CurvatureHistory {

    /** Below it a pair says nothing of the curvature. */
    private static final double LEAST = 1e-10;

    private final Kernels kernels;
    private final List<Matrix> steps = new ArrayList<>();
    private final List<Matrix> changes = new ArrayList<>();
    private double[] inverses = new double[8];
    private double[] shares = new double[8];
    private double scale = 1;
    private Matrix nextStep;
    private Matrix nextChange;

    CurvatureHistory(Kernels kernels) {
        this.kernels = kernels;
    }

    void clear() {
        steps.clear();
        changes.clear();
        scale = 1;
    }

    /**
     * Takes a step in, if it says something.
     *
     * @param direction of which the step was {@code length} times
     * @param most pairs that are kept
     */
    void add(Matrix direction, double length, Matrix gradient, Matrix before, int most) {
        if (nextStep == null) {
            nextStep = Matrix.zeros(1, gradient.cols());
            nextChange = Matrix.zeros(1, gradient.cols());
        }
        kernels.combine(Combination.SUBTRACT, gradient, before, nextChange);
        kernels.activate(Activation.IDENTITY, direction, nextStep);
        kernels.scale((float) length, nextStep);
        double product = kernels.dot(nextChange, nextStep);
        if (!(product > LEAST)) {
            return;
        }
        scale = product / kernels.dot(nextChange, nextChange);
        boolean full = steps.size() >= most;
        Matrix oldStep = full ? steps.removeFirst() : null;
        Matrix oldChange = full ? changes.removeFirst() : null;
        if (full) {
            System.arraycopy(inverses, 1, inverses, 0, steps.size());
        }
        if (steps.size() == inverses.length) {
            inverses = Arrays.copyOf(inverses, 2 * inverses.length);
            shares = new double[inverses.length];
        }
        inverses[steps.size()] = 1 / product;
        steps.add(nextStep);
        changes.add(nextChange);
        nextStep = oldStep;
        nextChange = oldChange;
    }

    /** Writes minus the inverse Hessian times a gradient. */
    void direction(Matrix gradient, Matrix into) {
        kernels.activate(Activation.IDENTITY, gradient, into);
        kernels.scale(-1, into);
        for (int i = steps.size() - 1; i >= 0; i--) {
            shares[i] = kernels.dot(steps.get(i), into) * inverses[i];
            kernels.axpy((float) -shares[i], changes.get(i), into);
        }
        kernels.scale((float) scale, into);
        for (int i = 0; i < steps.size(); i++) {
            double share = kernels.dot(changes.get(i), into) * inverses[i];
            kernels.axpy((float) (shares[i] - share), steps.get(i), into);
        }
    }

    void save(StateWriter out) {
        out.put("pairs", steps.size());
        out.put("scale", scale);
        for (int i = 0; i < steps.size(); i++) {
            out.put("step" + i, steps.get(i));
            out.put("change" + i, changes.get(i));
            out.put("inverse" + i, inverses[i]);
        }
    }

    void load(StateReader in, int size) throws IOException {
        clear();
        nextStep = null;
        scale = in.get("scale").asDouble();
        int pairs = in.get("pairs").asInt();
        for (int i = 0; i < pairs; i++) {
            if (!in.hasArray("step" + i)) {
                throw new FormatException("state: step %s of %s is missing".formatted(i, pairs));
            }
            if (i == inverses.length) {
                inverses = Arrays.copyOf(inverses, 2 * i);
                shares = new double[2 * i];
            }
            Matrix step = Matrix.zeros(1, size);
            Matrix change = Matrix.zeros(1, size);
            in.read("step" + i, step);
            in.read("change" + i, change);
            steps.add(step);
            changes.add(change);
            inverses[i] = in.get("inverse" + i).asDouble();
        }
    }
}
