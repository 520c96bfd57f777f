package com.posmodern.ai.report;

import com.posmodern.ai.report.NightReport.BacktestDay;
import com.posmodern.ai.report.NightReport.BacktestExample;
import java.awt.BasicStroke;
import java.awt.Stroke;
import java.text.SimpleDateFormat;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.TimeZone;
import java.util.function.ToDoubleFunction;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.DateAxis;
import org.jfree.chart.axis.DateTickUnit;
import org.jfree.chart.axis.DateTickUnitType;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.DatasetRenderingOrder;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.AbstractXYItemRenderer;
import org.jfree.chart.renderer.xy.DeviationRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYDataset;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;

/** Chart of a backtest: actual demand, the forecast with its interval, and the baseline. */
final class BacktestChart {
  private static final int HEIGHT = 210;
  private static final int PIXELS_PER_DATE = 70;
  private static final TimeZone UTC = TimeZone.getTimeZone(ZoneOffset.UTC);

  private BacktestChart() {}

  /**
   * @param id unique in the page
   */
  static String of(BacktestExample backtest, String id) {
    return Svg.of(
        id,
        "Backtest of " + backtest.product() + " in " + backtest.store(),
        HEIGHT,
        (width, height) -> chart(backtest, width));
  }

  private static JFreeChart chart(BacktestExample backtest, int width) {
    XYPlot plot = new XYPlot();
    plot.setDomainAxis(dates(backtest, width));
    plot.setRangeAxis(units());
    add(plot, forecast(backtest), band());
    add(
        plot,
        series(backtest, BacktestDay::seasonalNaive),
        line(
            Ink.NAIVE,
            new BasicStroke(
                1.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {4, 3}, 0)));
    add(plot, series(backtest, BacktestDay::actual), line(Ink.INK, new BasicStroke(1.4f)));
    return Svg.chart(plot);
  }

  private static void add(XYPlot plot, XYDataset dataset, AbstractXYItemRenderer renderer) {
    int next = plot.getDataset() == null ? 0 : plot.getDatasetCount();
    plot.setDataset(next, dataset);
    plot.setRenderer(next, renderer);
    plot.setDatasetRenderingOrder(DatasetRenderingOrder.FORWARD);
  }

  private static DateAxis dates(BacktestExample backtest, int width) {
    DateAxis axis = Svg.styled(new DateAxis(null, UTC, Locale.ENGLISH));
    SimpleDateFormat format = new SimpleDateFormat("d MMM", Locale.ENGLISH);
    format.setTimeZone(UTC);
    int weeks =
        (int) Math.ceil(backtest.days().size() / 7.0 / Math.max(1, width / PIXELS_PER_DATE));
    axis.setTickUnit(new DateTickUnit(DateTickUnitType.DAY, 7 * Math.max(1, weeks), format));
    axis.setLowerMargin(0);
    axis.setUpperMargin(0);
    return axis;
  }

  private static NumberAxis units() {
    NumberAxis axis = Svg.styled(new NumberAxis("units a day"));
    axis.setAutoRangeIncludesZero(true);
    axis.setLowerMargin(0);
    axis.setAxisLineVisible(false);
    axis.setTickMarksVisible(false);
    return axis;
  }

  private static YIntervalSeriesCollection forecast(BacktestExample backtest) {
    YIntervalSeries forecast = new YIntervalSeries("forecast");
    for (BacktestDay day : backtest.days()) {
      forecast.add(millis(day.date()), day.mean(), day.p10(), day.p90());
    }
    YIntervalSeriesCollection all = new YIntervalSeriesCollection();
    all.addSeries(forecast);
    return all;
  }

  private static DeviationRenderer band() {
    DeviationRenderer renderer = new DeviationRenderer(true, false);
    renderer.setAlpha(1);
    renderer.setSeriesPaint(0, Ink.BLUE);
    renderer.setSeriesFillPaint(0, Ink.BAND);
    renderer.setSeriesStroke(0, new BasicStroke(2));
    return renderer;
  }

  private static XYSeriesCollection series(
      BacktestExample backtest, ToDoubleFunction<BacktestDay> value) {
    XYSeries series = new XYSeries("units");
    for (BacktestDay day : backtest.days()) {
      series.add(millis(day.date()), value.applyAsDouble(day));
    }
    return new XYSeriesCollection(series);
  }

  private static XYLineAndShapeRenderer line(Ink ink, Stroke stroke) {
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, false);
    renderer.setDrawSeriesLineAsPath(true);
    renderer.setSeriesPaint(0, ink);
    renderer.setSeriesStroke(0, stroke);
    return renderer;
  }

  private static double millis(LocalDate date) {
    return date.toEpochDay() * 86_400_000d;
  }
}
