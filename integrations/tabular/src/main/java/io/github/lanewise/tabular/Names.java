package io.github.lanewise.tabular;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Names that were probably meant. */
public final class Names {

    /** Names in a list. */
    private static final int MOST = 50;

    private Names() {}

    /**
     * Returns "; you gave 'X', did you mean 'x'?" for a name that data lack, or a list of the names
     * that they have beside those known; nothing if they have no others.
     */
    public static String given(String absent, Collection<String> known, Collection<String> names) {
        List<String> others = names.stream().filter(name -> !known.contains(name)).toList();
        if (others.isEmpty()) {
            return "";
        }
        return nearest(absent, others)
                .map(near -> meant(near, absent))
                .orElseGet(() -> "; you gave " + list(others));
    }

    /** Returns "; you gave 'X', did you mean 'x'?". */
    public static String meant(String given, String name) {
        return "; you gave '" + given + "', did you mean '" + name + "'?";
    }

    /** Returns "; did you mean 'x'?", or a list of the names if none is near. */
    public static String suggest(String wrong, Collection<String> names) {
        return nearest(wrong, names)
                .map(best -> "; did you mean '" + best + "'?")
                .orElseGet(() -> "; there are " + list(names));
    }

    private static String list(Collection<String> names) {
        return String.join(", ", names.stream().limit(MOST).toList());
    }

    /** Returns the name that was probably meant, if any is near. */
    public static Optional<String> nearest(String wrong, Collection<String> names) {
        String best = null;
        int least = Math.max(1, wrong.length() / 2) + 1;
        for (String name : names) {
            int distance = distance(wrong.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
            if (distance < least) {
                least = distance;
                best = name;
            }
        }
        return Optional.ofNullable(best);
    }

    /** Returns how many letters must be put in, taken out or changed (Levenshtein, 1966). */
    private static int distance(String a, String b) {
        int[] above = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(above[j - 1] + change, Math.min(above[j], row[j - 1]) + 1);
            }
            above = row;
        }
        return above[b.length()];
    }
}
