package io.github.lanewise.examples;

import static io.github.lanewise.examples.Text.text;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Sentences on columns, made short: of those that say alike of many columns, the first ones and how
 * many others there are.
 */
final class LikeLines {

    private static final int MOST = 10;

    /** Sentences that begin so far alike, behind the column's name, say alike. */
    private static final int BEGINNING = 16;

    private LikeLines() {}

    /** Returns the sentences, in order; those that say alike stand together if they are many. */
    static List<String> shortened(List<String> sentences, Collection<String> columns) {
        Set<String> names = new HashSet<>(columns);
        Map<String, List<String>> groups = new LinkedHashMap<>();
        for (String sentence : sentences) {
            groups.computeIfAbsent(saying(sentence, names), s -> new ArrayList<>()).add(sentence);
        }
        Set<String> left = new HashSet<>();
        List<String> lines = new ArrayList<>();
        for (String sentence : sentences) {
            String saying = saying(sentence, names);
            List<String> group = groups.get(saying);
            if (group.size() <= MOST) {
                lines.add(sentence);
            } else if (left.add(saying)) {
                lines.addAll(group.subList(0, MOST));
                lines.add(
                        text(
                                "... and so for %,d other columns; report.html has all",
                                group.size() - MOST));
            }
        }
        return lines;
    }

    /** Returns how a sentence begins behind its column's name, up to what is that column's own. */
    private static String saying(String sentence, Set<String> names) {
        for (int end = sentence.length(); end > 0; end--) {
            if (names.contains(sentence.substring(0, end))) {
                String rest = sentence.substring(end);
                rest = rest.substring(0, Math.min(rest.length(), BEGINNING));
                return rest.replaceFirst("['0-9].*", "");
            }
        }
        return sentence;
    }
}
