package com.posmodern.ai.job.care;

import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.config.PrivacySettings;
import com.posmodern.ai.config.PrivacySettings.LegalBasis;
import com.posmodern.ai.contract.Columns;
import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Table;
import java.time.LocalDate;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class EraseCustomerTablesTest {
  @Test
  void everyTableWithACustomerIsCovered() {
    assertThat(Table.values())
        .filteredOn(ErasedRows::mayName)
        .contains(Table.QUARANTINE, Table.SALES_LINES, Table.CAMPAIGN_EVENTS)
        .contains(Table.PURCHASE_INTERACTIONS, Table.CUSTOMER_SEGMENTS)
        .containsAll(
            Arrays.stream(Table.values())
                .filter(table -> Contracts.of(table).columnNames().contains(Columns.CUSTOMER_ID))
                .toList());
  }

  @Test
  void copiesOutOfReachAreNamedWithTheDayOnWhichTheyEnd() {
    LocalDate today = LocalDate.of(2026, 6, 30);
    assertThat(CopiesOutOfReach.sentence(new PrivacySettings(LegalBasis.CONSENT, 0, 0), today))
        .isEmpty();
    assertThat(CopiesOutOfReach.sentence(new PrivacySettings(LegalBasis.CONSENT, 97, 400), today))
        .isEqualTo(
            "; out of reach are former versions in the bucket, the last of which end on 2026-10-05"
                + " and imported files where they landed, which end by 2027-11-09."
                + " Delete them before by hand");
  }
}
