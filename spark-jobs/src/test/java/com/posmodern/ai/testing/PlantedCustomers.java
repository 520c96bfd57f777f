package com.posmodern.ai.testing;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.lake.LakeWriter;
import com.posmodern.ai.quality.SourceRows;
import com.posmodern.ai.quality.SourceRows.Line;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Source tables of a few customers, one of whom can be recognised wherever she turns up. */
public final class PlantedCustomers {
  public static final LocalDate AS_OF = LocalDate.of(2024, 3, 1);
  public static final String ID = "CUST-PLANTED-471199";
  public static final String NAME = "Griselda Plantada";
  public static final String EMAIL = "griselda.plantada@example.org";
  public static final String PHONE = "+55 11 98765-4711";
  public static final String REVIEW = "Ask for Griselda, she knows.";
  public static final LocalDate BIRTHDAY = LocalDate.of(1957, 11, 23);

  public static final PrintStream SILENT =
      new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);

  private PlantedCustomers() {}

  public static String other(int number) {
    return "CUST-OTHER-%06d".formatted(number);
  }

  /**
   * Sales of nine others and of hers.
   *
   * @param refused lines that quality refuses, hers among them
   * @param dirty whether rules break on her rows of the other tables, too
   */
  public static void write(Lake lake, int refused, boolean dirty) {
    LakeWriter writer = new LakeWriter(lake);
    writer.replaceSource(Table.STORES, SourceRows.stores());
    writer.replaceSource(Table.PRODUCTS, SourceRows.products());
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      String customer = i % 10 == 0 ? ID : other(i % 10);
      Line line = Line.at("R" + i, "2024-03-01T12:00:00Z").customer(customer);
      lines.add(i < refused ? line.product("P9") : i % 2 == 0 ? line.product("P2") : line);
    }
    writer.replaceSource(Table.SALES_LINES, SourceRows.sales(lines));
    List<Row> members = new ArrayList<>();
    members.add(
        RowFactory.create(ID, NAME, EMAIL, PHONE, Date.valueOf(BIRTHDAY), "S1", null, true, true));
    for (int i = 1; i < 10; i++) {
      members.add(
          RowFactory.create(other(i), "Other " + i, null, null, null, "S1", null, true, true));
    }
    if (dirty) {
      members.add(members.get(0));
    }
    writer.replaceSource(Table.CUSTOMERS, rows(Table.CUSTOMERS, members));
    Timestamp at = Timestamp.valueOf("2024-03-01 10:00:00");
    writer.replaceSource(
        Table.REVIEWS,
        rows(
            Table.REVIEWS,
            List.of(
                RowFactory.create("V1", ID, "P1", 5, REVIEW, at),
                RowFactory.create("V2", other(1), "P1", 4, "Good", at),
                RowFactory.create("V3", ID, "P1", dirty ? 9 : 5, REVIEW, at))));
  }

  public static Dataset<Row> rows(Table table, List<Row> rows) {
    return ContractRows.of(table, rows).coalesce(1);
  }
}
