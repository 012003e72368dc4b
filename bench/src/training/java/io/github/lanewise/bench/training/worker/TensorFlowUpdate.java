package io.github.lanewise.bench.training.worker;

import io.github.lanewise.bench.Workload;

import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Constant;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

import java.util.ArrayList;
import java.util.List;

/** Writes the update of all parameters into a graph. */
final class TensorFlowUpdate {

    private static final float BETA1 = 0.9f;
    private static final float BETA2 = 0.999f;
    private static final float EPSILON = 1e-8f;

    private final Ops tf;
    private final Workload.Rule rule;
    private final List<Op> resets = new ArrayList<>();

    TensorFlowUpdate(Ops tf, Workload.Rule rule) {
        this.tf = tf;
        this.rule = rule;
    }

    /** Returns what to run to forget earlier steps. */
    Op reset() {
        return tf.withControlDependencies(resets).noOp();
    }

    /** Returns the operation that computes the gradients of a loss and updates all variables. */
    Op minimize(Operand<TFloat32> loss, List<Variable<TFloat32>> variables) {
        List<Operand<TFloat32>> gradients = new ArrayList<>();
        for (Operand<?> gradient : tf.gradients(loss, variables)) {
            gradients.add(gradient.asOutput().expect(TFloat32.class));
        }
        // A variable may change only when no gradient needs its old value any more.
        Ops after = tf.withControlDependencies(new ArrayList<Op>(gradients));
        List<Op> updates = new ArrayList<>();
        for (int i = 0; i < variables.size(); i++) {
            gradients.set(i, decayed(after, gradients.get(i), variables.get(i)));
        }
        if (rule.adam()) {
            adam(after, gradients, variables, updates);
        } else {
            descend(after, gradients, variables, updates);
        }
        return tf.withControlDependencies(updates).noOp();
    }

    private Operand<TFloat32> decayed(
            Ops after, Operand<TFloat32> gradient, Variable<TFloat32> variable) {
        if (rule.weightDecay() == 0) {
            return gradient;
        }
        Constant<TFloat32> decay = tf.constant(rule.weightDecay());
        return after.math.add(gradient, after.math.mul(decay, variable));
    }

    private void descend(
            Ops after,
            List<Operand<TFloat32>> gradients,
            List<Variable<TFloat32>> variables,
            List<Op> updates) {
        Constant<TFloat32> rate = tf.constant(rule.learningRate());
        Constant<TFloat32> momentum = tf.constant(rule.momentum());
        for (int i = 0; i < variables.size(); i++) {
            Variable<TFloat32> variable = variables.get(i);
            Operand<TFloat32> gradient = gradients.get(i);
            updates.add(
                    rule.momentum() == 0
                            ? after.train.applyGradientDescent(variable, rate, gradient)
                            : after.train.applyMomentum(
                                    variable, state(variable), rate, gradient, momentum));
        }
    }

    private void adam(
            Ops after,
            List<Operand<TFloat32>> gradients,
            List<Variable<TFloat32>> variables,
            List<Op> updates) {
        Constant<TFloat32> beta1 = tf.constant(BETA1);
        Constant<TFloat32> beta2 = tf.constant(BETA2);
        Variable<TFloat32> power1 = power(beta1);
        Variable<TFloat32> power2 = power(beta2);
        for (int i = 0; i < variables.size(); i++) {
            Variable<TFloat32> variable = variables.get(i);
            updates.add(
                    after.train.applyAdam(
                            variable,
                            state(variable),
                            state(variable),
                            power1,
                            power2,
                            tf.constant(rule.learningRate()),
                            beta1,
                            beta2,
                            tf.constant(EPSILON),
                            gradients.get(i)));
        }
        Ops last = tf.withControlDependencies(new ArrayList<>(updates));
        updates.add(last.assign(power1, last.math.mul(power1, beta1)));
        updates.add(last.assign(power2, last.math.mul(power2, beta2)));
    }

    private Variable<TFloat32> power(Constant<TFloat32> beta) {
        Variable<TFloat32> power = tf.variable(beta.shape(), TFloat32.class);
        resets.add(tf.assign(power, beta));
        return power;
    }

    private Variable<TFloat32> state(Variable<TFloat32> variable) {
        Variable<TFloat32> state = tf.variable(variable.shape(), TFloat32.class);
        resets.add(tf.assign(state, tf.zeros(tf.constant(variable.shape()), TFloat32.class)));
        return state;
    }
}
