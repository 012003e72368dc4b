package io.github.lanewise.nn;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;

/** What the layers inside a layer hold, by path. */
final class Paths {

    private Paths() {}

    /**
     * Joins what each child lists under its own name; what two children share counts for the first.
     */
    static <T> SequencedMap<String, T> below(
            SequencedMap<String, Layer> children, Function<Layer, SequencedMap<String, T>> held) {
        SequencedMap<String, T> all = new LinkedHashMap<>();
        Set<T> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        children.forEach(
                (name, child) ->
                        held.apply(child)
                                .forEach(
                                        (path, one) -> {
                                            if (seen.add(one)) {
                                                all.put(name + "." + path, one);
                                            }
                                        }));
        return all;
    }
}
