package io.github.lanewise.nn.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Says why the names of a file are not those of a model, where that can be told. */
final class NameHint {

    private final Set<String> model;
    private final Collection<String> file;
    private final UnaryOperator<String> names;

    /**
     * @param names those that the program gave, from the file to the model
     */
    NameHint(Set<String> model, Collection<String> file, UnaryOperator<String> names) {
        this.model = model;
        this.file = file;
        this.names = names;
    }

    /** Returns what to append to a message; nothing if it cannot be told. */
    String text() {
        List<String> back = leading(model, file);
        if (back.size() > leading(file, model).size()) {
            return ("; the names look turned round, for they lead from the model's %s to the file's"
                            + " %s: give the model's name by the file's")
                    .formatted(back.getFirst(), renamed(back.getFirst()));
        }
        return prefix();
    }

    /** Returns the names that are led to another one of the other side. */
    private List<String> leading(Collection<String> from, Collection<String> to) {
        List<String> found = new ArrayList<>();
        for (String name : from) {
            String other = renamed(name);
            if (other != null && !other.equals(name) && to.contains(other)) {
                found.add(name);
            }
        }
        return found;
    }

    /** Returns null, too, for a name that the program's function was not made for. */
    private String renamed(String name) {
        try {
            return names.apply(name);
        } catch (RuntimeException e) {
            return null;
        }
    }

    /** All that is missing may be there behind, or without, one and the same beginning. */
    private String prefix() {
        Set<String> found = new LinkedHashSet<>();
        file.forEach(name -> found.add(renamed(name)));
        List<String> missing = model.stream().filter(name -> !found.contains(name)).toList();
        if (missing.isEmpty()) {
            return "";
        }
        String first = missing.getFirst();
        for (String other : found) {
            if (other != null && other.endsWith("." + first)) {
                String before = other.substring(0, other.length() - first.length());
                if (missing.stream().allMatch(name -> found.contains(before + name))) {
                    return "; in the file, names begin with \"%s\": take it off, by name -> name.substring(%s)"
                            .formatted(before, before.length());
                }
            }
            if (other != null && first.endsWith("." + other)) {
                String before = first.substring(0, first.length() - other.length());
                if (missing.stream().allMatch(name -> hasWithout(found, before, name))) {
                    return "; in the model, names begin with \"%s\": put it before, by name -> \"%s\" + name"
                            .formatted(before, before);
                }
            }
        }
        return "";
    }

    private static boolean hasWithout(Set<String> found, String before, String name) {
        return name.startsWith(before) && found.contains(name.substring(before.length()));
    }
}
