package com.posmodern.ai.job.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.model.Champion;
import com.posmodern.ai.model.ModelRegistry;
import com.posmodern.ai.night.JobContext;
import java.lang.reflect.Proxy;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which version of uplift orders tonight's audiences. */
class KnownUpliftTest {
  private static final LocalDate NIGHT = LocalDate.of(2025, 6, 30);

  @Test
  void aVersionOfAnEarlierNightIsNotUsed() {
    Champion former = new Champion("uplift-20250629", NIGHT.minusDays(1), 0.1);
    ModelRegistry registry =
        answering(ModelRegistry.class, Map.of("champion", Optional.of(former)));
    JobContext context = answering(JobContext.class, Map.of("registry", registry, "asOf", NIGHT));
    // Its table is not even read: the context would fail.
    try (KnownUplift uplift = KnownUplift.of(context)) {
      assertThat(uplift.rows()).isEmpty();
    }
  }

  private static <T> T answering(Class<T> kind, Map<String, Object> answers) {
    return kind.cast(
        Proxy.newProxyInstance(
            kind.getClassLoader(),
            new Class<?>[] {kind},
            (proxy, method, arguments) -> {
              Object answer = answers.get(method.getName());
              if (answer == null) {
                throw new AssertionError("not expected: " + method.getName());
              }
              return answer;
            }));
  }
}
