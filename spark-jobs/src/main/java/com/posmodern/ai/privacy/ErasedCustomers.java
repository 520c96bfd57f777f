package com.posmodern.ai.privacy;

import static org.apache.spark.sql.functions.lit;

import com.posmodern.ai.contract.Contract;
import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.PosException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * The customers to be erased, and how to recognise them in rows and texts. No method prints an id.
 */
public final class ErasedCustomers {
  private static final int SHOWN = 8;

  private final List<String> pseudonyms;
  private final Mention mention;
  private final UserDefinedFunction oneOf;
  private final UserDefinedFunction mentions;

  /**
   * The customers of these ids.
   *
   * @param ids as in the retailer's source tables; surrounding spaces are ignored
   * @throws PosException usage when there is none
   */
  public ErasedCustomers(Collection<String> ids, PseudonymKey key) {
    List<String> asked = ids.stream().map(String::strip).filter(id -> !id.isEmpty()).toList();
    if (asked.isEmpty()) {
      throw PosException.usage(
          "no customer was given",
          "erase-customer",
          "Put the id into POS_CUSTOMER_ID, or several ids, one per line, into a file for --customer-file.");
    }
    this.pseudonyms = asked.stream().map(key::pseudonym).toList();
    Set<String> all = new TreeSet<>(asked);
    all.addAll(pseudonyms);
    this.mention = new Mention(asked, pseudonyms, keyColumns());
    this.oneOf = functions.udf(new OneOf(all), DataTypes.BooleanType).withName("asked_for");
    this.mentions = functions.udf(mention, DataTypes.BooleanType).withName("mentions");
  }

  /** The columns of a table that identify the customer of a row. */
  public static List<String> keys(Table table) {
    return Contracts.of(table).customerKeys();
  }

  private static Set<String> keyColumns() {
    return Arrays.stream(Table.values())
        .flatMap(table -> keys(table).stream())
        .collect(Collectors.toSet());
  }

  /**
   * Whether a row of the table belongs to one of the customers, by id or by pseudonym; never null.
   */
  public Column own(Contract contract) {
    return contract.customerKeys().stream()
        .map(name -> oneOf.apply(functions.col(name)))
        .reduce(Column::or)
        .orElse(lit(false));
  }

  /** Whether a text mentions one of them; never null. */
  public Column mentionedIn(Column text) {
    return mentions.apply(text);
  }

  public boolean mentionedIn(String text) {
    return mention.call(text);
  }

  /** The text with all mentions replaced. */
  public String removedFrom(String text) {
    return mention.replaced(text, "(erased)");
  }

  public List<String> pseudonyms() {
    return pseudonyms;
  }

  /** The first characters of the pseudonyms, to distinguish requests. */
  @Override
  public String toString() {
    return pseudonyms.stream()
        .map(pseudonym -> pseudonym.substring(0, SHOWN) + "…")
        .collect(Collectors.joining(", "));
  }
}
