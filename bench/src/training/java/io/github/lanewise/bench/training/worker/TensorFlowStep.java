package io.github.lanewise.bench.training.worker;

import io.github.lanewise.bench.Workload;

import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TUint8;

import java.util.ArrayList;
import java.util.List;

/** A graph that takes a training step of a workload, with the session that runs it. */
final class TensorFlowStep {

    private final Session session;
    private final Placeholder<?> inputs;
    private final Placeholder<TInt32> labels;
    private final List<Placeholder<TFloat32>> values = new ArrayList<>();
    private final Op assign;
    private final Op reset;
    private final Op train;
    private final Operand<TFloat32> loss;

    /** Writes the graph; inputs are floats, or pixels as bytes. */
    TensorFlowStep(Workload workload, boolean pixels, ConfigProto config) {
        Graph graph = new Graph();
        Ops tf = Ops.create(graph);
        List<Variable<TFloat32>> variables = variables(tf, workload);
        assign = assign(tf, variables);
        inputs = pixels ? tf.placeholder(TUint8.class) : tf.placeholder(TFloat32.class);
        labels = tf.placeholder(TInt32.class);
        Operand<TFloat32> logits =
                new TensorFlowNet(tf, workload, variables).logits(floats(tf, pixels));
        loss = loss(tf, logits, workload.classes());
        TensorFlowUpdate update = new TensorFlowUpdate(tf, workload.rule());
        train = update.minimize(loss, variables);
        reset = update.reset();
        session = new Session(graph, config);
    }

    private static List<Variable<TFloat32>> variables(Ops tf, Workload workload) {
        List<Variable<TFloat32>> variables = new ArrayList<>();
        for (Shape shape : TensorFlowLayout.shapes(workload)) {
            variables.add(tf.variable(shape, TFloat32.class));
        }
        return variables;
    }

    /** Returns what sets the variables to the values that are fed. */
    private Op assign(Ops tf, List<Variable<TFloat32>> variables) {
        List<Op> assigns = new ArrayList<>();
        for (Variable<TFloat32> variable : variables) {
            Placeholder<TFloat32> value = tf.placeholder(TFloat32.class);
            values.add(value);
            assigns.add(tf.assign(variable, value));
        }
        return tf.withControlDependencies(assigns).noOp();
    }

    private Operand<TFloat32> floats(Ops tf, boolean pixels) {
        return pixels
                ? tf.math.mul(tf.dtypes.cast(inputs, TFloat32.class), tf.constant(1 / 255f))
                : inputs.asOutput().expect(TFloat32.class);
    }

    /** Takes classes as rows of zeros and a one: of that form alone the library has a gradient. */
    private Operand<TFloat32> loss(Ops tf, Operand<TFloat32> logits, int classes) {
        Operand<TFloat32> rows =
                tf.oneHot(labels, tf.constant(classes), tf.constant(1f), tf.constant(0f));
        Operand<TFloat32> losses = tf.nn.softmaxCrossEntropyWithLogits(logits, rows).loss();
        return tf.math.mean(losses, tf.constant(0));
    }

    /** Sets the parameters and forgets earlier steps. */
    void restart(List<TFloat32> parameters) {
        Session.Runner runner = session.runner().addTarget(assign);
        for (int i = 0; i < parameters.size(); i++) {
            runner.feed(values.get(i), parameters.get(i));
        }
        runner.run().close();
        session.runner().addTarget(reset).run().close();
    }

    /** Takes a step and returns the loss before it. */
    float run(Tensor batchInputs, TInt32 batchLabels) {
        try (Result result =
                session.runner()
                        .feed(inputs, batchInputs)
                        .feed(labels, batchLabels)
                        .addTarget(train)
                        .fetch(loss)
                        .run()) {
            return ((TFloat32) result.get(0)).getFloat();
        }
    }
}
