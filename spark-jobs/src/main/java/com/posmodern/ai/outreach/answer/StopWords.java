package com.posmodern.ai.outreach.answer;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;

/** Words by which a customer ends all messages, alone or with what politeness adds. */
final class StopWords {
  private static final Set<String> WORDS =
      Set.of(
          "parar",
          "pare",
          "para",
          "sair",
          "saia",
          "stop",
          "stopall",
          "cancelar",
          "cancela",
          "cancele",
          "cancel",
          "descadastrar",
          "descadastre",
          "remover",
          "remova",
          "unsubscribe",
          "end",
          "quit",
          "fim",
          "chega",
          "optout");
  private static final Set<String> FILLERS =
      Set.of(
          "por",
          "favor",
          "pf",
          "pfv",
          "please",
          "quero",
          "queria",
          "de",
          "me",
          "agora",
          "ja",
          "mensagens",
          "mensagem",
          "receber",
          "as",
          "essas",
          "a",
          "lista",
          "da",
          "desta");

  private StopWords() {}

  /** Whether the text is a stop word, in capitals or not, with accents or not. */
  static boolean isOne(String text) {
    String plain =
        Normalizer.normalize(text, Normalizer.Form.NFD)
            .replaceAll("\\p{M}+", "")
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^\\p{L}]+", " ")
            .strip();
    boolean found = false;
    for (String word : plain.split(" ", -1)) {
      if (WORDS.contains(word)) {
        found = true;
      } else if (!FILLERS.contains(word)) {
        return false;
      }
    }
    return found;
  }
}
