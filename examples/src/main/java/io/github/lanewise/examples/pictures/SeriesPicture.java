package io.github.lanewise.examples.pictures;

import io.github.lanewise.engine.Matrix;

import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

import java.awt.BasicStroke;
import java.io.IOException;
import java.nio.file.Path;

/** Draws an hourly series and what was forecast of it, a day at a time. */
public final class SeriesPicture {

    private static final int WIDTH = 1000;
    private static final int HEIGHT = 380;
    private static final int DAY = 24;

    private SeriesPicture() {}

    /**
     * Draws the picture: the days that were not learnt, each forecast as its first hour began.
     *
     * @param values of all hours
     * @param first hour that was not learnt
     * @param forecasts row i begins at hour {@code first + i}
     * @param file the PNG to write
     */
    public static void save(float[] values, int first, Matrix forecasts, Path file)
            throws IOException {
        int days = (values.length - first) / DAY;
        double[] x = new double[days * DAY];
        double[] truth = new double[days * DAY];
        double[] said = new double[days * DAY];
        for (int i = 0; i < x.length; i++) {
            x[i] = (double) i / DAY;
            truth[i] = values[first + i];
            said[i] = forecasts.at(i / DAY * DAY, i % DAY);
        }
        XYChart chart =
                Charts.chart(
                        WIDTH, HEIGHT, "Forecasts of a day each, and what came", "day", "load");
        chart.getStyler().setLegendPosition(LegendPosition.OutsideS);
        chart.getStyler().setLegendLayout(LegendLayout.Horizontal);
        chart.getStyler().setYAxisDecimalPattern("0.0");
        chart.getStyler().setXAxisDecimalPattern("0");
        curve(chart, "what came", x, truth, 1.5f);
        curve(chart, "forecast", x, said, 2);
        Canvas canvas = new Canvas(WIDTH, HEIGHT);
        chart.paint(canvas.graphics(), WIDTH, HEIGHT);
        canvas.save(file);
    }

    private static void curve(XYChart chart, String name, double[] x, double[] y, float width) {
        XYSeries series = chart.addSeries(name, x, y);
        series.setMarker(SeriesMarkers.NONE);
        series.setLineStyle(new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    }
}
