package com.posmodern.ai.testing;

import com.posmodern.ai.config.Settings;
import com.posmodern.ai.job.Jobs;
import com.posmodern.ai.job.intake.SampleCommand;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.night.JobReport;
import com.posmodern.ai.night.JobRunner;
import com.posmodern.ai.night.NightPlan;
import com.posmodern.ai.night.Nightly;
import com.posmodern.ai.night.Progress;
import com.posmodern.ai.night.Run;
import com.posmodern.ai.privacy.PseudonymKey;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileUtil;

/** Nights of the shipped plan in this process, with the test's settings. */
public final class Nights {
  private static final Settings SETTINGS = TestSettings.read();

  private Nights() {}

  public static void sample(Lake lake) {
    new SampleCommand().make(lake, SETTINGS.sample(), progress());
  }

  /** The sample of another lake: to make it again takes longer, and much longer on S3. */
  public static void copySources(Lake from, Lake to) throws IOException {
    Configuration conf = from.spark().sessionState().newHadoopConf();
    org.apache.hadoop.fs.Path source = new org.apache.hadoop.fs.Path(from.root(), "source");
    org.apache.hadoop.fs.Path target = new org.apache.hadoop.fs.Path(to.root(), "source");
    boolean moved = false;
    FileUtil.copy(
        source.getFileSystem(conf), source, target.getFileSystem(conf), target, moved, conf);
  }

  /**
   * Runs jobs of the plan, two at a time.
   *
   * @param only their names; none for all
   */
  public static List<JobReport> run(Lake lake, LocalDate asOf, String... only) {
    return run(lake, SETTINGS, asOf, only);
  }

  /** As {@link #run(Lake, LocalDate, String...)}, with other settings. */
  public static List<JobReport> run(Lake lake, Settings settings, LocalDate asOf, String... only) {
    NightPlan plan =
        NightPlan.read(
            Path.of(System.getProperty("repository.root"), "conf", "nightly.yaml"),
            Jobs.catalogue());
    Run run =
        new Run("run-" + System.nanoTime(), asOf, settings, PseudonymKey.ofEnvironment(), "test");
    Clock clock = Clock.systemUTC();
    return new Nightly(plan, new JobRunner(run, lake, progress(), clock), clock, 2)
        .run(plan.select(List.of(only), ""));
  }

  private static Progress progress() {
    return new Progress(System.out, Clock.systemUTC());
  }
}
