package io.github.lanewise.onnx.export;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.State;
import io.github.lanewise.onnx.OnnxTensor;

import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The constant arrays of a graph, each once: what belongs to an object, and equal numbers. */
final class Initializers {

    private final Names names;
    private final Map<String, OnnxTensor> arrays = new LinkedHashMap<>();
    private final Map<Object, String> known = new HashMap<>();
    private final Map<Object, String> paths = new IdentityHashMap<>();

    /**
     * Begins.
     *
     * @param model whose parameters and states have their names from it
     */
    Initializers(Layer model, Names names) {
        this.names = names;
        model.parameters().forEach((path, parameter) -> paths.put(parameter, path));
        model.states().forEach((path, state) -> paths.put(state, path));
    }

    /** Gives a parameter that is none of the model's a name. */
    void place(Param parameter, String path) {
        paths.putIfAbsent(parameter, path);
    }

    List<OnnxTensor> all() {
        return List.copyOf(arrays.values());
    }

    /** An array of an object, which is itself and not what equals it. */
    private record Owned(Object owner, String word) {

        @Override
        public boolean equals(Object other) {
            return other instanceof Owned one && one.owner == owner && one.word.equals(word);
        }

        @Override
        public int hashCode() {
            return 31 * System.identityHashCode(owner) + word.hashCode();
        }
    }

    String once(Object owner, String word, String wished, Function<String, OnnxTensor> maker) {
        return known.computeIfAbsent(new Owned(owner, word), key -> add(wished, maker));
    }

    String add(String wished, Function<String, OnnxTensor> maker) {
        String name = names.unique(wished);
        arrays.put(name, maker.apply(name));
        return name;
    }

    /** Returns the name of a single number. */
    String scalar(float number) {
        return known.computeIfAbsent(
                number, key -> add("number", name -> OnnxTensor.of(name, new float[] {number})));
    }

    /** Returns the name of an array of whole numbers, such as a shape. */
    String longs(long... numbers) {
        List<Long> list = Arrays.stream(numbers).boxed().toList();
        return known.computeIfAbsent(
                list, key -> add("numbers", name -> OnnxTensor.of(name, numbers, numbers.length)));
    }

    /** Returns the name of a parameter in the layout of PyTorch, under a shape. */
    String param(Param parameter, Shape shape) {
        return once(
                parameter,
                shape.toString(),
                paths.get(parameter),
                name -> OnnxTensor.of(name, saved(parameter), dims(shape)));
    }

    /** Returns the name of a parameter as it is used here: inputs x outputs. */
    String matrix(Param parameter) {
        Matrix value = parameter.value();
        String word = ".transposed";
        return once(
                parameter,
                word,
                paths.get(parameter) + word,
                name -> OnnxTensor.of(name, numbers(value), value.rows(), value.cols()));
    }

    /** Returns the name of a state. */
    String state(State state) {
        return once(
                state,
                "",
                paths.get(state),
                name -> OnnxTensor.of(name, numbers(state.value()), dims(state.savedShape())));
    }

    /** Returns the numbers of a parameter in the layout of PyTorch, row by row. */
    static float[] saved(Param parameter) {
        float[] numbers = numbers(parameter.value());
        if (!parameter.isSavedTransposed()) {
            return numbers;
        }
        int rows = parameter.value().rows();
        int cols = parameter.value().cols();
        float[] turned = new float[numbers.length];
        for (int i = 0; i < turned.length; i++) {
            turned[i] = numbers[i % rows * cols + i / rows];
        }
        return turned;
    }

    /** Returns the numbers of a matrix, row by row. */
    static float[] numbers(Matrix matrix) {
        float[] numbers = new float[matrix.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = matrix.at(i / matrix.cols(), i % matrix.cols());
        }
        return numbers;
    }

    static long[] dims(Shape shape) {
        return LayerSettings.longs(shape.dimensions());
    }
}
