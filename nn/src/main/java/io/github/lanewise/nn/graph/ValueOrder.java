package io.github.lanewise.nn.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The order in which values are computed. */
final class ValueOrder {

    private ValueOrder() {}

    /**
     * Returns all values that lead to these, each once and after its sources: depth first, from the
     * first of the ends and the first of the sources.
     */
    static List<Value> of(List<? extends Value> ends) {
        List<Value> order = new ArrayList<>();
        Set<Value> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Value end : ends) {
            visit(end, seen, order);
        }
        return order;
    }

    /** Deep networks are deeper than the stack of the thread, so it walks with one of its own. */
    private static void visit(Value end, Set<Value> seen, List<Value> order) {
        Deque<Value> path = new ArrayDeque<>();
        Map<Value, Integer> visited = new HashMap<>();
        if (seen.add(end)) {
            path.push(end);
        }
        while (!path.isEmpty()) {
            Value value = path.peek();
            int next = visited.merge(value, 1, Integer::sum) - 1;
            if (next == value.sources().size()) {
                order.add(path.pop());
            } else if (seen.add(value.sources().get(next))) {
                path.push(value.sources().get(next));
            }
        }
    }
}
