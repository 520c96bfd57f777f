package com.posmodern.ai.report;

import com.posmodern.ai.report.LiveReport.Sales;
import java.awt.BasicStroke;
import java.awt.Paint;
import java.text.SimpleDateFormat;
import java.util.Locale;
import java.util.TimeZone;
import java.util.function.ToDoubleFunction;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.DateAxis;
import org.jfree.chart.axis.DateTickUnit;
import org.jfree.chart.axis.DateTickUnitType;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** Receipts of all stores beside what is usual, over the last hours. */
final class LiveChart {
  private static final int HEIGHT = 240;

  private LiveChart() {}

  static String of(LiveReport report) {
    return Svg.of(
        "sales",
        "Receipts of all stores and what is usual",
        HEIGHT,
        (width, height) -> chart(report));
  }

  private static JFreeChart chart(LiveReport report) {
    XYSeriesCollection all = new XYSeriesCollection();
    all.addSeries(series("receipts", report, Sales::receipts));
    all.addSeries(series("usual at this hour", report, Sales::expected));
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, false);
    paint(renderer, 0, Ink.BLUE, new BasicStroke(1.8f));
    paint(
        renderer,
        1,
        Ink.NAIVE,
        new BasicStroke(
            1.4f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {4, 3}, 0));
    return Svg.withLegend(new XYPlot(all, times(report), receipts(), renderer));
  }

  private static void paint(
      XYLineAndShapeRenderer renderer, int series, Paint paint, BasicStroke stroke) {
    renderer.setSeriesPaint(series, paint);
    renderer.setSeriesStroke(series, stroke);
  }

  private static XYSeries series(String name, LiveReport report, ToDoubleFunction<Sales> value) {
    XYSeries series = new XYSeries(name);
    report
        .sales()
        .forEach(one -> series.add((double) one.from().toEpochMilli(), value.applyAsDouble(one)));
    return series;
  }

  private static DateAxis times(LiveReport report) {
    TimeZone zone = TimeZone.getTimeZone(report.zone());
    DateAxis axis = Svg.styled(new DateAxis(null, zone, Locale.ENGLISH));
    SimpleDateFormat format = new SimpleDateFormat("HH:mm", Locale.ENGLISH);
    format.setTimeZone(zone);
    axis.setTickUnit(new DateTickUnit(DateTickUnitType.HOUR, 1, format));
    axis.setLowerMargin(0);
    axis.setUpperMargin(0);
    return axis;
  }

  private static NumberAxis receipts() {
    NumberAxis axis = Svg.styled(new NumberAxis("receipts in 15 minutes"));
    axis.setAutoRangeIncludesZero(true);
    axis.setLowerMargin(0);
    axis.setAxisLineVisible(false);
    axis.setTickMarksVisible(false);
    return axis;
  }
}
