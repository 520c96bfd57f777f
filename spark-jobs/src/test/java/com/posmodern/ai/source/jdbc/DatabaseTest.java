package com.posmodern.ai.source.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgres://shop:s3cret@host/db",
        "jdbc:postgresql://shop:s3cret@host/db",
        "jdbc:postgresql://host/db?user=shop&password=s3cret",
        "jdbc:postgresql://host/db?sslpassword=s3cret",
        "jdbc:sqlserver://host;databaseName=db;accessToken=s3cret",
        "jdbc:mysql://(host=h,password=s3cret)/db",
        "jdbc:oracle:thin:shop/s3cret@host:1521/db"
      })
  void aPasswordInTheAddressIsRefusedAndNotShown(String url) {
    assertThatThrownBy(() -> of(url))
        .hasMessageContaining("url must hold no user and password")
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void whatIsNoAddressIsNotShown() {
    assertThatThrownBy(() -> of("Server=host;Key=s3cret"))
        .hasMessageContaining("url must begin with jdbc:")
        .hasMessageNotContaining("s3cret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"jdbc:mysql://host/db", "jdbc:mariadb://host/db", "jdbc:aws-wrapper:mysql://h/db"})
  void databasesOfWhichRowsWouldBeMissedAreRefused(String url) {
    assertThatThrownBy(() -> of(url))
        .hasMessageContaining("MySQL and MariaDB are not supported yet");
  }

  @Test
  void othersAreTaken() {
    assertThat(of("jdbc:postgresql://shop@one,two:5432/db?ssl=true").place())
        .isEqualTo("jdbc:postgresql://one,two:5432/db");
    assertThat(of("jdbc:oracle:thin:@//host:1521/db").place())
        .isEqualTo("jdbc:oracle:thin:@//host:1521/db");
  }

  @Test
  void aDatabaseIsTheSameHoweverItIsReached() {
    String shop = of("jdbc:postgresql://host/shop").identity();
    assertThat(of("jdbc:postgresql://host/shop?ssl=true").identity()).isEqualTo(shop);
    assertThat(of("jdbc:postgresql://staging/shop").identity()).isNotEqualTo(shop);
    assertThat(of("jdbc:postgresql://host/shop?currentSchema=test").identity()).isNotEqualTo(shop);
    assertThat(of("jdbc:sqlserver://host;encrypt=true;databaseName=shop").identity())
        .isEqualTo("jdbc:sqlserver://host;databaseName=shop");
  }

  private static Database of(String url) {
    return new Database(url, "USER", "PASSWORD", ZoneOffset.UTC, 1, 0);
  }
}
