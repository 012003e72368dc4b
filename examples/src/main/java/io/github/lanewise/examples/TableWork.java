package io.github.lanewise.examples;

import io.github.lanewise.tabular.Table;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Work on a user's table: what the table makes impossible, the user can mend. */
final class TableWork {

    private static final String TABULAR = Table.class.getPackageName();

    private TableWork() {}

    /**
     * Does a step.
     *
     * @throws BadInput if the tabular module refuses what it was given, or memory is short
     */
    static <T> T need(String what, Memory.Step<T> step) throws IOException {
        try {
            return Memory.need(what, "", step);
        } catch (IllegalArgumentException e) {
            // Thrown by a layer or a kernel, it would be a mistake of ours.
            StackTraceElement[] trace = e.getStackTrace();
            if (trace.length > 0 && trace[0].getClassName().startsWith(TABULAR)) {
                throw new BadInput(e.getMessage(), e);
            }
            throw e;
        }
    }

    /** Returns columns as they were named, several of them with commas between. */
    static String[] columns(Table table, List<String> given) {
        List<String> names = new ArrayList<>();
        for (String name : given) {
            names.addAll(table.has(name) ? List.of(name) : Arrays.asList(name.split(",")));
        }
        return names.toArray(String[]::new);
    }
}
