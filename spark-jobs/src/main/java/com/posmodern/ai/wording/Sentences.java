package com.posmodern.ai.wording;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.text.MessageFormat;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;

/** The sentences of one language. Not safe for several threads: each takes its own. */
public final class Sentences {
  private static final String BUNDLE = "com.posmodern.ai.wording.sentences";
  private static final Locale BRAZIL = Locale.forLanguageTag("pt-BR");

  private final ResourceBundle bundle;
  private final Locale locale;
  private final DateTimeFormatter dates;
  private final DecimalFormat amounts;
  private final DecimalFormat changes;
  private final Map<String, MessageFormat> formats = new HashMap<>();

  private Sentences(Locale locale, String dates) {
    this.locale = locale;
    this.bundle =
        ResourceBundle.getBundle(
            BUNDLE,
            locale,
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    this.dates = DateTimeFormatter.ofPattern(dates, locale);
    DecimalFormatSymbols symbols = DecimalFormatSymbols.getInstance(locale);
    this.amounts = new DecimalFormat("0.0", symbols);
    this.changes = new DecimalFormat("+0.0;-0.0", symbols);
  }

  /** English. */
  public static Sentences english() {
    return new Sentences(Locale.ENGLISH, "d MMM yyyy");
  }

  /** Portuguese as spoken in Brazil. */
  public static Sentences brazilian() {
    return new Sentences(BRAZIL, "dd/MM/yyyy");
  }

  /**
   * A sentence, or a part of one.
   *
   * @param values whole numbers and dates are written as the language does; text as it is
   * @throws java.util.MissingResourceException when the language has no such sentence
   */
  public String say(String key, Object... values) {
    Object[] written = new Object[values.length];
    for (int i = 0; i < values.length; i++) {
      written[i] = values[i] instanceof LocalDate date ? dates.format(date) : values[i];
    }
    return formats
        .computeIfAbsent(key, any -> new MessageFormat(bundle.getString(any), locale))
        .format(written);
  }

  /** An amount with one decimal. */
  public String amount(double value) {
    return amounts.format(value);
  }

  /** A change with its sign and one decimal. */
  public String change(double value) {
    return changes.format(value);
  }
}
