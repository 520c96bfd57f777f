package com.posmodern.ai.outreach;

import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.config.Campaign.Channel;
import com.posmodern.ai.config.OutreachSettings;
import com.posmodern.ai.config.Settings;
import com.posmodern.ai.lake.NewFile;
import com.posmodern.ai.outreach.Attempt.State;
import com.posmodern.ai.outreach.channel.Answer;
import com.posmodern.ai.outreach.channel.Channels;
import com.posmodern.ai.outreach.channel.Envelope;
import com.posmodern.ai.outreach.channel.MessageChannel;
import com.posmodern.ai.testing.TestSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A sender that is killed a hundred times, at points drawn by chance: before the intent is stored,
 * before the request, between request and record, and while the outbox takes the journal over. The
 * state is in files alone, as after a real kill.
 */
class KilledSenderTest {
  private static final int MESSAGES = 900;
  private static final int KILLS = 100;

  /** As the process dies: nothing after it is done. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  @TempDir private Path folder;

  private final AtomicBoolean dead = new AtomicBoolean();
  private final AtomicInteger untilKill = new AtomicInteger();

  private void die() {
    if (dead.get() || untilKill.decrementAndGet() <= 0) {
      dead.set(true);
      throw new Killed();
    }
  }

  /** A channel that may die before and after the request. */
  private final class Mortal implements MessageChannel {
    private final MessageChannel channel;

    Mortal(MessageChannel channel) {
      this.channel = channel;
    }

    @Override
    public String provider() {
      return channel.provider();
    }

    @Override
    public Doubt doubt() {
      return channel.doubt();
    }

    @Override
    public Answer send(Envelope message) {
      die();
      Answer answer = channel.send(message);
      die();
      return answer;
    }

    @Override
    public Answer ask(Envelope message) {
      die();
      return channel.ask(message);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = OutreachSettings.Provider.class,
      names = {"TWILIO", "WEBHOOK", "TELEGRAM"})
  void killedAHundredTimesNoMessageIsSentTwiceAndNoneIsLost(OutreachSettings.Provider provider)
      throws Exception {
    Random random = new Random(7);
    Map<String, Attempt> table = new HashMap<>(); // what the outbox's table would hold
    Set<String> groupsTaken = new HashSet<>();
    Journal journal = new Journal(new NewFile(new Configuration(), folder + "/journal"));
    int kills = 0;
    try (FakeProvider fake = new FakeProvider()) {
      OutreachSettings settings =
          fake.settings(
              Settings.read(TestSettings.file()).outreach(),
              provider == OutreachSettings.Provider.TELEGRAM
                  ? OutreachSettings.Provider.WEBHOOK
                  : provider);
      Channel channel =
          provider == OutreachSettings.Provider.TELEGRAM ? Channel.TELEGRAM : Channel.SMS;
      MessageChannel open =
          Channels.open(settings, name -> "secret", InstantSource.system()).get(channel);
      for (int run = 0; run < 100 * KILLS; run++) {
        dead.set(false);
        untilKill.set(kills < KILLS ? 1 + random.nextInt(30) : Integer.MAX_VALUE);
        try {
          takeOver(journal, table, groupsTaken);
          List<DueMessage> due = due(table, channel, open.doubt());
          if (due.isEmpty()) {
            break;
          }
          Requests requests =
              new Requests(
                  new Mortal(open),
                  1000,
                  3,
                  8,
                  Duration.ZERO,
                  Duration.ofMillis(1),
                  InstantSource.system());
          try (Sender sender =
              new Sender(mortal(journal), Map.of(channel, requests), "run" + run, 8)) {
            sender.send(due, () -> false);
          }
        } catch (Killed e) {
          kills++;
        }
      }
      takeOver(journal, table, groupsTaken);

      assertThat(kills).isEqualTo(KILLS);
      assertThat(fake.times().values()).as("how often each was sent").containsOnly(1);
      long doubtful = table.values().stream().filter(a -> a.state() == State.IN_DOUBT).count();
      long sent = table.values().stream().filter(a -> a.state() == State.SENT).count();
      assertThat(sent + doubtful).as("sent, or counted as in doubt").isEqualTo(MESSAGES);
      if (open.doubt() == MessageChannel.Doubt.STAYS) {
        assertThat(fake.delivered()).hasSizeBetween((int) sent, MESSAGES);
      } else {
        assertThat(doubtful).isZero();
        assertThat(fake.delivered()).hasSize(MESSAGES);
      }
    }
  }

  /** A journal that may die before each of its writes. */
  private Journal mortal(Journal journal) throws IOException {
    return new Journal(new NewFile(new Configuration(), folder + "/journal")) {
      @Override
      void intend(String group, List<Attempt> attempts) throws IOException {
        die();
        journal.intend(group, attempts);
        die();
      }

      @Override
      void record(String group, List<Attempt> outcomes) throws IOException {
        die();
        journal.record(group, outcomes);
        die();
      }
    };
  }

  /** As {@link Outbox#takeOver}: a commit that is atomic, then the files go one by one. */
  private void takeOver(Journal journal, Map<String, Attempt> table, Set<String> taken)
      throws IOException {
    List<Attempt> rows = new ArrayList<>();
    Set<String> groups = new HashSet<>();
    for (String group : journal.groups()) {
      if (groups.add(group) && !taken.contains(group)) {
        rows.addAll(journal.read(group));
      }
    }
    for (Attempt row : rows) {
      table.merge(row.reference(), row, (a, b) -> b.number() > a.number() ? b : a);
    }
    taken.addAll(groups);
    for (String group : groups) {
      die();
      journal.forget(group);
    }
  }

  private static List<DueMessage> due(
      Map<String, Attempt> table, Channel channel, MessageChannel.Doubt doubt) {
    return IntStream.range(0, MESSAGES)
        .filter(
            i -> {
              Attempt last = table.get("ref" + i);
              return last == null
                  || last.state() == State.DEFERRED
                  || (last.state() == State.IN_DOUBT && doubt != MessageChannel.Doubt.STAYS);
            })
        .mapToObj(i -> TestMessages.of(i, Optional.ofNullable(table.get("ref" + i)), channel))
        .toList();
  }
}
