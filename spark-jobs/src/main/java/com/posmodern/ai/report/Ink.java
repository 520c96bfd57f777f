package com.posmodern.ai.report;

import java.awt.Color;
import java.awt.Paint;
import java.awt.PaintContext;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.awt.image.ColorModel;

/**
 * The colours of a chart, by their names in the page's style sheet: so a chart follows the page
 * into dark mode and onto paper.
 */
enum Ink implements Paint {
  INK,
  SOFT,
  LINE,
  BLUE,
  BAND,
  NAIVE;

  /** The colour as CSS. */
  String css() {
    return "var(--" + Figures.words(name()) + ")";
  }

  /** Grey, for drawing on anything but SVG; nothing in the project does that. */
  @Override
  public PaintContext createContext(
      ColorModel model,
      Rectangle device,
      Rectangle2D user,
      AffineTransform transform,
      RenderingHints hints) {
    return Color.GRAY.createContext(model, device, user, transform, hints);
  }

  @Override
  public int getTransparency() {
    return OPAQUE;
  }
}
