package com.posmodern.ai.sentiment;

import java.util.List;
import java.util.Set;

/**
 * A small lexicon of this project's own, of words that Brazilian and English customers of shops
 * use: for retailers who have no rated reviews to learn from, and as a baseline for the others.
 */
final class Lexicon {
  private static final Set<String> PRAISE =
      Set.of(
          "bom",
          "boa",
          "bons",
          "boas",
          "otimo",
          "otima",
          "otimos",
          "otimas",
          "excelente",
          "excelentes",
          "maravilhoso",
          "maravilhosa",
          "perfeito",
          "perfeita",
          "delicioso",
          "deliciosa",
          "gostoso",
          "gostosa",
          "saboroso",
          "saborosa",
          "fresco",
          "fresca",
          "barato",
          "barata",
          "rapido",
          "rapida",
          "adorei",
          "adoro",
          "amei",
          "amo",
          "gostei",
          "gosto",
          "recomendo",
          "satisfeito",
          "satisfeita",
          "parabens",
          "lindo",
          "linda",
          "top",
          "show",
          "nota",
          "melhor",
          "vale",
          "pratico",
          "pratica",
          "cheiroso",
          "macio",
          "macia",
          "sempre",
          "voltarei",
          "obrigado",
          "obrigada",
          "good",
          "great",
          "excellent",
          "perfect",
          "love",
          "loved",
          "delicious",
          "tasty",
          "fresh",
          "cheap",
          "fast",
          "recommend",
          "happy",
          "nice",
          "best",
          "amazing",
          "wonderful",
          "thanks",
          "worth",
          "quick",
          "pleased",
          "awesome");

  private static final Set<String> BLAME =
      Set.of(
          "ruim",
          "ruins",
          "pessimo",
          "pessima",
          "horrivel",
          "horriveis",
          "terrivel",
          "caro",
          "cara",
          "caros",
          "caras",
          "estragado",
          "estragada",
          "vencido",
          "vencida",
          "mofado",
          "mofada",
          "quebrado",
          "quebrada",
          "aberto",
          "aberta",
          "rasgado",
          "rasgada",
          "amassado",
          "amassada",
          "vazando",
          "azedo",
          "azeda",
          "duro",
          "dura",
          "velho",
          "velha",
          "sujo",
          "suja",
          "demorado",
          "demora",
          "demorou",
          "atraso",
          "atrasado",
          "atrasou",
          "errado",
          "errada",
          "faltou",
          "faltando",
          "falta",
          "decepcao",
          "decepcionado",
          "decepcionante",
          "odiei",
          "odeio",
          "nojento",
          "nojo",
          "defeito",
          "reclamar",
          "reclamacao",
          "fraco",
          "fraca",
          "pior",
          "podre",
          "enganoso",
          "enganado",
          "devolver",
          "devolvi",
          "lixo",
          "bad",
          "terrible",
          "awful",
          "horrible",
          "expensive",
          "broken",
          "rotten",
          "expired",
          "mouldy",
          "moldy",
          "stale",
          "dirty",
          "late",
          "wrong",
          "missing",
          "worst",
          "hate",
          "hated",
          "disappointed",
          "disappointing",
          "poor",
          "refund",
          "damaged",
          "open",
          "leaking",
          "slow",
          "sour");

  private static final Set<String> STRONGER =
      Set.of(
          "muito",
          "muita",
          "super",
          "bem",
          "demais",
          "tao",
          "extremamente",
          "bastante",
          "mega",
          "very",
          "really",
          "so",
          "too",
          "extremely",
          "totally",
          "absolutely");

  private static final double STRONG = 1.5;
  private static final double THRESHOLD = 0.5;

  private Lexicon() {}

  /** Praise less blame; a negated word counts for the other side, an intensified one half more. */
  static double score(String text) {
    List<String> words = Words.of(text);
    double sum = 0;
    boolean stronger = false;
    for (String word : words) {
      boolean negated = word.startsWith(Words.NOT);
      String plain = negated ? word.substring(Words.NOT.length()) : word;
      double weight = stronger ? STRONG : 1;
      double side = PRAISE.contains(plain) ? 1 : BLAME.contains(plain) ? -1 : 0;
      sum += (negated ? -side : side) * weight;
      stronger = STRONGER.contains(plain);
    }
    return sum;
  }

  static Sentiment of(String text) {
    double score = score(text);
    if (score > THRESHOLD) {
      return Sentiment.POSITIVE;
    }
    return score < -THRESHOLD ? Sentiment.NEGATIVE : Sentiment.NEUTRAL;
  }
}
