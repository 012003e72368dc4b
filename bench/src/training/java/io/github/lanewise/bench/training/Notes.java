package io.github.lanewise.bench.training;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/** What the report says beside figures: progress at once, and at the end who was left out. */
final class Notes {

    private final Set<String> leftOut = new LinkedHashSet<>();

    /** Prints a line of progress. */
    void progress(String format, Object... values) {
        System.err.printf(format + "%n", values);
    }

    /** Notes why a contender has no figure. Ours must have all. */
    void leftOut(Contender contender, String task, String reason) {
        if (contender.isOurs()) {
            throw new IllegalStateException("Lanewise failed at %s: %s".formatted(task, reason));
        }
        String note = "%s, %s: %s".formatted(contender.name(), task, reason);
        if (leftOut.add(note)) {
            progress("%s", note);
        }
    }

    Collection<String> leftOut() {
        return leftOut;
    }
}
