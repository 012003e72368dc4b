package io.github.lanewise.nn.model;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.State;
import io.github.lanewise.nn.file.DType;
import io.github.lanewise.nn.file.TensorData;
import io.github.lanewise.nn.file.TensorFile;
import io.github.lanewise.nn.file.TensorInfo;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Supplier;

/**
 * A parameter or a state as files hold it.
 *
 * @param shape in files
 * @param transposed whether files hold it turned over
 * @param trained whether it is a parameter
 * @param values returns the matrix, to be read
 * @param target returns the matrix, to be written
 */
record SavedArray(
        Shape shape,
        boolean transposed,
        boolean trained,
        Supplier<Matrix> values,
        Supplier<Matrix> target) {

    /** Values at a time when a matrix is turned over: a block of them stays in the first cache. */
    private static final int BLOCK = 32;

    /** Returns all arrays of a model by path, the parameters before the states. */
    static SequencedMap<String, SavedArray> of(Layer model) {
        SequencedMap<String, SavedArray> all = new LinkedHashMap<>();
        model.parameters().forEach((path, p) -> put(all, path, of(p)));
        model.states().forEach((path, s) -> put(all, path, of(s)));
        return all;
    }

    private static void put(SequencedMap<String, SavedArray> all, String path, SavedArray array) {
        if (all.putIfAbsent(path, array) != null) {
            throw new IllegalArgumentException(
                    "model: %s is a parameter and a state; give each a name of its own"
                            .formatted(path));
        }
    }

    static SavedArray of(Param p) {
        return new SavedArray(p.savedShape(), p.isSavedTransposed(), true, p::value, p::overwrite);
    }

    static SavedArray of(State s) {
        return new SavedArray(s.savedShape(), false, false, s::value, s::value);
    }

    /** Returns the dimensions in files. */
    List<Long> dimensions() {
        return shape.toList().stream().map(Integer::longValue).toList();
    }

    /** Returns what a file is to hold. */
    TensorData toData(String name, DType dtype) {
        TensorInfo info = new TensorInfo(name, dtype, dimensions());
        Matrix matrix = values.get();
        if (transposed) {
            return TensorData.of(info, () -> turned(matrix));
        }
        if (matrix.ld() == matrix.cols()) {
            return TensorData.of(info, matrix.data(), matrix.offset());
        }
        return TensorData.of(info, () -> dense(matrix));
    }

    /** Reads the array of a file, whose shape was checked. */
    void read(TensorFile file, String name) throws IOException {
        Matrix matrix = target.get();
        if (!transposed && matrix.ld() == matrix.cols()) {
            file.readFloats(name, matrix.data(), matrix.offset());
            return;
        }
        float[] read = file.readFloats(name);
        if (transposed) {
            turn(matrix, read, false);
        } else {
            for (int i = 0; i < matrix.rows(); i++) {
                int to = matrix.offset() + i * matrix.ld();
                System.arraycopy(read, i * matrix.cols(), matrix.data(), to, matrix.cols());
            }
        }
    }

    private static float[] dense(Matrix matrix) {
        float[] values = new float[matrix.size()];
        for (int i = 0; i < matrix.rows(); i++) {
            int from = matrix.offset() + i * matrix.ld();
            System.arraycopy(matrix.data(), from, values, i * matrix.cols(), matrix.cols());
        }
        return values;
    }

    private static float[] turned(Matrix matrix) {
        float[] values = new float[matrix.size()];
        turn(matrix, values, true);
        return values;
    }

    /** Copies element (i, j) of a matrix to or from number j rows + i of an array. */
    private static void turn(Matrix matrix, float[] array, boolean out) {
        int rows = matrix.rows();
        float[] data = matrix.data();
        for (int i0 = 0; i0 < rows; i0 += BLOCK) {
            int end = Math.min(rows, i0 + BLOCK);
            for (int j = 0; j < matrix.cols(); j++) {
                int at = matrix.offset() + j;
                for (int i = i0; i < end; i++) {
                    if (out) {
                        array[j * rows + i] = data[at + i * matrix.ld()];
                    } else {
                        data[at + i * matrix.ld()] = array[j * rows + i];
                    }
                }
            }
        }
    }
}
