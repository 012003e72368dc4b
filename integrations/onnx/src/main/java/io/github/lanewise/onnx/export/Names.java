package io.github.lanewise.onnx.export;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The names of values, arrays and nodes, each of which is there once. */
final class Names {

    private final Set<String> taken = new HashSet<>();

    /** Begins with names that are taken. */
    Names(List<String> reserved) {
        taken.addAll(reserved);
    }

    /** Returns a name, with a number behind it if it is taken. */
    String unique(String wished) {
        String name = wished;
        for (int i = 2; !taken.add(name); i++) {
            name = wished + "_" + i;
        }
        return name;
    }
}
