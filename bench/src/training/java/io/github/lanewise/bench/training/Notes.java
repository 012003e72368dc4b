package io.github.lanewise.bench.training;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the report says beside figures: progress at once, and at the end who was left out. */
final class Notes {

    private final Map<String, Set<String>> tasksByReason = new LinkedHashMap<>();

    /** Prints a line of progress. */
    void progress(String format, Object... values) {
        System.err.printf(format + "%n", values);
    }

    /** Notes why a contender has no figure. Ours must have all. */
    void leftOut(Contender contender, String task, String reason) {
        if (contender.isOurs()) {
            throw new IllegalStateException("Lanewise failed at %s: %s".formatted(task, reason));
        }
        progress("%s, %s: %s", contender.name(), task, reason);
        tasksByReason
                .computeIfAbsent(contender.name() + ": " + reason, unused -> new LinkedHashSet<>())
                .add(task);
    }

    /** Returns a line for each contender and reason, with all that it left out. */
    List<String> leftOut() {
        return tasksByReason.entrySet().stream()
                .map(entry -> entry.getKey() + " (" + String.join("; ", entry.getValue()) + ")")
                .toList();
    }
}
