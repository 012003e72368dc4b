package io.github.lanewise.nn.internal;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * Maps of what a layer has under names, in order: parameters, states, children or options. What is
 * null is left out.
 */
public final class Named {

    private Named() {}

    /** Returns a map of one value, or of none. */
    public static <V> SequencedMap<String, V> of(String name, V value) {
        return with(new LinkedHashMap<>(), name, value);
    }

    /** Returns a map of up to two values. */
    public static <V> SequencedMap<String, V> of(String name1, V value1, String name2, V value2) {
        return with(of(name1, value1), name2, value2);
    }

    /** Returns a map of up to three values. */
    public static <V> SequencedMap<String, V> of(
            String name1, V value1, String name2, V value2, String name3, V value3) {
        return with(of(name1, value1, name2, value2), name3, value3);
    }

    /** Returns a map of up to four values. */
    public static <V> SequencedMap<String, V> of(
            String name1,
            V value1,
            String name2,
            V value2,
            String name3,
            V value3,
            String name4,
            V value4) {
        return with(of(name1, value1, name2, value2, name3, value3), name4, value4);
    }

    private static <V> SequencedMap<String, V> with(
            SequencedMap<String, V> map, String name, V value) {
        if (value != null) {
            map.put(name, value);
        }
        return map;
    }
}
