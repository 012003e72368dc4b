package io.github.lanewise.onnx.export;

import io.github.lanewise.nn.Layer;

import java.util.List;
import java.util.Map;

/** The options of a layer, by their kinds. */
record LayerSettings(Map<String, Object> options) {

    static LayerSettings of(Layer layer) {
        return new LayerSettings(layer.options());
    }

    boolean has(String name) {
        return options.containsKey(name);
    }

    Object get(String name) {
        return options.get(name);
    }

    int number(String name) {
        return (Integer) options.get(name);
    }

    float real(String name) {
        return (Float) options.get(name);
    }

    boolean flag(String name) {
        return (Boolean) options.get(name);
    }

    String word(String name) {
        return (String) options.get(name);
    }

    /** Returns numbers; a single one is a list of one. */
    int[] numbers(String name) {
        return options.get(name) instanceof List<?> list
                ? list.stream().mapToInt(one -> (Integer) one).toArray()
                : new int[] {number(name)};
    }

    static long[] longs(int... numbers) {
        long[] longs = new long[numbers.length];
        for (int i = 0; i < longs.length; i++) {
            longs[i] = numbers[i];
        }
        return longs;
    }
}
