package com.posmodern.ai.report;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** What a chart shows, read from the SVG of the wide one of the two. */
final class Picture {
  private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");

  private final Element root;

  private Picture(Element root) {
    this.root = root;
  }

  /** A line or an outline: its colours and its points, in pixels from the upper left corner. */
  record Drawn(String fill, String stroke, List<Double> x, List<Double> y) {
    double left() {
      return x.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    double right() {
      return x.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }

    double top() {
      return y.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    double bottom() {
      return y.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }
  }

  /** Words, at the left end of their line. */
  record Words(String text, double x, double y) {}

  static Picture of(String charts) throws Exception {
    String wide = charts.substring(0, charts.indexOf("</svg>") + "</svg>".length());
    return new Picture(HtmlPageTest.parsed(wide).getDocumentElement());
  }

  /** Paths and lines outside definitions, in the order in which they are drawn. */
  List<Drawn> drawn() {
    List<Drawn> drawn = new ArrayList<>();
    for (Element element : elements()) {
      String points =
          switch (element.getTagName()) {
            case "path" -> element.getAttribute("d");
            case "line" ->
                String.join(
                    " ",
                    element.getAttribute("x1"),
                    element.getAttribute("y1"),
                    element.getAttribute("x2"),
                    element.getAttribute("y2"));
            case "polyline" -> element.getAttribute("points");
            case "circle" -> circle(element);
            default -> "";
          };
      if (!points.isEmpty() && !isInside(element, "clipPath")) {
        List<Double> numbers =
            NUMBER.matcher(points).results().map(found -> Double.valueOf(found.group())).toList();
        drawn.add(
            new Drawn(
                inherited(element, "fill"),
                inherited(element, "stroke"),
                every(numbers, 0),
                every(numbers, 1)));
      }
    }
    return drawn;
  }

  List<Words> words() {
    return elements().stream()
        .filter(element -> element.getTagName().equals("text"))
        .map(
            element ->
                new Words(
                    element.getTextContent(),
                    Double.parseDouble(element.getAttribute("x")),
                    Double.parseDouble(element.getAttribute("y"))))
        .toList();
  }

  private List<Element> elements() {
    NodeList all = root.getElementsByTagName("*");
    return IntStream.range(0, all.getLength()).mapToObj(i -> (Element) all.item(i)).toList();
  }

  private static String circle(Element circle) {
    double x = Double.parseDouble(circle.getAttribute("cx"));
    double y = Double.parseDouble(circle.getAttribute("cy"));
    double r = Double.parseDouble(circle.getAttribute("r"));
    return "%s %s %s %s".formatted(x - r, y - r, x + r, y + r);
  }

  private static List<Double> every(List<Double> numbers, int first) {
    return IntStream.range(0, numbers.size())
        .filter(i -> i % 2 == first)
        .mapToObj(numbers::get)
        .toList();
  }

  private static boolean isInside(Node node, String tag) {
    return node instanceof Element element
        && (element.getTagName().equals(tag) || isInside(node.getParentNode(), tag));
  }

  private static String inherited(Node node, String attribute) {
    return !(node instanceof Element element)
        ? ""
        : element.hasAttribute(attribute)
            ? element.getAttribute(attribute)
            : inherited(node.getParentNode(), attribute);
  }
}
