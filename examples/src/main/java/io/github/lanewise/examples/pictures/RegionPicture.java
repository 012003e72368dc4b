package io.github.lanewise.examples.pictures;

import io.github.lanewise.engine.Matrix;

import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Draws points of two classes on a plane that is tinted by what a model says of each place. */
public final class RegionPicture {

    private static final int WIDTH = 760;
    private static final int HEIGHT = 600;
    private static final double X_MOST = 3;
    private static final double Y_MOST = 2.4;
    private static final int GRID_WIDTH = 300;
    private static final int GRID_HEIGHT = 240;
    private static final double TINT = 0.28;
    private static final String[] NAMES = {"inner ellipse", "outer ellipse"};

    private RegionPicture() {}

    /**
     * Draws the picture.
     *
     * @param model gives two scores for each row of x and y
     * @param points x and y of each point
     * @param labels 0 or 1 for each point
     * @param file the PNG to write
     */
    public static void save(UnaryOperator<Matrix> model, float[][] points, int[] labels, Path file)
            throws IOException {
        XYChart chart =
                Charts.chart(WIDTH, HEIGHT, "What the network learnt, and test points", "x", "y");
        chart.getStyler().setDefaultSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
        chart.getStyler().setLegendPosition(LegendPosition.OutsideS);
        chart.getStyler().setLegendLayout(LegendLayout.Horizontal);
        chart.getStyler().setChartBackgroundColor(new Color(0, true));
        chart.getStyler().setPlotBackgroundColor(new Color(0, true));
        chart.getStyler().setPlotGridLinesVisible(false);
        chart.getStyler().setPlotContentSize(1);
        chart.getStyler().setXAxisMin(-X_MOST).setXAxisMax(X_MOST);
        chart.getStyler().setYAxisMin(-Y_MOST).setYAxisMax(Y_MOST);
        for (int label = 0; label < NAMES.length; label++) {
            addPoints(chart, points, labels, label);
        }
        // XChart knows where its axes lie only once it has painted.
        chart.paint(new Canvas(WIDTH, HEIGHT).graphics(), WIDTH, HEIGHT);
        Canvas canvas = new Canvas(WIDTH, HEIGHT);
        tint(canvas.graphics(), chart, region(model));
        chart.paint(canvas.graphics(), WIDTH, HEIGHT);
        canvas.save(file);
    }

    private static void addPoints(XYChart chart, float[][] points, int[] labels, int label) {
        int[] chosen = IntStream.range(0, labels.length).filter(i -> labels[i] == label).toArray();
        double[] x = IntStream.of(chosen).mapToDouble(i -> points[i][0]).toArray();
        double[] y = IntStream.of(chosen).mapToDouble(i -> points[i][1]).toArray();
        XYSeries series = chart.addSeries(NAMES[label], x, y);
        series.setMarker(SeriesMarkers.CIRCLE);
        series.setLineStyle(new BasicStroke(0));
    }

    private static void tint(Graphics2D graphics, XYChart chart, BufferedImage region) {
        int left = (int) Math.round(chart.getScreenXFromChart(-X_MOST));
        int right = (int) Math.round(chart.getScreenXFromChart(X_MOST));
        int top = (int) Math.round(chart.getScreenYFromChart(Y_MOST));
        int bottom = (int) Math.round(chart.getScreenYFromChart(-Y_MOST));
        graphics.setRenderingHint(
                RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(region, left, top, right - left, bottom - top, null);
    }

    /** Asks the model about the middle of each cell of a grid. */
    private static BufferedImage region(UnaryOperator<Matrix> model) {
        Matrix places = Matrix.zeros(GRID_WIDTH * GRID_HEIGHT, 2);
        for (int i = 0; i < places.rows(); i++) {
            double u = (i % GRID_WIDTH + 0.5) / GRID_WIDTH;
            double v = (i / GRID_WIDTH + 0.5) / GRID_HEIGHT;
            places.data()[2 * i] = (float) ((2 * u - 1) * X_MOST);
            places.data()[2 * i + 1] = (float) ((1 - 2 * v) * Y_MOST);
        }
        Matrix scores = model.apply(places);
        BufferedImage image =
                new BufferedImage(GRID_WIDTH, GRID_HEIGHT, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < places.rows(); i++) {
            double outer = 1 / (1 + Math.exp(scores.at(i, 0) - scores.at(i, 1)));
            Color full = Palette.mix(Palette.BLUE, Palette.ORANGE, outer);
            Color tint = Palette.mix(Palette.PAPER, full, TINT);
            image.setRGB(i % GRID_WIDTH, i / GRID_WIDTH, tint.getRGB());
        }
        return image;
    }
}
