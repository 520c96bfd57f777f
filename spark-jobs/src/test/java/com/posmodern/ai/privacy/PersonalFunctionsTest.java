package com.posmodern.ai.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Functions that hold keys and customers: query plans print their names only. */
class PersonalFunctionsTest {
  /** Test case 1 of RFC 4231. */
  @Test
  void theHmacIsThatOfTheStandardAndAPseudonymItsFirstHalf() {
    byte[] key = new byte[20];
    Arrays.fill(key, (byte) 0x0b);
    Hmac hmac = new Hmac(key);
    assertThat(HexFormat.of().formatHex(hmac.of("Hi There")))
        .isEqualTo("b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    assertThat(hmac.call("Hi There"))
        .as("again, with the prepared key")
        .isEqualTo("b0344c61d8db38535ca8afceaf0bf12b");
    assertThat(hmac.call(null)).isNull();
    assertThat(hmac).hasToString("pseudonym");
  }

  @Test
  void aValueIsOneOfAFewOrNot() {
    OneOf some = new OneOf(Set.of("C1", "C2"));
    assertThat(some.call("C2")).isTrue();
    assertThat(some.call("C3")).isFalse();
    assertThat(some.call(null)).isFalse();
    assertThat(some).hasToString("one of 2");
  }

  @Test
  void aMentionDoesNotPrintWhomItLooksFor() {
    Mention mention = new Mention(List.of("C0000042"), List.of("abcd"), List.of("customer_id"));
    assertThat(mention.call("for C0000042")).isTrue();
    assertThat(mention.call("xabcdx")).isTrue();
    assertThat(mention.call(null)).isFalse();
    assertThat(mention).hasToString("mention");
  }
}
