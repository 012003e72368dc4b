package io.github.lanewise.nn.optim;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Param;

import java.util.Arrays;
import java.util.List;

/** All parameters, or their gradients, as one row of numbers, one parameter behind another. */
final class FlatParameters {

    private FlatParameters() {}

    static int size(List<Param> parameters) {
        int size = 0;
        for (int i = 0; i < parameters.size(); i++) {
            size = Math.addExact(size, parameters.get(i).size());
        }
        return size;
    }

    /** Notes which parameters are trainable, and returns whether others were before. */
    static boolean noteTrainable(List<Param> parameters, boolean[] noted) {
        boolean changed = false;
        for (int i = 0; i < noted.length; i++) {
            boolean now = parameters.get(i).isTrainable();
            changed |= noted[i] != now;
            noted[i] = now;
        }
        return changed;
    }

    static void readValues(List<Param> parameters, Matrix into) {
        int at = 0;
        for (int i = 0; i < parameters.size(); i++) {
            Matrix value = parameters.get(i).value();
            System.arraycopy(value.data(), value.offset(), into.data(), at, value.size());
            at += value.size();
        }
    }

    static void writeValues(Matrix from, List<Param> parameters) {
        int at = 0;
        for (int i = 0; i < parameters.size(); i++) {
            Matrix value = parameters.get(i).value();
            System.arraycopy(from.data(), at, value.data(), value.offset(), value.size());
            at += value.size();
        }
    }

    /** Reads the gradients; where there is none it is 0. */
    static void readGradients(List<Param> parameters, Matrix into) {
        int at = 0;
        for (int i = 0; i < parameters.size(); i++) {
            Param parameter = parameters.get(i);
            int size = parameter.size();
            if (parameter.hasGradient()) {
                Matrix gradient = parameter.gradient();
                System.arraycopy(gradient.data(), gradient.offset(), into.data(), at, size);
            } else {
                Arrays.fill(into.data(), at, at + size, 0);
            }
            at += size;
        }
    }
}
