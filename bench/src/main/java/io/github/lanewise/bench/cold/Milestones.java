package io.github.lanewise.bench.cold;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What one way of starting has shown, run by run. */
final class Milestones {

    private final Map<String, List<Double>> figures = new HashMap<>();

    /** Adds the figures of a run. */
    void add(Map<String, Double> run) {
        run.forEach(
                (name, figure) ->
                        figures.computeIfAbsent(name, any -> new ArrayList<>()).add(figure));
    }

    /** Returns the median and the best of a figure as text, or a dash if no run gave it. */
    String show(String name) {
        List<Double> sorted = figures.getOrDefault(name, List.of()).stream().sorted().toList();
        return sorted.isEmpty()
                ? "-"
                : "%.0f (%.0f)".formatted(sorted.get(sorted.size() / 2), sorted.getFirst());
    }
}
