package io.github.lanewise.tabular.report;

import java.util.List;
import java.util.Locale;

/** Parts of a page; whatever comes from outside goes through {@link #text}. */
final class Html {

    private Html() {}

    /** Returns a text in which nothing is markup. */
    static String text(Object value) {
        StringBuilder escaped = new StringBuilder();
        String.valueOf(value)
                .codePoints()
                .forEach(
                        c -> {
                            switch (c) {
                                case '<' -> escaped.append("&lt;");
                                case '>' -> escaped.append("&gt;");
                                case '&' -> escaped.append("&amp;");
                                case '"' -> escaped.append("&quot;");
                                case '\'' -> escaped.append("&#39;");
                                default -> escaped.appendCodePoint(isShown(c) ? c : '?');
                            }
                        });
        return escaped.toString();
    }

    /** Control characters and halves of pairs are no text of HTML. */
    private static boolean isShown(int c) {
        return !Character.isISOControl(c) && !(c >= 0xD800 && c <= 0xDFFF) || c == '\n';
    }

    /** Returns a text of at most so many characters. */
    static String shortened(Object value, int most) {
        String all = String.valueOf(value);
        return text(
                all.codePointCount(0, all.length()) <= most
                        ? all
                        : all.substring(0, all.offsetByCodePoints(0, most - 1)) + "…");
    }

    /** Returns a number in four digits or so. */
    static String number(double value) {
        if (Double.isNaN(value)) {
            return "–";
        }
        double size = Math.abs(value);
        return size >= 1e4 && size < 1e12
                ? String.format(Locale.ROOT, "%,.0f", value)
                : size != 0 && (size < 1e-3 || size >= 1e12)
                        ? String.format(Locale.ROOT, "%.2e", value)
                        : String.format(Locale.ROOT, "%.4g", value);
    }

    /** Returns a share in percent. */
    static String percent(double share) {
        return Double.isNaN(share) ? "–" : String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    /** Formats as {@link String#format}, with ASCII digits. */
    static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    /** Returns a table; cells are markup, the first of each row its heading. */
    static String table(String caption, List<String> header, List<List<String>> rows) {
        StringBuilder html =
                new StringBuilder("<div class=\"wide\" tabindex=\"0\" role=\"region\"");
        html.append(
                format(
                        " aria-label=\"%s\"><table><caption>%s</caption><thead><tr>",
                        text(caption), text(caption)));
        header.forEach(name -> html.append("<th scope=\"col\">").append(name).append("</th>"));
        html.append("</tr></thead><tbody>");
        for (List<String> row : rows) {
            html.append("<tr><th scope=\"row\">").append(row.getFirst()).append("</th>");
            row.stream().skip(1).forEach(c -> html.append("<td>").append(c).append("</td>"));
            html.append("</tr>");
        }
        return html.append("</tbody></table></div>\n").toString();
    }

    /** Returns a section with a heading. */
    static String section(String id, String title, String body) {
        return format(
                "<section id=\"%s\"><h2>%s</h2>\n%s</section>\n", text(id), text(title), body);
    }

    /** Returns a list. */
    static String list(List<String> items) {
        StringBuilder html = new StringBuilder("<ul>");
        items.forEach(item -> html.append("<li>").append(text(item)).append("</li>"));
        return html.append("</ul>\n").toString();
    }
}
