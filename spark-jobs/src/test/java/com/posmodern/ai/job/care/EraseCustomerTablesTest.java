package com.posmodern.ai.job.care;

import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.contract.Columns;
import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Table;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class EraseCustomerTablesTest {
  @Test
  void everyTableWithACustomerIsCovered() {
    assertThat(Table.values())
        .filteredOn(EraseCustomerCommand::mayName)
        .contains(Table.QUARANTINE, Table.SALES_LINES, Table.CAMPAIGN_EVENTS)
        .contains(Table.PURCHASE_INTERACTIONS, Table.CUSTOMER_SEGMENTS)
        .containsAll(
            Arrays.stream(Table.values())
                .filter(table -> Contracts.of(table).columnNames().contains(Columns.CUSTOMER_ID))
                .toList());
  }
}
