package com.posmodern.ai.campaign.text;

import com.posmodern.ai.config.Campaign;
import com.posmodern.ai.config.Campaign.Language;
import com.posmodern.ai.config.CampaignTexts;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a text may have filled in: everything that stands in tables and files, written as the
 * language does.
 */
public final class Fields {
  /** Every field that a text may use. */
  public static final Set<String> NAMES =
      Set.of(
          "greeting",
          "closing",
          "opt_out",
          "title",
          "until",
          "discount",
          "has_discount",
          "products",
          "has_products",
          "product",
          "price");

  static final String OPT_OUT = "opt_out";

  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private Fields() {}

  /**
   * A product as the tables have it.
   *
   * @param listPrice for one unit
   */
  public record Product(String name, BigDecimal listPrice) {}

  /**
   * The values for one customer. A product without a price is not named: what it costs could only
   * be guessed.
   *
   * @param products of the customer's own recommendations, best first
   */
  public static Map<String, Object> of(
      Campaign campaign, CampaignTexts texts, List<Product> products) {
    Language language = campaign.language();
    CampaignTexts.Address address = texts.tones().get(campaign.tone());
    double discount = campaign.offer().discountPercent();
    Map<String, Object> values = new HashMap<>();
    values.put("greeting", address.greeting());
    values.put("closing", address.closing());
    values.put(OPT_OUT, texts.optOut());
    values.put("title", campaign.title());
    values.put("until", date(language).format(campaign.window().until()));
    values.put("has_discount", discount > 0);
    values.put("discount", percent(discount, language));
    values.put("has_products", !products.isEmpty());
    values.put(
        "products",
        products.stream()
            .map(product -> product.name() + " " + price(product, discount, language))
            .collect(Collectors.joining(", ")));
    if (!products.isEmpty()) {
      values.put("product", products.get(0).name());
      values.put("price", price(products.get(0), discount, language));
    }
    return values;
  }

  private static String price(Product product, double discount, Language language) {
    BigDecimal offered =
        product
            .listPrice()
            .multiply(HUNDRED.subtract(BigDecimal.valueOf(discount)))
            .divide(HUNDRED, 2, RoundingMode.HALF_UP);
    return "R$ " + new DecimalFormat("#,##0.00", symbols(language)).format(offered);
  }

  private static String percent(double discount, Language language) {
    return new DecimalFormat("0.##", symbols(language)).format(discount) + "%";
  }

  private static DecimalFormatSymbols symbols(Language language) {
    return DecimalFormatSymbols.getInstance(Locale.forLanguageTag(language.tag()));
  }

  private static DateTimeFormatter date(Language language) {
    return DateTimeFormatter.ofPattern(
        language == Language.PT_BR ? "dd/MM/yyyy" : "d MMM yyyy",
        Locale.forLanguageTag(language.tag()));
  }
}
