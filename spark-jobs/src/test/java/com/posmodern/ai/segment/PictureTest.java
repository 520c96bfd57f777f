package com.posmodern.ai.segment;

import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.segment.Picture.Place;
import java.util.List;
import org.junit.jupiter.api.Test;

class PictureTest {
  @Test
  void widestSpreadIsAcrossAndTheNextOneUp() {
    assertThat(
            Picture.of(
                List.of(
                    List.of(7.0, 0.0, 2.0),
                    List.of(7.0, 0.0, -4.0),
                    List.of(7.0, 1.0, -1.0),
                    List.of(7.0, -1.0, -1.0)),
                List.of(10.0, 10.0, 10.0, 10.0)))
        .containsExactly(new Place(3, 0), new Place(-3, 0), new Place(0, 1), new Place(0, -1));
  }

  /** The centre is where the customers are: at (3 × 0 + 1 × 4) / 4 = 1. */
  @Test
  void segmentsCountByTheirCustomers() {
    assertThat(Picture.of(List.of(List.of(0.0, 5.0), List.of(4.0, 5.0)), List.of(3.0, 1.0)))
        .containsExactly(new Place(-1, 0), new Place(3, 0));
  }

  @Test
  void equalSegmentsAreInOnePlace() {
    assertThat(Picture.of(List.of(List.of(2.0, 3.0)), List.of(5.0)))
        .containsExactly(new Place(0, 0));
    assertThat(Picture.of(List.of(List.of(0.1), List.of(0.1)), List.of(1.0, 2.0)))
        .containsExactly(new Place(0, 0), new Place(0, 0));
    assertThat(Picture.of(List.of(), List.of())).isEmpty();
  }
}
