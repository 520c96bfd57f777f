package com.posmodern.ai.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.posmodern.ai.report.CampaignModels.Calibration;
import com.posmodern.ai.report.CampaignModels.Tenth;
import com.posmodern.ai.report.CampaignModels.UpliftOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the charts of propensities and uplift draw, and where. */
class CampaignChartsTest {
  private static final Calibration CALIBRATION =
      new Calibration(
          "propensity_lapse",
          "XGBoost",
          0.8,
          List.of(new Tenth(0.1, 0.2), new Tenth(0.3, 0.25), new Tenth(0.4, 0.4)));

  private static final UpliftOrder ORDER =
      new UpliftOrder(true, "better", List.of(3.0, 4.0), List.of(1.0, 4.0), 3, 1);

  @Test
  void probabilitiesAreDotsBesideTheLineOnWhichTheyWouldBeRight() throws Exception {
    Picture picture = Picture.of(CampaignCharts.of(CALIBRATION));
    List<Picture.Drawn> dots = filled(picture, "var(--blue)");
    assertThat(dots).as("one in the legend, and three tenths").hasSize(4);
    assertThat(dots)
        .allSatisfy(dot -> assertThat(dot.right() - dot.left()).isCloseTo(6, within(0.2)));
    Picture.Drawn right = curve(picture, "var(--naive)").get(0);
    // From 0 to the most that was said or happened: the last dot lies on its end.
    assertThat(right.left()).isEqualTo(right.x().get(0));
    assertThat(middle(dots.get(3))).isCloseTo(right.right(), within(0.3));
    assertThat(height(dots.get(3))).isCloseTo(right.top(), within(0.3));
    double across = (right.right() - right.left()) / 0.4;
    double up = (right.bottom() - right.top()) / 0.4;
    assertThat(middle(dots.get(1))).isCloseTo(right.left() + 0.1 * across, within(0.3));
    assertThat(height(dots.get(1))).isCloseTo(right.bottom() - 0.2 * up, within(0.3));
    assertThat(height(dots.get(2))).isCloseTo(right.bottom() - 0.25 * up, within(0.3));
    assertThat(curve(picture, "var(--blue)")).as("dots are not joined").isEmpty();
    assertThat(filled(picture, "var(--naive)")).as("the line has no dots").isEmpty();
    assertThat(picture.words())
        .extracting(Picture.Words::text)
        .contains(
            "probability said", "share that happened", "what was said happened", "0 %", "40 %");
  }

  @Test
  void anOrderIsWorthWhatItsFirstTenthsBring() throws Exception {
    Picture picture = Picture.of(CampaignCharts.of(ORDER));
    Picture.Drawn uplift = joined(curve(picture, "var(--blue)"));
    Picture.Drawn propensity = joined(curve(picture, "var(--naive)"));
    // Nobody, half, and all customers; 0, 3 and 4 of revenue, and the other order's 1 and 4.
    double across = uplift.right() - uplift.left();
    double unit = (uplift.bottom() - uplift.top()) / 4;
    assertThat(uplift.x())
        .anySatisfy(x -> assertThat(x).isCloseTo(uplift.left() + across / 2, within(0.3)));
    assertThat(uplift.y())
        .anySatisfy(y -> assertThat(y).isCloseTo(uplift.bottom() - 3 * unit, within(0.3)));
    assertThat(propensity.y())
        .anySatisfy(y -> assertThat(y).isCloseTo(uplift.bottom() - unit, within(0.3)));
    assertThat(propensity.right()).isCloseTo(uplift.right(), within(0.3));
    assertThat(filled(picture, "var(--blue)"))
        .as("a dot for each share, and in the legend")
        .hasSize(4);
    // By chance: straight from nothing to all.
    assertThat(curve(picture, "var(--soft)"))
        .anySatisfy(
            line -> {
              assertThat(line.left()).isCloseTo(uplift.left(), within(0.3));
              assertThat(line.right()).isCloseTo(uplift.right(), within(0.3));
              assertThat(line.top()).isCloseTo(uplift.top(), within(0.3));
              assertThat(line.bottom()).isCloseTo(uplift.bottom(), within(0.3));
            });
    assertThat(picture.words())
        .extracting(Picture.Words::text)
        .contains("by uplift", "by propensity", "by chance", "customers who get a message", "50 %");
  }

  @Test
  void aChartFitsItsPlaceAndIsReadAloud() throws Exception {
    String charts = CampaignCharts.of(CALIBRATION);
    String wide = charts.substring(0, charts.indexOf('>'));
    assertThat(wide)
        .contains("viewBox=\"0 0 560 240\"", "class=\"wide\"", "role=\"img\"")
        .contains("aria-label=\"Lapses: probability said and share that happened\"")
        .doesNotContain(" width=", " height=");
    assertThat(charts)
        .contains("viewBox=\"0 0 310 240\"", "class=\"narrow\"")
        .doesNotContain("<!--");
    Picture picture = Picture.of(charts);
    assertThat(filled(picture, "white")).as("the page's own background").isEmpty();
    Picture.Words legend =
        picture.words().stream()
            .filter(words -> words.text().equals("what was said happened"))
            .findFirst()
            .orElseThrow();
    assertThat(picture.words())
        .as("the legend is below all")
        .allMatch(w -> w.y() <= legend.y() + 0.5);
    // One decimal is as fine as a screen.
    assertThat(charts).doesNotContainPattern("\\d\\.\\d\\d+[ ,\"]");
  }

  private static List<Picture.Drawn> filled(Picture picture, String colour) {
    return picture.drawn().stream().filter(drawn -> drawn.fill().equals(colour)).toList();
  }

  /** Straight lines, without those of the legend, which are level. */
  private static List<Picture.Drawn> curve(Picture picture, String stroke) {
    return picture.drawn().stream()
        .filter(drawn -> drawn.stroke().equals(stroke) && drawn.x().size() == 2)
        .filter(drawn -> drawn.bottom() - drawn.top() > 1)
        .filter(drawn -> drawn.right() - drawn.left() > 1)
        .toList();
  }

  private static Picture.Drawn joined(List<Picture.Drawn> parts) {
    return new Picture.Drawn(
        "none",
        "",
        parts.stream().flatMap(part -> part.x().stream()).toList(),
        parts.stream().flatMap(part -> part.y().stream()).toList());
  }

  private static double middle(Picture.Drawn drawn) {
    return (drawn.left() + drawn.right()) / 2;
  }

  private static double height(Picture.Drawn drawn) {
    return (drawn.top() + drawn.bottom()) / 2;
  }
}
