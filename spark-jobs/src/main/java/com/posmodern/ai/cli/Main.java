package com.posmodern.ai.cli;

import com.posmodern.ai.error.ExitCode;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.job.Jobs;
import com.posmodern.ai.night.Job;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** The only entry point. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    ExitCode code = run(arguments);
    if (code != ExitCode.OK) {
      // Only on failure: spark-submit treats a normal return from main as success.
      System.exit(code.code());
    }
  }

  static ExitCode run(String[] arguments) {
    Map<String, Job> jobs = Jobs.catalogue();
    try {
      Optional<Invocation> invocation = new CommandLine(jobs.values()).parse(arguments);
      return invocation.isEmpty()
          ? ExitCode.OK
          : new Commands(jobs, System.out, Clock.systemUTC()).run(invocation.get());
    } catch (PosException e) {
      System.err.println("error: " + e.getMessage());
      return e.exitCode();
    }
  }
}
