package com.posmodern.ai.source.imports;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which column of a table a header's words may mean. */
final class HeaderWords {
  /** Words of headers, English and Portuguese first, by the column they may be. */
  private static final Map<String, List<String>> CANDIDATES = new LinkedHashMap<>();

  static {
    CANDIDATES.put(
        "sale_id",
        List.of(
            "receipt",
            "invoice",
            "basket",
            "transaction",
            "sale",
            "ticket",
            "cupom",
            "nota",
            "venda",
            "pedido",
            "order",
            "beleg",
            "bon"));
    CANDIDATES.put("line_no", List.of("line", "linha", "item", "zeile", "seq", "position"));
    CANDIDATES.put("store_id", List.of("store", "shop", "loja", "filial", "branch", "tienda"));
    CANDIDATES.put(
        "product_id",
        List.of(
            "product", "sku", "ean", "gtin", "stock", "article", "artikel", "produto", "plu",
            "barcode", "codigo"));
    CANDIDATES.put(
        "customer_id",
        List.of("customer", "household", "client", "cliente", "cpf", "member", "card", "kunde"));
    CANDIDATES.put(
        "sold_at",
        List.of("sold", "date", "data", "time", "timestamp", "datum", "fecha", "hora", "day"));
    CANDIDATES.put(
        "quantity", List.of("quantity", "qty", "qtd", "quantidade", "units", "menge", "anzahl"));
    CANDIDATES.put("unit_price", List.of("price", "preco", "valor", "preis", "precio", "amount"));
    CANDIDATES.put("discount", List.of("discount", "desconto", "disc", "rabatt"));
    CANDIDATES.put("product_name", List.of("description", "descricao", "name", "nome", "produto"));
    CANDIDATES.put("category", List.of("category", "categoria", "grupo", "group", "department"));
  }

  private HeaderWords() {}

  /** Name of the column that most likely is the target's; null where none looks like it. */
  static String candidate(String target, List<DraftColumn> columns) {
    for (String word : CANDIDATES.get(target)) {
      for (DraftColumn column : columns) {
        if (column.words().anyMatch(word::equals)) {
          return column.name();
        }
      }
    }
    return null;
  }

  /** Whether the column may identify something. */
  static boolean isKey(DraftColumn column) {
    return CANDIDATES.entrySet().stream()
        .filter(candidate -> candidate.getKey().endsWith("_id"))
        .anyMatch(candidate -> column.words().anyMatch(candidate.getValue()::contains));
  }
}
