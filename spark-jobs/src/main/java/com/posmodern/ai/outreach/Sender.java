package com.posmodern.ai.outreach;

import com.posmodern.ai.config.Campaign.Channel;
import com.posmodern.ai.lake.StorageErrors;
import com.posmodern.ai.outreach.Attempt.State;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/**
 * Sends a batch: the channels beside each other, each with a bounded number of messages on their
 * way. Before a group of messages leaves the journal has its intent, and after it the outcomes.
 *
 * <p>A group is as many messages as may be in flight divided by {@value #GROUPS}: while one waits
 * for the journal, others are on their way.
 */
final class Sender implements AutoCloseable {
  private static final int GROUPS = 4;

  private final Journal journal;
  private final Map<Channel, Requests> channels;
  private final String runId;
  private final int inFlight;
  private final ExecutorService requests = Executors.newCachedThreadPool();
  private int groups;

  Sender(Journal journal, Map<Channel, Requests> channels, String runId, int inFlight) {
    this.journal = journal;
    this.channels = new EnumMap<>(channels);
    this.runId = runId;
    this.inFlight = inFlight;
  }

  /**
   * Sends the messages, until the gate shuts.
   *
   * @return what became of each that was attempted
   * @throws com.posmodern.ai.error.PosException infrastructure when the journal cannot be written;
   *     what was attempted without an outcome is then in doubt
   */
  List<Attempt> send(List<DueMessage> batch, SendGate gate) {
    Map<Channel, List<DueMessage>> byChannel = new EnumMap<>(Channel.class);
    batch.forEach(
        message ->
            byChannel
                .computeIfAbsent(message.envelope().channel(), any -> new ArrayList<>())
                .add(message));
    List<Future<List<Attempt>>> channelsDone = new ArrayList<>();
    byChannel.forEach(
        (channel, messages) ->
            channelsDone.add(requests.submit(() -> send(channel, messages, gate))));
    List<Attempt> outcomes = new ArrayList<>();
    channelsDone.forEach(done -> outcomes.addAll(result(done)));
    return outcomes;
  }

  private List<Attempt> send(Channel channel, List<DueMessage> messages, SendGate gate)
      throws IOException {
    Requests provider = channels.get(channel);
    int size = Math.max(1, inFlight / GROUPS);
    Semaphore room = new Semaphore(Math.min(GROUPS, inFlight));
    List<Future<List<Attempt>>> groupsDone = new ArrayList<>();
    for (int from = 0; from < messages.size(); from += size) {
      room.acquireUninterruptibly();
      if (gate.isShut()) {
        break;
      }
      List<DueMessage> group =
          messages.subList(from, Math.min(from + size, messages.size())).stream()
              .filter(provider::isInTime)
              .toList();
      if (group.isEmpty()) {
        room.release();
        continue;
      }
      String name = "%s-%s-%06d".formatted(runId, channel, number());
      groupsDone.add(
          requests.submit(
              () -> {
                try {
                  return sendGroup(name, provider, group, gate);
                } finally {
                  room.release();
                }
              }));
    }
    List<Attempt> outcomes = new ArrayList<>();
    groupsDone.forEach(done -> outcomes.addAll(result(done)));
    return outcomes;
  }

  private synchronized int number() {
    groups++;
    return groups;
  }

  private List<Attempt> sendGroup(
      String name, Requests channel, List<DueMessage> group, SendGate gate) throws IOException {
    journal.intend(
        name,
        group.stream()
            .map(DueMessage::attempt)
            .map(
                attempt ->
                    attempt.became(
                        State.INTENDED, channel.provider(), Optional.empty(), "", attempt.at()))
            .toList());
    List<Future<Attempt>> sent = new ArrayList<>();
    for (DueMessage message : group) {
      sent.add(requests.submit(() -> channel.send(message, gate)));
    }
    List<Attempt> outcomes = new ArrayList<>();
    sent.forEach(done -> outcomes.add(result(done)));
    journal.record(name, outcomes);
    return outcomes;
  }

  private static <T> T result(Future<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw StorageErrors.explain(e.getCause(), "sending messages");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while messages were sent", e);
    }
  }

  @Override
  public void close() {
    requests.shutdownNow();
  }
}
