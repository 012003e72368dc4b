package io.github.lanewise.examples.pictures;

import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.Locale;

/** The look that all charts share. */
final class Charts {

    private Charts() {}

    static XYChart chart(int width, int height, String title, String xTitle, String yTitle) {
        XYChart chart =
                new XYChartBuilder()
                        .width(width)
                        .height(height)
                        .title(title)
                        .xAxisTitle(xTitle)
                        .yAxisTitle(yTitle)
                        .build();
        XYStyler styler = chart.getStyler();
        styler.setLocale(Locale.ROOT);
        styler.setChartBackgroundColor(Palette.PAPER);
        styler.setPlotBackgroundColor(Palette.PAPER);
        styler.setPlotBorderVisible(false);
        styler.setPlotGridLinesColor(Palette.GRID);
        styler.setPlotGridLinesStroke(new BasicStroke(1));
        styler.setPlotGridVerticalLinesVisible(false);
        styler.setChartFontColor(Palette.INK);
        styler.setChartTitleFont(Palette.TITLE);
        styler.setAxisTitleFont(Palette.TEXT);
        styler.setAxisTickLabelsFont(Palette.TEXT);
        styler.setAxisTickLabelsColor(Palette.MUTED);
        styler.setAxisTickMarksColor(Palette.GRID);
        styler.setLegendFont(Palette.TEXT);
        styler.setLegendBorderColor(new Color(0, true));
        styler.setLegendBackgroundColor(new Color(0, true));
        styler.setLegendPosition(LegendPosition.InsideNE);
        styler.setSeriesColors(new Color[] {Palette.BLUE, Palette.ORANGE});
        styler.setMarkerSize(6);
        styler.setChartPadding(14);
        styler.setToolTipType(null);
        return chart;
    }
}
