package com.posmodern.ai.outreach;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.posmodern.ai.config.Campaign.Channel;
import com.posmodern.ai.config.OutreachSettings.Mode;
import com.posmodern.ai.lake.NewFile;
import com.posmodern.ai.outreach.Attempt.State;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is about to be sent, and what became of it, between two commits of the outbox: small files
 * below the lake, each written once and whole.
 *
 * <p>A commit of a Delta table takes up to a second, too long for one per message; and one per
 * batch would leave a whole batch in doubt after a crash. So an {@code intent} file names the few
 * messages of a channel that are about to leave, and an {@code outcome} file of the same name says
 * what became of them. A group without outcomes was interrupted: its messages are in doubt. The
 * outbox takes the files over with a batch, by their names, so that a crash in between neither
 * loses nor doubles one.
 */
class Journal {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String INTENT = ".intent";
  private static final String OUTCOME = ".outcome";

  private final NewFile files;

  Journal(NewFile files) {
    this.files = files;
  }

  /** Names of the groups of which the outbox has not yet taken over everything. */
  List<String> groups() throws IOException {
    return files.names().stream()
        .filter(name -> name.endsWith(INTENT))
        .map(name -> name.substring(0, name.length() - INTENT.length()))
        .sorted()
        .toList();
  }

  /**
   * Stores durably what is about to be sent.
   *
   * @throws IOException when it is not stored; nothing may be sent then
   */
  void intend(String group, List<Attempt> attempts) throws IOException {
    files.create(group + INTENT, text(attempts));
  }

  void record(String group, List<Attempt> outcomes) throws IOException {
    files.create(group + OUTCOME, text(outcomes));
  }

  /**
   * The attempts of a group, each with its outcome; those without one are in doubt since they were
   * about to be sent.
   */
  Collection<Attempt> read(String group) throws IOException {
    Map<String, Attempt> attempts = new LinkedHashMap<>();
    for (Attempt intended : attempts(files.read(group + INTENT).orElse(""))) {
      attempts.put(
          intended.key(),
          intended.became(
              State.IN_DOUBT,
              intended.provider(),
              java.util.Optional.empty(),
              "interrupted before an answer was recorded",
              intended.at()));
    }
    for (Attempt outcome : attempts(files.read(group + OUTCOME).orElse(""))) {
      attempts.put(outcome.key(), outcome);
    }
    return attempts.values();
  }

  /** Forgets a group that the outbox has. */
  void forget(String group) throws IOException {
    files.delete(group + INTENT);
    files.delete(group + OUTCOME);
  }

  private static String text(List<Attempt> attempts) {
    StringBuilder text = new StringBuilder();
    for (Attempt attempt : attempts) {
      ObjectNode line = JSON.createObjectNode();
      line.put("as_of", attempt.asOf().toString())
          .put("campaign", attempt.campaignId())
          .put("customer", attempt.customerId())
          .put("step", attempt.step())
          .put("mode", attempt.mode().name())
          .put("attempt", attempt.number())
          .put("reference", attempt.reference())
          .put("arm", attempt.arm())
          .put("channel", attempt.channel().name())
          .put("provider", attempt.provider())
          .put("state", attempt.state().name())
          .put("provider_id", attempt.providerId())
          .put("reason", attempt.reason())
          .put("legal_basis", attempt.legalBasis())
          .put("at", attempt.at().toString());
      text.append(line).append('\n');
    }
    return text.toString();
  }

  private static List<Attempt> attempts(String text) {
    List<Attempt> attempts = new ArrayList<>();
    text.lines().forEach(line -> attempts.add(attempt(line)));
    return attempts;
  }

  private static Attempt attempt(String line) {
    JsonNode read;
    try {
      read = JSON.readTree(line);
    } catch (JsonProcessingException e) {
      // Files are whole or absent: this one was altered by somebody.
      throw new IllegalStateException("a line of the journal cannot be read", e);
    }
    return new Attempt(
        LocalDate.parse(read.get("as_of").asText()),
        read.get("campaign").asText(),
        read.get("customer").asText(),
        read.get("step").asInt(),
        Mode.valueOf(read.get("mode").asText()),
        read.get("attempt").asInt(),
        read.get("reference").asText(),
        read.get("arm").asText(),
        Channel.valueOf(read.get("channel").asText()),
        read.get("provider").asText(),
        State.valueOf(read.get("state").asText()),
        read.get("provider_id").asText(),
        read.get("reason").asText(),
        read.get("legal_basis").asText(),
        Instant.parse(read.get("at").asText()));
  }
}
