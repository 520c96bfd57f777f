package com.posmodern.ai.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.posmodern.ai.error.ExitCode;
import com.posmodern.ai.error.PosException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ErasedCustomersTest {
  private static final PseudonymKey KEY = PseudonymKey.ofEnvironment();

  @Test
  void aTellingIdIsFoundAsAWordAndAPseudonymAnywhere() {
    ErasedCustomers her = new ErasedCustomers(List.of("C0000042", " "), KEY);
    assertThat(her.mentionedIn("{\\\"k\\\":\\\"C0000042\\\"}")).isTrue();
    assertThat(her.mentionedIn("S1/C0000042")).isTrue();
    assertThat(her.mentionedIn("C00000421 XC0000042 C0000041")).isFalse();
    assertThat(her.mentionedIn("x" + KEY.pseudonym("C0000042") + "x")).isTrue();
    assertThat(her.removedFrom("of C0000042.")).isEqualTo("of (erased).");
  }

  @Test
  void aShortIdIsFoundOnlyAsTheValueOfACustomersColumn() {
    ErasedCustomers her = new ErasedCustomers(List.of("42"), KEY);
    assertThat(her.mentionedIn("{\"customer_id\":\"42\",\"quantity\":7}")).isTrue();
    assertThat(her.mentionedIn("{\\\"customer_id\\\":\\\"42\\\"}")).isTrue();
    assertThat(her.mentionedIn("{\"product_id\":\"42\",\"customer_id\":\"421\"}")).isFalse();
    assertThat(her.mentionedIn(KEY.pseudonym("42"))).isTrue();
  }

  @Test
  void whatItPrintsIsTheBeginningOfThePseudonym() {
    ErasedCustomers her = new ErasedCustomers(List.of("C0000042"), KEY);
    assertThat(her).hasToString(KEY.pseudonym("C0000042").substring(0, 8) + "…");
  }

  @Test
  void nobodyIsRefused() {
    assertThatThrownBy(() -> new ErasedCustomers(List.of("", " "), KEY))
        .isInstanceOfSatisfying(
            PosException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageContaining("POS_CUSTOMER_ID");
  }
}
