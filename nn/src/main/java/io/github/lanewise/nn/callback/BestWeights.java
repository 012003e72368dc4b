package io.github.lanewise.nn.callback;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.State;
import io.github.lanewise.nn.file.StateReader;
import io.github.lanewise.nn.file.StateWriter;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A copy of a model's parameters and states. */
final class BestWeights {

    private final List<Matrix> copies = new ArrayList<>();

    private static List<Matrix> arrays(Layer model) {
        List<Matrix> arrays = new ArrayList<>();
        model.parameters().values().stream().map(Param::value).forEach(arrays::add);
        model.states().values().stream().map(State::value).forEach(arrays::add);
        return arrays;
    }

    /** Forgets them: the next may be of another model. */
    void forget() {
        copies.clear();
    }

    /** Copies the present ones. */
    void copy(Layer model) {
        List<Matrix> arrays = arrays(model);
        if (copies.isEmpty()) {
            arrays.forEach(one -> copies.add(Matrix.zeros(one.rows(), one.cols())));
        }
        for (int i = 0; i < arrays.size(); i++) {
            copy(arrays.get(i), copies.get(i));
        }
    }

    /** Writes the copies into the model. */
    void restore(Layer model) {
        List<Matrix> arrays = arrays(model);
        if (arrays.size() != copies.size()) {
            throw new IllegalStateException(
                    "best weights: %s arrays were copied, the model has %s; one callback serves one model"
                            .formatted(copies.size(), arrays.size()));
        }
        for (int i = 0; i < arrays.size(); i++) {
            copy(copies.get(i), arrays.get(i));
        }
    }

    private static void copy(Matrix from, Matrix to) {
        for (int i = 0; i < from.rows(); i++) {
            int source = from.offset() + i * from.ld();
            int target = to.offset() + i * to.ld();
            System.arraycopy(from.data(), source, to.data(), target, from.cols());
        }
    }

    void save(StateWriter out) {
        out.put("arrays", copies.size());
        for (int i = 0; i < copies.size(); i++) {
            out.put("array" + i, copies.get(i));
        }
    }

    void load(StateReader in) throws IOException {
        copies.clear();
        int count = in.get("arrays").asInt();
        for (int i = 0; i < count; i++) {
            copies.add(in.array("array" + i));
        }
    }
}
