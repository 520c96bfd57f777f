package com.posmodern.ai.report;

import java.awt.BasicStroke;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.Paint;
import java.awt.geom.Rectangle2D;
import java.io.StringWriter;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.apache.batik.svggen.DefaultExtensionHandler;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.apache.batik.svggen.SVGIDGenerator;
import org.apache.batik.svggen.SVGPaintDescriptor;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.text.TextUtils;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.ui.RectangleEdge;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * Charts of JFreeChart as SVG inside the page. Each is drawn twice, for a wide and for a narrow
 * screen, as a scaled chart has letters that nobody can read on a phone; the style sheet shows one.
 */
final class Svg {
  static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 11);

  private static final Logger LOG = LoggerFactory.getLogger(Svg.class);
  private static final String NAMESPACE = "http://www.w3.org/2000/svg";

  static {
    // Upright labels as text too, not as the outlines of their letters.
    TextUtils.setUseDrawRotatedStringWorkaround(false);
  }

  private Svg() {}

  /** Draws a chart in the given size, in pixels. */
  interface Drawing {
    JFreeChart sized(int width, int height);
  }

  /**
   * The chart for wide and for narrow screens.
   *
   * @param id unique in the page
   * @param label what the chart shows, for those who cannot see it
   */
  static String of(String id, String label, int height, Drawing drawing) {
    try {
      return svg(id, "wide", label, 560, height, drawing)
          + svg(id, "narrow", label, 310, height, drawing);
    } catch (InternalError | LinkageError e) {
      // Java measures text even for SVG, and a slim container image has no fonts. A page without a
      // chart is better than no page.
      LOG.warn("no chart {}: install fontconfig and a font such as DejaVu", id, e);
      return "<p class=\"absent\">Not drawn: this machine has no fonts.</p>";
    }
  }

  /** A chart without frame, background or legend, in the page's colours. */
  static JFreeChart chart(XYPlot plot) {
    plot.setBackgroundPaint(null);
    plot.setOutlineVisible(false);
    plot.setDomainGridlinesVisible(false);
    plot.setRangeGridlinePaint(Ink.LINE);
    plot.setRangeGridlineStroke(new BasicStroke(1));
    JFreeChart chart = new JFreeChart(null, FONT, plot, false);
    chart.setBackgroundPaint(null);
    return chart;
  }

  /** The same with the names of its series below it. */
  static JFreeChart withLegend(XYPlot plot) {
    JFreeChart chart = chart(plot);
    LegendTitle legend = new LegendTitle(plot);
    legend.setPosition(RectangleEdge.BOTTOM);
    legend.setItemFont(FONT);
    legend.setItemPaint(Ink.SOFT);
    legend.setBackgroundPaint(null);
    legend.setFrame(BlockBorder.NONE);
    chart.addLegend(legend);
    return chart;
  }

  static <A extends ValueAxis> A styled(A axis) {
    axis.setLabelFont(FONT);
    axis.setTickLabelFont(FONT);
    axis.setLabelPaint(Ink.SOFT);
    axis.setTickLabelPaint(Ink.SOFT);
    axis.setAxisLinePaint(Ink.SOFT);
    axis.setTickMarkPaint(Ink.SOFT);
    return axis;
  }

  private static String svg(
      String id, String kind, String label, int width, int height, Drawing drawing) {
    SVGGraphics2D graphics = new SVGGraphics2D(context(id + "-" + kind), false);
    graphics.setSVGCanvasSize(new Dimension(width, height));
    drawing.sized(width, height).draw(graphics, new Rectangle2D.Double(0, 0, width, height));
    Element root = graphics.getRoot();
    // Empty, and of the same id in every chart.
    root.removeChild(root.getElementsByTagName("defs").item(0));
    root.removeAttribute("width");
    root.removeAttribute("height");
    root.setAttribute("viewBox", "0 0 " + width + " " + height);
    root.setAttribute("class", kind);
    root.setAttribute("role", "img");
    root.setAttribute("aria-label", label);
    return markup(root);
  }

  private static SVGGeneratorContext context(String prefix) {
    SVGGeneratorContext context = SVGGeneratorContext.createDefault(document());
    context.setPrecision(1);
    context.setComment(null);
    context.setExtensionHandler(
        new DefaultExtensionHandler() {
          @Override
          public SVGPaintDescriptor handlePaint(Paint paint, SVGGeneratorContext all) {
            return paint instanceof Ink ink
                ? new SVGPaintDescriptor(ink.css(), "1")
                : super.handlePaint(paint, all);
          }
        });
    // All charts share the ids of one page.
    context.setIDGenerator(
        new SVGIDGenerator() {
          @Override
          public String generateID(String name) {
            return prefix + "-" + super.generateID(name);
          }
        });
    return context;
  }

  private static Document document() {
    try {
      return DocumentBuilderFactory.newDefaultInstance()
          .newDocumentBuilder()
          .getDOMImplementation()
          .createDocument(NAMESPACE, "svg", null);
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("the JDK's XML parser is not configured", e);
    }
  }

  private static String markup(Element root) {
    try {
      TransformerFactory factory = TransformerFactory.newDefaultInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      Transformer transformer = factory.newTransformer();
      transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
      StringWriter markup = new StringWriter();
      transformer.transform(new DOMSource(root), new StreamResult(markup));
      return markup.toString();
    } catch (TransformerException e) {
      throw new IllegalStateException("a chart cannot be written as SVG", e);
    }
  }
}
