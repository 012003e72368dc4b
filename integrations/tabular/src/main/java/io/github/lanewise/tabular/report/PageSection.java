package io.github.lanewise.tabular.report;

import static io.github.lanewise.tabular.report.Html.format;
import static io.github.lanewise.tabular.report.Html.text;

import java.util.List;
import java.util.SequencedMap;

/** What stands in a section of a {@link Page}, one below another, pictures side by side. */
public final class PageSection {

    private static final String[] STYLES = {"a", "b", "plain"};

    /** Shades of ink in a picture: a picture is a path for each. */
    private static final int SHADES = 4;

    private final StringBuilder html = new StringBuilder();
    private boolean inRow;

    /** Begins an empty section. */
    public PageSection() {}

    /**
     * Adds a table; the first text of each row is its heading. If there is one more, it may be long
     * and is broken into lines.
     */
    public PageSection table(String caption, List<String> header, List<List<String>> rows) {
        row(false);
        String table =
                Html.table(
                        caption,
                        header.stream().map(Html::text).toList(),
                        rows.stream().map(row -> row.stream().map(Html::text).toList()).toList());
        html.append(
                header.size() == 2 ? "<div class=\"columns facts\">" + table + "</div>" : table);
        return this;
    }

    /**
     * Adds a chart of values at 1, 2 and so on.
     *
     * @param title above it
     * @param x what is counted
     * @param y what the values are
     * @param lines at most three, by name
     */
    public PageSection chart(
            String title, String x, String y, SequencedMap<String, double[]> lines) {
        row(true);
        Chart chart = new Chart(title, x, y);
        StringBuilder described = new StringBuilder();
        int style = 0;
        for (var line : lines.entrySet()) {
            double[] values = line.getValue();
            double[] number = new double[values.length];
            for (int i = 0; i < number.length; i++) {
                number[i] = i + 1;
            }
            chart.line(line.getKey(), STYLES[style++], number, values);
            if (values.length > 0) {
                described.append(
                        format(
                                "%s%s ends at %s",
                                described.isEmpty() ? "" : ", ",
                                line.getKey(),
                                Html.number(values[values.length - 1])));
            }
        }
        html.append(chart.described(described.toString()).html());
        return this;
    }

    /**
     * Adds a small picture.
     *
     * @param caption below it
     * @param width of a row
     * @param ink row after row, from 0 for paper to 1
     */
    public PageSection picture(String caption, int width, double[] ink) {
        row(true);
        html.append(
                format(
                        "<figure class=\"small\"><svg viewBox=\"0 0 %d %d\" role=\"img\""
                                + " aria-label=\"%s\">",
                        width, ink.length / width, text(caption)));
        for (int shade = 1; shade <= SHADES; shade++) {
            String runs = runs(width, ink, shade);
            if (!runs.isEmpty()) {
                html.append(
                        format(
                                "<path class=\"ink\" stroke-opacity=\"%s\" d=\"%s\"/>",
                                (double) shade / SHADES, runs));
            }
        }
        html.append(format("</svg><figcaption>%s</figcaption></figure>\n", text(caption)));
        return this;
    }

    /** Returns the lines along rows where the ink has one shade. */
    private static String runs(int width, double[] ink, int shade) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < ink.length; ) {
            int end = i;
            while (end < ink.length
                    && end / width == i / width
                    && Math.round(SHADES * ink[end]) == shade) {
                end++;
            }
            if (end > i) {
                path.append(format("M%d %d.5h%d", i % width, i / width, end - i));
            }
            i = Math.max(end, i + 1);
        }
        return path.toString();
    }

    private void row(boolean wanted) {
        if (inRow != wanted) {
            html.append(wanted ? "<div class=\"row\">" : "</div>");
            inRow = wanted;
        }
    }

    /** Returns the markup. */
    String html() {
        return html + (inRow ? "</div>" : "");
    }
}
