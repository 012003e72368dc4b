package io.github.lanewise.tabular.report;

import static io.github.lanewise.tabular.report.Html.format;
import static io.github.lanewise.tabular.report.Html.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A chart of lines and points as SVG. */
final class Chart {

    private static final int WIDTH = 360;
    private static final int HEIGHT = 260;
    private static final int LEFT = 66;
    private static final int RIGHT = 22;
    private static final int TOP = 12;
    private static final int BOTTOM = 40;
    private static final int TICKS = 4;

    /** Ticks of a wider range are whole numbers. */
    private static final double FINE_RANGE = 8;

    /** So wide is half a letter about; a mark's name begins no further left than the axes. */
    private static final double HALF_LETTER = 3.5;

    private final String title;
    private final String xLabel;
    private final String yLabel;
    private final List<Series> series = new ArrayList<>();
    private String described;
    private double left = Double.POSITIVE_INFINITY;
    private double right = Double.NEGATIVE_INFINITY;
    private double low = Double.POSITIVE_INFINITY;
    private double high = Double.NEGATIVE_INFINITY;
    private double mark = Double.NaN;
    private String markName;

    private record Series(String name, String style, boolean points, double[] x, double[] y) {}

    Chart(String title, String xLabel, String yLabel) {
        this.title = title;
        this.xLabel = xLabel;
        this.yLabel = yLabel;
        this.described = title;
    }

    /** Sets the range of both axes. */
    Chart range(double from, double to) {
        left = low = from;
        right = high = to;
        return this;
    }

    /** Says in words what is to be seen. */
    Chart described(String words) {
        described = title + ": " + words;
        return this;
    }

    /** Adds a line; the styles are a, b and plain. */
    Chart line(String name, String style, double[] x, double[] y) {
        return add(new Series(name, style, false, x, y));
    }

    /** Adds points. */
    Chart points(String name, String style, double[] x, double[] y) {
        return add(new Series(name, style, true, x, y));
    }

    private Chart add(Series added) {
        series.add(added);
        for (int i = 0; i < added.x.length; i++) {
            if (Double.isFinite(added.y[i])) {
                left = Math.min(left, added.x[i]);
                right = Math.max(right, added.x[i]);
                low = Math.min(low, added.y[i]);
                high = Math.max(high, added.y[i]);
            }
        }
        return this;
    }

    /** Marks a place of the horizontal axis. */
    Chart mark(double x, String name) {
        mark = x;
        markName = name;
        return this;
    }

    /** Returns the picture with its title. */
    String html() {
        if (!(left <= right)) {
            left = low = 0;
            right = high = 1;
        }
        right = right == left ? left + 1 : right;
        high = high == low ? low + 1 : high;
        StringBuilder svg = new StringBuilder();
        svg.append(
                format(
                        "<figure><figcaption>%s</figcaption><svg viewBox=\"0 0 %d %d\" role=\"img\""
                                + " aria-label=\"%s\">",
                        text(title), WIDTH, HEIGHT, text(described)));
        axes(svg);
        if (!Double.isNaN(mark)) {
            svg.append(
                    format(
                            "<path class=\"mark\" d=\"M%s %dV%d\"/><text class=\"m\" x=\"%s\""
                                    + " y=\"%d\">%s</text>",
                            x(mark),
                            TOP,
                            HEIGHT - BOTTOM,
                            place(Math.max(across(mark), LEFT + HALF_LETTER * markName.length())),
                            TOP + 9,
                            text(markName)));
        }
        series.forEach(one -> draw(svg, one));
        svg.append("</svg>");
        legend(svg);
        return svg.append("</figure>\n").toString();
    }

    private void axes(StringBuilder svg) {
        svg.append("<path class=\"grid\" d=\"");
        for (int i = 0; i <= TICKS; i++) {
            double share = (double) i / TICKS;
            svg.append(format("M%s %dV%d", x(left + share * (right - left)), TOP, HEIGHT - BOTTOM));
            svg.append(format("M%d %sH%d", LEFT, y(low + share * (high - low)), WIDTH - RIGHT));
        }
        svg.append("\"/>");
        for (int i = 0; i <= TICKS; i++) {
            double share = (double) i / TICKS;
            double atX = left + share * (right - left);
            double atY = low + share * (high - low);
            svg.append(
                    format(
                            "<text class=\"m\" x=\"%s\" y=\"%d\">%s</text><text class=\"e\""
                                    + " x=\"%d\" y=\"%s\">%s</text>",
                            x(atX),
                            HEIGHT - BOTTOM + 14,
                            tick(atX, right - left),
                            LEFT - 4,
                            y(atY),
                            tick(atY, high - low)));
        }
        svg.append(
                format(
                        "<text class=\"m\" x=\"%d\" y=\"%d\">%s</text><text class=\"m\""
                                + " transform=\"translate(10 %d)rotate(-90)\">%s</text>",
                        (LEFT + WIDTH - RIGHT) / 2,
                        HEIGHT - 6,
                        text(xLabel),
                        (TOP + HEIGHT - BOTTOM) / 2,
                        text(yLabel)));
    }

    private static String tick(double value, double range) {
        double size = Math.max(Math.abs(value), range);
        if (size >= 1e6 || size < 1e-3) {
            return String.format(Locale.ROOT, "%.1e", value);
        }
        int decimals =
                range >= FINE_RANGE ? 0 : (int) Math.min(5, Math.ceil(1.5 - Math.log10(range)));
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }

    private void draw(StringBuilder svg, Series one) {
        svg.append(format("<path class=\"%s %s\" d=\"", one.points ? "dots" : "line", one.style));
        boolean open = false;
        for (int i = 0; i < one.x.length; i++) {
            boolean shown = Double.isFinite(one.y[i]) && Double.isFinite(one.x[i]);
            if (shown) {
                svg.append(open && !one.points ? 'L' : 'M').append(x(one.x[i])).append(' ');
                svg.append(y(one.y[i])).append(one.points ? "h0" : "");
            }
            open = shown;
        }
        svg.append("\"/>");
    }

    private void legend(StringBuilder svg) {
        if (series.size() < 2) {
            return;
        }
        svg.append("<p class=\"legend\">");
        for (Series one : series) {
            if (one.name.isEmpty()) {
                continue;
            }
            svg.append(format("<span class=\"key %s\"></span>%s ", one.style, text(one.name)));
        }
        svg.append("</p>");
    }

    private String x(double value) {
        return place(across(value));
    }

    private double across(double value) {
        return LEFT + (value - left) / (right - left) * (WIDTH - LEFT - RIGHT);
    }

    private String y(double value) {
        return place(HEIGHT - BOTTOM - (value - low) / (high - low) * (HEIGHT - TOP - BOTTOM));
    }

    /** Returns a place to a tenth of a pixel. */
    static String place(double value) {
        double rounded = Math.rint(10 * value) / 10;
        return rounded == Math.rint(rounded)
                ? Long.toString((long) rounded)
                : Double.toString(rounded);
    }
}
