package com.posmodern.ai.report;

import com.posmodern.ai.report.NightReport.OrderPolicy;
import java.awt.BasicStroke;
import java.awt.geom.Ellipse2D;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/**
 * Stock against the share of demand that it met: the baseline's covers as a line, the advice as a
 * dot.
 */
final class OrderChart {
  private static final int HEIGHT = 240;
  private static final double DOT = 5;

  private OrderChart() {}

  /**
   * @param covers of the baseline, the shortest first
   */
  static String of(OrderPolicy advice, List<OrderPolicy> covers) {
    return Svg.of(
        "orders",
        "Stock and fill rate of the advice and of the baseline",
        HEIGHT,
        (width, height) -> chart(advice, covers));
  }

  private static JFreeChart chart(OrderPolicy advice, List<OrderPolicy> covers) {
    XYSeriesCollection all = new XYSeriesCollection();
    all.addSeries(series("the advice", List.of(advice)));
    all.addSeries(series("mean of 28 days, for more and more days", covers));
    XYPlot plot = new XYPlot(all, across(), up(), renderer());
    return Svg.withLegend(plot);
  }

  private static XYSeries series(String name, List<OrderPolicy> policies) {
    XYSeries series = new XYSeries(name);
    policies.forEach(one -> series.add(one.stockCover(), one.fillRate()));
    return series;
  }

  private static XYLineAndShapeRenderer renderer() {
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, true);
    renderer.setSeriesPaint(0, Ink.BLUE);
    renderer.setSeriesShape(0, new Ellipse2D.Double(-DOT, -DOT, 2 * DOT, 2 * DOT));
    renderer.setSeriesLinesVisible(0, false);
    renderer.setSeriesPaint(1, Ink.NAIVE);
    renderer.setSeriesShape(1, new Ellipse2D.Double(-DOT / 2, -DOT / 2, DOT, DOT));
    renderer.setSeriesStroke(1, new BasicStroke(1.4f));
    return renderer;
  }

  private static NumberAxis across() {
    NumberAxis axis = Svg.styled(new NumberAxis("mean stock, in days of demand"));
    axis.setAutoRangeIncludesZero(true);
    return axis;
  }

  private static NumberAxis up() {
    NumberAxis axis = Svg.styled(new NumberAxis("demand met"));
    axis.setAutoRangeIncludesZero(false);
    axis.setAxisLineVisible(false);
    axis.setTickMarksVisible(false);
    axis.setNumberFormatOverride(
        new DecimalFormat("0.# %", DecimalFormatSymbols.getInstance(Locale.ROOT)));
    axis.setLabelInsets(new RectangleInsets(0, 0, 0, 4));
    return axis;
  }
}
