package com.posmodern.ai.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.posmodern.ai.error.PosException;
import org.junit.jupiter.api.Test;

class CustomerIdsTest {
  @Test
  void theVariableHasOneIdAsItIsOrSeveralAsAList() {
    assertThat(CustomerIds.listed("C0000042")).containsExactly("C0000042");
    assertThat(CustomerIds.listed("[\"C1\", \"C 2\"]")).containsExactly("C1", "C 2");
  }

  @Test
  void whatIsNoListIsRefusedWithoutShowingIt() {
    assertThatThrownBy(() -> CustomerIds.listed("[C0000042"))
        .isInstanceOf(PosException.class)
        .hasMessageContaining("POS_CUSTOMER_ID")
        .hasMessageNotContaining("C0000042")
        .hasNoCause();
  }
}
