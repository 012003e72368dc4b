package io.github.lanewise.examples.pictures;

import static io.github.lanewise.examples.Text.text;

import io.github.lanewise.nn.train.Evaluation;
import io.github.lanewise.nn.train.History;

import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

import java.awt.BasicStroke;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Draws how loss and accuracy changed from epoch to epoch. */
public final class CurvesPicture {

    private static final int WIDTH = 480;
    private static final int HEIGHT = 380;

    private CurvesPicture() {}

    /**
     * Draws both charts side by side into a PNG file.
     *
     * @param measured what the samples are called that were measured after each epoch
     */
    public static void save(List<History.Epoch> epochs, String measured, Path file)
            throws IOException {
        XYChart loss = Charts.chart(WIDTH, HEIGHT, "Loss", "epoch", "mean cross-entropy");
        curve(loss, "training", epochs, History.Epoch::loss);
        curve(loss, measured, epochs, epoch -> test(epoch).loss());
        loss.getStyler().setYAxisMin(0.0);
        loss.getStyler().setYAxisDecimalPattern("0.00");
        XYChart accuracy = Charts.chart(WIDTH, HEIGHT, "Accuracy", "epoch", "% right");
        curve(accuracy, "training", epochs, epoch -> 100 * epoch.accuracy());
        curve(accuracy, measured, epochs, epoch -> 100 * test(epoch).accuracy());
        accuracy.getStyler().setLegendPosition(LegendPosition.InsideSE);
        accuracy.getStyler().setYAxisMax(100.0);
        for (XYChart chart : List.of(loss, accuracy)) {
            wholeEpochs(chart, epochs.size());
        }
        Canvas canvas = new Canvas(2 * WIDTH, HEIGHT);
        loss.paint(canvas.graphics(), WIDTH, HEIGHT);
        canvas.graphics().translate(WIDTH, 0);
        accuracy.paint(canvas.graphics(), WIDTH, HEIGHT);
        canvas.save(file);
    }

    private static void curve(
            XYChart chart,
            String name,
            List<History.Epoch> epochs,
            ToDoubleFunction<History.Epoch> value) {
        double[] x = IntStream.rangeClosed(1, epochs.size()).asDoubleStream().toArray();
        double[] y = epochs.stream().mapToDouble(value).toArray();
        XYSeries series = chart.addSeries(name, x, y);
        series.setMarker(SeriesMarkers.CIRCLE);
        series.setLineStyle(new BasicStroke(2, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    }

    private static Evaluation test(History.Epoch epoch) {
        return epoch.validation().orElseThrow();
    }

    private static void wholeEpochs(XYChart chart, int epochs) {
        chart.getStyler().setXAxisMin(epochs == 1 ? 0.0 : 1.0);
        chart.getStyler().setXAxisMax(epochs == 1 ? 2.0 : epochs);
        chart.getStyler()
                .setXAxisTickLabelsFormattingFunction(
                        x -> x == Math.rint(x) ? text("%.0f", x) : "");
    }
}
