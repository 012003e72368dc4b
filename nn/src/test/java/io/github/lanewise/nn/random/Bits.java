package io.github.lanewise.nn.random;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.optim.Adam;

import java.util.List;

/** Hashes of what networks compute: different bits give, in all likelihood, different hashes. */
final class Bits {

    private static final long PRIME = 0x100000001B3L;

    private long hash = 0xCBF29CE484222325L;

    /** Adds all elements; NaN counts as one value, since its other bits are not promised. */
    Bits add(Matrix matrix) {
        for (int i = 0; i < matrix.rows(); i++) {
            for (int j = 0; j < matrix.cols(); j++) {
                hash = (hash ^ Float.floatToIntBits(matrix.at(i, j))) * PRIME;
                hash ^= hash >>> 29;
            }
        }
        return this;
    }

    Bits addAll(Layer model) {
        model.parameters().values().forEach(parameter -> add(parameter.value()));
        model.states().values().forEach(state -> add(state.value()));
        return this;
    }

    long get() {
        return hash;
    }

    /** Returns the bits of what a model makes of samples. */
    static long ofInference(RandomGraph graph, Layer model, Workspace workspace) {
        Pass pass = model.bind(graph.input(), workspace);
        return new Bits().add(pass.forward(graph.samples(workspace.batch(), 0))).get();
    }

    /** Trains a model for some steps; returns the bits of all that happens and of what is left. */
    static long ofTraining(RandomGraph graph, Layer model, Workspace workspace, int steps) {
        Bits bits = new Bits();
        Pass pass = model.bind(graph.input(), workspace);
        int outputs = model.outputShape(graph.input()).features();
        Adam adam = new Adam(0.01f);
        List<Param> parameters = List.copyOf(model.parameters().values());
        for (int step = 1; step <= steps; step++) {
            bits.add(pass.forward(graph.samples(workspace.batch(), step)));
            Draw d = new Draw(graph.seed() * 1000 - step, false);
            Matrix inputGradient = pass.backward(d.gaussian(workspace.batch(), outputs));
            if (graph.integers() == 0) {
                bits.add(inputGradient);
            }
            if (!parameters.isEmpty()) {
                adam.step(parameters);
            }
            parameters.forEach(Param::clearGradient);
        }
        return bits.addAll(model).get();
    }

    /** Returns the bits of what a model makes, both ways, of NaN, infinities and their like. */
    static long ofSpecialValues(RandomGraph graph, Layer model) {
        Bits bits = new Bits();
        Draw d = new Draw(graph.seed() + 77, false);
        Pass pass = model.bind(graph.input(), Workspace.training(graph.batch()));
        int outputs = model.outputShape(graph.input()).features();
        for (int oneIn : new int[] {4, 40}) {
            Matrix inputs = d.gaussian(graph.batch(), graph.input().features());
            bits.add(pass.forward(SpecialValues.strew(d, inputs, oneIn)));
            Matrix gradient = SpecialValues.strew(d, d.gaussian(graph.batch(), outputs), oneIn);
            bits.add(pass.backward(gradient));
            model.parameters().values().stream()
                    .filter(Param::hasGradient)
                    .forEach(parameter -> bits.add(parameter.gradient()));
        }
        return bits.addAll(model).get();
    }
}
