package com.posmodern.ai.privacy;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.posmodern.ai.error.ExitCode;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.testing.SparkTest;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PseudonymKeyTest {
  private static final String TEXT = "key-material-0123456789-ABCDEF-planted";
  private static final PseudonymKey KEY = PseudonymKey.of(TEXT);

  /** Test cases 1 to 4, 6 and 7 of RFC 4231, key and data in hexadecimal digits. */
  @ParameterizedTest
  @CsvSource({
    "0b*20, 4869205468657265, b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
    "4a656665, 7768617420646f2079612077616e7420666f72206e6f7468696e673f,"
        + " 5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
    "aa*20, dd*50, 773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe",
    "0102030405060708090a0b0c0d0e0f10111213141516171819, cd*50,"
        + " 82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b",
    "aa*131, 54657374205573696e67204c6172676572205468616e20426c6f636b2d53697a65204b6579202d2048"
        + "617368204b6579204669727374,"
        + " 60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
    "aa*131, 5468697320697320612074657374207573696e672061206c6172676572207468616e20626c6f636b2d"
        + "73697a65206b657920616e642061206c6172676572207468616e20626c6f636b2d73697a6520646174612e"
        + "20546865206b6579206e6565647320746f20626520686173686564206265666f7265206265696e67207573"
        + "65642062792074686520484d414320616c676f726974686d2e,"
        + " 9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"
  })
  void itIsTheHmacOfTheStandard(String key, String data, String expected) {
    assertThat(HexFormat.of().formatHex(new Hmac(bytes(key)).of(bytes(data)))).isEqualTo(expected);
  }

  @Test
  void sparkGivesWhatJavaGivesForAnyId() throws GeneralSecurityException {
    List<String> ids = new ArrayList<>(List.of("", " ", "C0000001", "José 😀", "0"));
    Random random = new Random(7);
    for (int i = 0; i < 500; i++) {
      ids.add(
          random
              .ints(random.nextInt(90), 1, 0x2FFF)
              .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
              .toString());
    }
    List<String> found =
        SparkTest.session()
            .createDataset(ids, Encoders.STRING())
            .select(KEY.pseudonym(col("value")))
            .as(Encoders.STRING())
            .collectAsList();
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(TEXT.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    for (int i = 0; i < ids.size(); i++) {
      byte[] whole = mac.doFinal(ids.get(i).getBytes(StandardCharsets.UTF_8));
      assertThat(found.get(i))
          .as("id %d", i)
          .isEqualTo(HexFormat.of().formatHex(whole).substring(0, 32))
          .isEqualTo(KEY.pseudonym(ids.get(i)));
    }
  }

  @Test
  void noIdHasNoPseudonym() {
    Row row =
        SparkTest.session()
            .sql("SELECT CAST(NULL AS STRING) AS id")
            .select(KEY.pseudonym(col("id")))
            .head();
    assertThat(row.isNullAt(0)).isTrue();
  }

  @Test
  void plansAndErrorsShowTheFunctionsNameAndNothingOfTheKey() {
    Dataset<Row> rows =
        SparkTest.session()
            .range(1)
            .selectExpr("concat('C', id) AS id", "concat('C', id) + 1 AS more")
            .select(KEY.pseudonym(col("id")).as("p"), col("more"));
    List<String> shown =
        new ArrayList<>(
            List.of(
                rows.queryExecution().toString(),
                rows.queryExecution().logical().toString(),
                rows.queryExecution().optimizedPlan().treeString(),
                KEY.toString(),
                KEY.pseudonym(col("id")).toString()));
    for (Throwable failure :
        List.of(
            catchThrowable(rows::collectAsList),
            catchThrowable(() -> rows.select(col("nowhere"))))) {
      assertThat(failure).isNotNull();
      StringWriter trace = new StringWriter();
      failure.printStackTrace(new PrintWriter(trace));
      shown.add(trace.toString());
    }
    String hex = HexFormat.of().formatHex(TEXT.getBytes(StandardCharsets.UTF_8));
    assertThat(shown.get(0)).as("the plan is shown").contains("pseudonym(");
    assertThat(shown)
        .allSatisfy(text -> assertThat(text).doesNotContainIgnoringCase(TEXT).doesNotContain(hex));
  }

  @Test
  void theFingerprintTellsKeysApart() {
    assertThat(KEY.fingerprint())
        .matches("[0-9a-f]{8}")
        .isNotEqualTo(PseudonymKey.of(TEXT + "x").fingerprint());
  }

  @Test
  void aMissingOrShortKeyIsRefusedWithoutShowingIt() {
    assertThatThrownBy(() -> PseudonymKey.of(Optional.empty()))
        .hasMessageContaining("POS_PSEUDONYM_KEY")
        .hasMessageContaining("openssl rand -hex 32");
    assertThatThrownBy(() -> PseudonymKey.of("short-and-secret"))
        .isInstanceOfSatisfying(
            PosException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageContaining("16 characters")
        .hasMessageNotContaining("short-and-secret");
  }

  /** Hexadecimal digits; {@code aa*20} is a byte so many times. */
  private static byte[] bytes(String hex) {
    String[] parts = hex.split("\\*", -1);
    return HexFormat.of()
        .parseHex(parts.length == 1 ? hex : parts[0].repeat(Integer.parseInt(parts[1])));
  }
}
