package io.github.lanewise.tabular.report;

import static io.github.lanewise.tabular.report.Html.format;
import static io.github.lanewise.tabular.report.Html.text;

import java.util.Arrays;

/** Shares of bins, train beside test, as a small SVG. */
final class Histogram {

    private static final int BINS = 16;
    private static final int WIDTH = 160;
    private static final int HEIGHT = 44;

    private Histogram() {}

    /** Returns the picture of numbers; NaN is left out, and what is far out is in the last bins. */
    static String ofNumbers(String name, double[] train, double[] test) {
        double[] all = Arrays.stream(train).filter(v -> !Double.isNaN(v)).sorted().toArray();
        if (all.length == 0) {
            return "";
        }
        double low = all[(int) (0.005 * (all.length - 1))];
        double high = all[(int) (0.995 * (all.length - 1))];
        String range = format("%s to %s", Html.number(low), Html.number(high));
        return picture(name, shares(train, low, high), shares(test, low, high)) + small(range);
    }

    static String small(String range) {
        return "<small>" + text(range) + "</small>";
    }

    private static double[] shares(double[] values, double low, double high) {
        double[] shares = new double[BINS];
        for (double value : values) {
            if (!Double.isNaN(value)) {
                double place = high == low ? 0 : (value - low) / (high - low) * BINS;
                shares[(int) Math.max(0, Math.min(BINS - 1, Math.floor(place)))]++;
            }
        }
        double sum = Arrays.stream(shares).sum();
        for (int i = 0; i < BINS; i++) {
            shares[i] /= Math.max(1, sum);
        }
        return shares;
    }

    /** Returns the picture of shares: full bars for train, outlines for test. */
    static String picture(String name, double[] train, double[] test) {
        double most =
                Math.max(Arrays.stream(train).max().orElse(0), Arrays.stream(test).max().orElse(0));
        return format(
                "<svg class=\"bins\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\"><path"
                        + " class=\"bar\" d=\"%s\"/><path class=\"step\" d=\"%s\"/></svg>",
                WIDTH,
                HEIGHT,
                text("Shares of the values of " + name + ": train bars, test line"),
                bars(train, most),
                steps(test, most));
    }

    private static String bars(double[] shares, double most) {
        StringBuilder path = new StringBuilder();
        double width = (double) WIDTH / shares.length;
        for (int i = 0; i < shares.length; i++) {
            if (shares[i] > 0) {
                String from = Chart.place(i * width + 0.5);
                String top = Chart.place(height(shares[i], most));
                String to = Chart.place((i + 1) * width - 0.5);
                path.append(format("M%s %dV%sH%sV%dz", from, HEIGHT, top, to, HEIGHT));
            }
        }
        return path.toString();
    }

    private static String steps(double[] shares, double most) {
        StringBuilder path = new StringBuilder(format("M0 %d", HEIGHT));
        for (int i = 0; i < shares.length; i++) {
            path.append('V').append(Chart.place(height(shares[i], most)));
            path.append('H').append(Chart.place((i + 1) * (double) WIDTH / shares.length));
        }
        return path.append('V').append(HEIGHT).toString();
    }

    private static double height(double share, double most) {
        return HEIGHT - share / most * (HEIGHT - 2);
    }
}
