package com.posmodern.ai.testing;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/** Everything that is printed or logged, at level INFO and above, until it is closed. */
public final class Overheard implements AutoCloseable {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream formerOut = System.out;
  private final PrintStream formerErr = System.err;
  private final Logger root = (Logger) LogManager.getRootLogger();
  private final Level formerLevel = root.getLevel();
  private final Appender appender = new Appender();

  public Overheard() {
    PrintStream both = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    System.setOut(both);
    System.setErr(both);
    appender.start();
    root.addAppender(appender);
    root.setLevel(Level.INFO);
  }

  /** Adds a failure with all of its causes, as a program that prints it would. */
  public void failed(Throwable failure) {
    add(stackTrace(failure));
  }

  public void add(String text) {
    bytes.writeBytes((text + "\n").getBytes(StandardCharsets.UTF_8));
  }

  public String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static String stackTrace(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  @Override
  public void close() {
    root.removeAppender(appender);
    root.setLevel(formerLevel);
    System.setOut(formerOut);
    System.setErr(formerErr);
  }

  private final class Appender extends AbstractAppender {
    Appender() {
      super("overheard", null, null, true, Property.EMPTY_ARRAY);
    }

    @Override
    public void append(LogEvent event) {
      add(event.getMessage().getFormattedMessage());
      if (event.getThrown() != null) {
        add(stackTrace(event.getThrown()));
      }
    }
  }
}
