package io.github.lanewise.nn.model;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.norm.BatchNorm;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * The further names of what a model shares: PyTorch lists a shared array under each of them, {@link
 * Layer#parameters()} under the first alone.
 */
final class TiedNames {

    private final Map<Object, String> first = new IdentityHashMap<>();
    private final SequencedMap<String, String> primaries = new LinkedHashMap<>();
    private final List<String> batchNorms = new ArrayList<>();

    private TiedNames() {}

    static TiedNames of(Layer model) {
        TiedNames names = new TiedNames();
        model.parameters().forEach((name, p) -> names.first.put(p, name));
        model.states().forEach((name, s) -> names.first.put(s, name));
        names.visit(model, "");
        return names;
    }

    private void visit(Layer layer, String prefix) {
        layer.parameters().forEach((name, p) -> add(prefix + name, p));
        layer.states().forEach((name, s) -> add(prefix + name, s));
        if (layer instanceof BatchNorm) {
            batchNorms.add(prefix.isEmpty() ? "" : prefix.substring(0, prefix.length() - 1));
        }
        layer.children().forEach((name, child) -> visit(child, prefix + name + "."));
    }

    private void add(String name, Object array) {
        String primary = first.get(array);
        if (primary != null && !primary.equals(name)) {
            primaries.put(name, primary);
        }
    }

    /** Returns the first name of what has several, by each of the others. */
    SequencedMap<String, String> primaries() {
        return primaries;
    }

    /** Returns the paths of all batch normalizations, a shared one at each of its places. */
    List<String> batchNorms() {
        return batchNorms;
    }
}
