package io.github.lanewise.engine.internal.simd;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes out unrolled loops. C2 keeps sums in registers only if each is a local variable of its
 * own, so microkernels are long; what is long comes from a few lines beside it:
 *
 * <pre>
 *   // unroll i &lt; 2, j &lt; 2
 *   // ai = ZERO.broadcast(a[ap{+i}]);
 *   // c{i}{j} = ai.fma(b{j}, c{i}{j});
 *   ai = ZERO.broadcast(a[ap]);
 *   c00 = ai.fma(b0, c00);
 *   c01 = ai.fma(b1, c01);
 *   ai = ZERO.broadcast(a[ap + 1]);
 *   c10 = ai.fma(b0, c10);
 *   c11 = ai.fma(b1, c11);
 *   // end
 * </pre>
 *
 * A line with {j} is repeated for each j. In braces, i and j stand for a number; i-1, i/4 and i%4
 * for what they say; {+i} for nothing or " + i", and {+i*x} for nothing, " + x" or " + i * x".
 * "Unroll the rest of" leaves out the first line.
 */
final class Unrolling {

    private static final Pattern BEGIN =
            Pattern.compile("\\s*// unroll (the rest of )?i < (\\d+)(?:, j < (\\d+))?");

    private static final Pattern PLACE =
            Pattern.compile("\\{(\\+)?([ij])(?:([-/%])(\\d))?(?:\\*([^}]+))?}");

    private Unrolling() {}

    /** Returns a source whose unrolled loops are as their templates say. */
    static List<String> apply(List<String> source) {
        List<String> result = new ArrayList<>();
        int at = 0;
        while (at < source.size()) {
            String line = source.get(at++);
            result.add(line);
            Matcher begin = BEGIN.matcher(line);
            if (!begin.matches()) {
                continue;
            }
            String indent = line.substring(0, line.indexOf('/'));
            List<String> template = new ArrayList<>();
            String end = indent + "// end";
            for (; source.get(at).startsWith(indent + "// ") && !source.get(at).equals(end); at++) {
                template.add(source.get(at).substring(indent.length() + 3));
                result.add(source.get(at));
            }
            while (!source.get(at).equals(end)) {
                at++;
            }
            List<String> lines = lines(template, number(begin.group(2)), number(begin.group(3)));
            lines = begin.group(1) == null ? lines : lines.subList(1, lines.size());
            lines.forEach(each -> result.add(indent + each));
        }
        return result;
    }

    private static int number(String digits) {
        return digits == null ? 1 : Integer.parseInt(digits);
    }

    private static List<String> lines(List<String> template, int rows, int cols) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            for (String line : template) {
                int times = line.matches(".*\\{\\+?j.*") ? cols : 1;
                for (int j = 0; j < times; j++) {
                    lines.add(line(line, i, j));
                }
            }
        }
        return lines;
    }

    private static String line(String template, int i, int j) {
        return PLACE.matcher(template)
                .replaceAll(place -> Matcher.quoteReplacement(text(place, i, j)));
    }

    private static String text(MatchResult place, int i, int j) {
        int value = place.group(2).equals("i") ? i : j;
        int other = number(place.group(4));
        if (place.group(3) != null) {
            value =
                    switch (place.group(3)) {
                        case "-" -> value - other;
                        case "/" -> value / other;
                        default -> value % other;
                    };
        }
        if (place.group(1) == null) {
            return Integer.toString(value);
        }
        String factor = place.group(5);
        if (value == 0) {
            return "";
        }
        return " + " + (factor == null ? value : value == 1 ? factor : value + " * " + factor);
    }
}
