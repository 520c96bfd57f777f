package com.posmodern.ai.job.intake;

import static com.posmodern.ai.contract.Columns.ALERT_ID;
import static com.posmodern.ai.contract.Columns.ALERT_KIND;
import static com.posmodern.ai.contract.Columns.AS_OF_DATE;
import static com.posmodern.ai.contract.Columns.BEGAN_AT;
import static com.posmodern.ai.contract.Columns.CUSTOMER_ID;
import static com.posmodern.ai.contract.Columns.DETECTED_AT;
import static com.posmodern.ai.contract.Columns.EVIDENCE;
import static com.posmodern.ai.contract.Columns.ITEM_ID;
import static com.posmodern.ai.contract.Columns.MONEY_AT_STAKE;
import static com.posmodern.ai.contract.Columns.NOTIFIED_AT;
import static com.posmodern.ai.contract.Columns.RECORDED_AT;
import static com.posmodern.ai.contract.Columns.STATE;
import static com.posmodern.ai.contract.Columns.STORE_ID;

import com.posmodern.ai.behaviour.live.Alert;
import com.posmodern.ai.behaviour.live.Alert.State;
import com.posmodern.ai.behaviour.live.AlertKind;
import com.posmodern.ai.behaviour.live.Finding;
import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Table;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/** Alerts as rows of {@code ops.live_alerts}, and as documents for who is told. */
final class AlertRows {
  private AlertRows() {}

  /** The as-of date under which alerts of that moment are kept. */
  static LocalDate date(Instant now) {
    return LocalDate.ofInstant(now, ZoneOffset.UTC).minusDays(1);
  }

  /** The table's columns without the as-of date. */
  static Dataset<Row> of(SparkSession spark, List<Alert> alerts, Instant now) {
    return spark
        .createDataFrame(
            alerts.stream().map(alert -> row(alert, now)).toList(),
            Contracts.of(Table.LIVE_ALERTS).schema().asNullable())
        .drop(AS_OF_DATE)
        .coalesce(1);
  }

  private static Row row(Alert alert, Instant now) {
    Finding finding = alert.finding();
    boolean ofCustomer = finding.kind() == AlertKind.CUSTOMER;
    Map<String, Object> values = new HashMap<>();
    values.put(AS_OF_DATE, Date.valueOf(date(now)));
    values.put(ALERT_ID, alert.id());
    values.put(RECORDED_AT, Timestamp.from(now));
    values.put(STORE_ID, finding.store());
    values.put(ALERT_KIND, finding.kind().name());
    values.put(ITEM_ID, ofCustomer ? Finding.ALL : finding.item());
    values.put(STATE, alert.state().name());
    values.put(BEGAN_AT, Timestamp.from(finding.beganAt()));
    values.put(DETECTED_AT, Timestamp.from(alert.detectedAt()));
    values.put(MONEY_AT_STAKE, finding.money());
    values.put(EVIDENCE, finding.evidence());
    values.put(NOTIFIED_AT, alert.notifiedAt().map(Timestamp::from).orElse(null));
    values.put(CUSTOMER_ID, ofCustomer ? finding.item() : null);
    return RowFactory.create(
        Contracts.of(Table.LIVE_ALERTS).columnNames().stream().map(values::get).toArray());
  }

  /** The alert of a row. */
  static Alert alert(Row row) {
    Instant detected = row.<Timestamp>getAs(DETECTED_AT).toInstant();
    AlertKind kind = AlertKind.valueOf(row.getAs(ALERT_KIND));
    return new Alert(
        row.getAs(ALERT_ID),
        new Finding(
            row.getAs(STORE_ID),
            kind,
            kind == AlertKind.CUSTOMER ? row.getAs(CUSTOMER_ID) : row.getAs(ITEM_ID),
            row.<Timestamp>getAs(BEGAN_AT).toInstant(),
            detected,
            row.<Double>getAs(MONEY_AT_STAKE),
            row.getAs(EVIDENCE)),
        State.valueOf(row.getAs(STATE)),
        detected,
        Optional.ofNullable(row.<Timestamp>getAs(NOTIFIED_AT)).map(Timestamp::toInstant));
  }

  /** What is sent of an alert; no customer is named. */
  static Map<String, String> document(Alert alert) {
    return Map.of(
        STORE_ID, alert.finding().store(),
        ALERT_KIND, alert.finding().kind().name(),
        BEGAN_AT, alert.finding().beganAt().toString(),
        DETECTED_AT, alert.detectedAt().toString(),
        MONEY_AT_STAKE, String.format(Locale.ROOT, "%.2f", alert.finding().money()),
        EVIDENCE, alert.finding().evidence());
  }
}
