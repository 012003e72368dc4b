package io.github.lanewise.tabular.report;

import io.github.lanewise.tabular.TabularRun;

import java.util.Arrays;

/** How near predicted numbers come. */
final class NumbersSection {

    private static final int MOST_POINTS = 600;

    private NumbersSection() {}

    static String html(TabularRun run) {
        double[] truth = run.testNumbers();
        double[] predicted = run.test().numbers();
        int every = Math.max(1, (truth.length + MOST_POINTS - 1) / MOST_POINTS);
        int count = (truth.length + every - 1) / every;
        double[] x = new double[count];
        double[] y = new double[count];
        double[] errors = new double[count];
        for (int i = 0; i < count; i++) {
            x[i] = truth[i * every];
            y[i] = predicted[i * every];
            errors[i] = y[i] - x[i];
        }
        double low = Math.min(least(x), least(y));
        double high = Math.max(most(x), most(y));
        double[] ends = {low, high};
        return "<div class=\"row\">"
                + new Chart("Predicted against true", "true", "predicted")
                        .described("R2 " + Html.number(run.measures().get("r2")))
                        .points("test rows", "a", x, y)
                        .line("perfect", "plain", ends, ends)
                        .html()
                + new Chart("Residuals", "predicted", "predicted - true")
                        .described("RMSE " + Html.number(run.measures().get("rmse")))
                        .points("test rows", "a", y, errors)
                        .line(
                                "none",
                                "plain",
                                new double[] {least(y), most(y)},
                                new double[] {0, 0})
                        .html()
                + "</div>";
    }

    private static double least(double[] values) {
        return Arrays.stream(values).min().orElse(0);
    }

    private static double most(double[] values) {
        return Arrays.stream(values).max().orElse(1);
    }
}
