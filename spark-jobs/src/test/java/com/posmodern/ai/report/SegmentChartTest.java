package com.posmodern.ai.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.posmodern.ai.report.NightReport.Profile;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** On the wide picture: 560 by 400 pixels, of which 54 on each side are margin. */
class SegmentChartTest {
  @Test
  void segmentsLieBetweenTheMarginsAndTheirAreaSaysHowManyCustomersTheyHave() throws Exception {
    List<Picture.Drawn> bubbles =
        bubbles(
            segment(1, "a", 1_000, -1, -2),
            segment(2, "b", 4_000, 1, 2),
            segment(3, "c", 4, 0, -1),
            segment(4, "nobody", 0, 0, 0),
            unplaced("too few purchases"));

    // The largest first, so that it hides no other.
    assertThat(bubbles).hasSize(3);
    requireBubble(bubbles.get(0), 506, 54, 36);
    requireBubble(bubbles.get(1), 54, 346, 18);
    // Small enough, one would not see them.
    requireBubble(bubbles.get(2), 280, 273, 11);
  }

  @Test
  void aSegmentAloneIsInTheMiddle() throws Exception {
    requireBubble(bubbles(segment(1, "all", 10, 7, 7)).get(0), 280, 200, 36);
  }

  @Test
  void everyBubbleHasItsNumberAndANameBelowItThenAboveIt() throws Exception {
    // The first has room below; of the second, at the lower edge, only above.
    Picture picture =
        Picture.of(
            SegmentChart.of(
                List.of(segment(1, "upper", 4_000, 0, 1), segment(2, "lower", 4_000, 1, 0))));

    assertThat(picture.words())
        .extracting(Picture.Words::text)
        .containsExactly("1", "upper", "2", "lower");
    assertThat(word(picture, "1")).satisfies(one -> requireAt(one, 49, 54));
    assertThat(word(picture, "upper")).satisfies(one -> requireAt(one, 40, 54 + 36 + 4 + 7));
    assertThat(word(picture, "lower")).satisfies(one -> requireAt(one, 492, 400 - 54 - 36 - 4 - 7));
  }

  @Test
  void aNameGoesWhereThereIsRoomAndIsLeftToTheTableWhereThereIsNone() throws Exception {
    // Four bubbles in a row hide what is below and above each other's middle, but not the sides.
    Picture picture =
        Picture.of(
            SegmentChart.of(
                List.of(
                    segment(1, "middle", 4_000, 0, 0),
                    segment(2, "left", 4_000, -1, 0.16),
                    segment(3, "x".repeat(100), 4_000, 1, -0.16),
                    segment(4, "under", 4_000, 0, -0.35),
                    segment(5, "over", 4_000, 0, 0.35))));

    assertThat(picture.words())
        .extracting(Picture.Words::text)
        .contains("1", "2", "3", "4", "5", "left", "middle")
        .doesNotContain("x".repeat(100));
  }

  @Test
  void thePictureHasNoAxes() throws Exception {
    assertThat(Picture.of(SegmentChart.of(List.of(segment(1, "a", 5, 0, 0)))).drawn())
        .extracting(Picture.Drawn::stroke)
        .doesNotContain("var(--line)", "var(--soft)", "rgb(128,128,128)");
  }

  private static List<Picture.Drawn> bubbles(Profile... segments) throws Exception {
    return Picture.of(SegmentChart.of(List.of(segments))).drawn().stream()
        .filter(drawn -> drawn.fill().equals("none") && drawn.stroke().equals("var(--blue)"))
        .toList();
  }

  private static void requireBubble(Picture.Drawn bubble, double x, double y, double radius) {
    assertThat((bubble.left() + bubble.right()) / 2).isCloseTo(x, within(0.2));
    assertThat((bubble.top() + bubble.bottom()) / 2).isCloseTo(y, within(0.2));
    assertThat((bubble.right() - bubble.left()) / 2).isCloseTo(radius, within(0.2));
  }

  private static Picture.Words word(Picture picture, String text) {
    return picture.words().stream()
        .filter(words -> words.text().equals(text))
        .findFirst()
        .orElseThrow();
  }

  /** Letters are as wide and high as the machine's fonts have them. */
  private static void requireAt(Picture.Words words, double x, double y) {
    assertThat(words.x()).isCloseTo(x, within(8.0));
    assertThat(words.y()).isCloseTo(y, within(8.0));
  }

  private static Profile segment(int id, String name, long customers, double x, double y) {
    return profile(id, name, customers, Optional.of(x), Optional.of(y));
  }

  private static Profile unplaced(String name) {
    return profile(0, name, 10, Optional.empty(), Optional.empty());
  }

  private static Profile profile(
      int id, String name, long customers, Optional<Double> x, Optional<Double> y) {
    return new Profile(
        id,
        name,
        customers,
        0.1,
        0.1,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        "",
        x,
        y);
  }
}
