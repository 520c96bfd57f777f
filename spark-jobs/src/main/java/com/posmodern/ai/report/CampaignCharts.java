package com.posmodern.ai.report;

import com.posmodern.ai.report.CampaignModels.Calibration;
import com.posmodern.ai.report.CampaignModels.UpliftOrder;
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
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** Calibration of probabilities, and what an order of customers is worth. */
final class CampaignCharts {
  private static final int HEIGHT = 240;
  private static final double DOT = 6;
  private static final String PERCENT = "0.# %";

  private CampaignCharts() {}

  /** What was said against what happened: dots on the line are right. */
  static String of(Calibration calibration) {
    XYSeries tenths = new XYSeries("a tenth of the judged rows");
    double most = 0;
    for (CampaignModels.Tenth tenth : calibration.tenths()) {
      tenths.add(tenth.said(), tenth.happened());
      most = Math.max(most, Math.max(tenth.said(), tenth.happened()));
    }
    XYSeries right = new XYSeries("what was said happened");
    right.add(0, 0);
    right.add(most, most);
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, true);
    dots(renderer, 0);
    renderer.setSeriesLinesVisible(0, false);
    line(renderer, 1, Ink.NAIVE);
    return Svg.of(
        "calibration-" + calibration.model(),
        calibration.title() + ": probability said and share that happened",
        HEIGHT,
        (width, height) ->
            chart(
                List.of(tenths, right),
                renderer,
                axis("probability said", PERCENT),
                axis("share that happened", PERCENT)));
  }

  /** Revenue that messages bring, by the share of customers who get one. */
  static String of(UpliftOrder order) {
    XYSeries uplift = cumulated("by uplift", order.byUplift());
    XYSeries propensity = cumulated("by propensity", order.byPropensity());
    XYSeries chance = new XYSeries("by chance");
    chance.add(0, 0);
    chance.add(1, order.byUplift().get(order.byUplift().size() - 1));
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, true);
    dots(renderer, 0);
    line(renderer, 1, Ink.NAIVE);
    line(renderer, 2, Ink.SOFT);
    return Svg.of(
        "uplift",
        "Revenue that messages bring, by uplift, by propensity and by chance",
        HEIGHT,
        (width, height) ->
            chart(
                List.of(uplift, propensity, chance),
                renderer,
                axis("customers who get a message", "0 %"),
                axis("revenue per customer of all", "0.##")));
  }

  private static XYSeries cumulated(String name, List<Double> values) {
    XYSeries series = new XYSeries(name);
    series.add(0, 0);
    for (int tenth = 1; tenth <= values.size(); tenth++) {
      series.add((double) tenth / values.size(), values.get(tenth - 1));
    }
    return series;
  }

  private static void dots(XYLineAndShapeRenderer renderer, int series) {
    renderer.setSeriesPaint(series, Ink.BLUE);
    renderer.setSeriesShape(series, new Ellipse2D.Double(-DOT / 2, -DOT / 2, DOT, DOT));
    renderer.setSeriesStroke(series, new BasicStroke(1.6f));
  }

  private static void line(XYLineAndShapeRenderer renderer, int series, Ink ink) {
    renderer.setSeriesPaint(series, ink);
    renderer.setSeriesShapesVisible(series, false);
    renderer.setSeriesStroke(series, new BasicStroke(1.4f));
  }

  private static JFreeChart chart(
      List<XYSeries> all, XYLineAndShapeRenderer renderer, NumberAxis across, NumberAxis up) {
    XYSeriesCollection collected = new XYSeriesCollection();
    all.forEach(collected::addSeries);
    XYPlot plot = new XYPlot(collected, across, up, renderer);
    return Svg.withLegend(plot);
  }

  private static NumberAxis axis(String label, String pattern) {
    NumberAxis axis = Svg.styled(new NumberAxis(label));
    axis.setAutoRangeIncludesZero(true);
    axis.setNumberFormatOverride(
        new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ROOT)));
    return axis;
  }
}
