package cqloop.netty.it;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Any thread. What is logged below one name while it is open, stack traces included. */
final class CapturedLog extends Handler implements AutoCloseable {

  private final List<LogRecord> records = new CopyOnWriteArrayList<>();
  private final Logger logger;
  private final Level before;

  /**
   * @param name of the logger, empty for all
   * @param level the lowest to capture
   */
  CapturedLog(String name, Level level) {
    logger = Logger.getLogger(name);
    before = logger.getLevel();
    logger.setLevel(level);
    logger.addHandler(this);
  }

  /** Returns the lines that hold this text. */
  List<String> lines(String text) {
    return records.stream().map(LogRecord::getMessage).filter(m -> m.contains(text)).toList();
  }

  /** Returns all of it as a file would have it. */
  String text() {
    SimpleFormatter formatter = new SimpleFormatter();
    StringBuilder text = new StringBuilder();
    records.forEach(record -> text.append(formatter.format(record)));
    return text.toString();
  }

  @Override
  public void publish(LogRecord record) {
    records.add(record);
  }

  @Override
  public void flush() {
    // Records are kept, not written.
  }

  @Override
  public void close() {
    logger.removeHandler(this);
    logger.setLevel(before);
  }
}
