package io.github.lanewise.nn.distributed;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Slurm's short form of a list of nodes: names with commas between them, where brackets hold the
 * numbers and ranges that differ, as in {@code login,gpu[03-05,09]-ib}.
 */
final class SlurmNodes {

    /** The first name: text and brackets in turn, up to a comma outside of brackets. */
    private static final Pattern FIRST = Pattern.compile("(?:[^\\[\\],\\s]|\\[[^\\[\\]\\s]*\\])+");

    private static final Pattern BRACKETS = Pattern.compile("\\[([0-9]+)(?:[-,][^\\[\\]]*)?\\]");

    private SlurmNodes() {}

    /** Returns the first node's name. */
    static String first(String list) {
        Matcher first = FIRST.matcher(list);
        if (first.lookingAt()) {
            String name = BRACKETS.matcher(first.group()).replaceAll("$1");
            if (name.indexOf('[') < 0
                    && (first.end() == list.length() || list.charAt(first.end()) == ',')) {
                return name;
            }
        }
        throw new IllegalArgumentException(
                "Rendezvous: SLURM_STEP_NODELIST is \"%s\"; expected a list such as node[01-04],node7"
                        .formatted(list));
    }
}
