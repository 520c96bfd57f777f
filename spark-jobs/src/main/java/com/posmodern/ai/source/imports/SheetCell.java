package com.posmodern.ai.source.imports;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ExcelReaderException;

/**
 * A cell of a workbook: its value as text, and what the workbook says that it is.
 *
 * @param kind one of the letters below
 * @param text {@link #MOMENT} as {@link #MOMENT_PATTERN} or a time of day, numbers with a decimal
 *     point
 */
record SheetCell(char kind, String text) {
  static final char TEXT = 't';
  static final char NUMBER = 'n';
  static final char MOMENT = 'd';
  static final char BOOLEAN = 'b';
  static final char ERROR = 'e';

  /**
   * A formula whose value was never computed: programs other than spreadsheets write such files.
   */
  static final char UNCOMPUTED = 'f';

  static final SheetCell EMPTY = new SheetCell(TEXT, "");

  static final String MOMENT_PATTERN = "yyyy-MM-dd HH:mm:ss.SSS";

  /** Days of a spreadsheet end with the year 9999. */
  private static final BigDecimal DAYS = BigDecimal.valueOf(2_958_466);

  /**
   * A spreadsheet computes with this many digits; any further ones in a file are rounding noise.
   */
  private static final MathContext DIGITS = new MathContext(15);

  /** In files they are English, whatever the spreadsheet's language. */
  private static final Pattern ERRORS = Pattern.compile("#[A-Z0-9_/]+[!?]?");

  private static final DateTimeFormatter MOMENTS = DateTimeFormatter.ofPattern(MOMENT_PATTERN);
  private static final DateTimeFormatter TIMES = DateTimeFormatter.ofPattern("HH:mm:ss");

  /** Whether the program that wrote the workbook computed its formulas. */
  enum Formulas {
    COMPUTED,
    NOT_COMPUTED
  }

  /**
   * Reads a cell.
   *
   * @param cell null for none
   * @param formulas whether their values are to be trusted
   */
  static SheetCell of(Cell cell, Formulas formulas) {
    if (cell == null || cell.getType() == CellType.EMPTY) {
      return EMPTY;
    }
    boolean formula = cell.getType() == CellType.FORMULA && cell.getFormula() != null;
    if (formula && (formulas == Formulas.NOT_COMPUTED || cell.getRawValue() == null)) {
      return new SheetCell(UNCOMPUTED, "=" + cell.getFormula());
    }
    if (cell.getType() == CellType.ERROR) {
      return new SheetCell(ERROR, cell.getRawValue());
    }
    if (cell.getValue() instanceof Boolean truth) {
      return new SheetCell(BOOLEAN, truth.toString());
    }
    if (cell.getValue() instanceof BigDecimal number) {
      return CellFormat.isMoment(cell.getDataFormatId(), cell.getDataFormatString())
              && number.signum() >= 0
              && number.compareTo(DAYS) < 0
          ? moment(cell, number)
          : number(number, CellFormat.leadingZeros(cell.getDataFormatString()));
    }
    String text = cell.getValue() == null ? "" : cell.getValue().toString();
    return new SheetCell(formula && ERRORS.matcher(text).matches() ? ERROR : TEXT, text);
  }

  private static SheetCell moment(Cell cell, BigDecimal days) {
    LocalDateTime moment;
    try {
      moment = cell.asDate();
    } catch (ExcelReaderException | NumberFormatException e) {
      return number(days, 0);
    }
    // A time without a day is a day before the first.
    return days.compareTo(BigDecimal.ONE) < 0 && CellFormat.isTimeOfDay(cell.getDataFormatString())
        ? new SheetCell(MOMENT, TIMES.format(LocalTime.from(moment)))
        : new SheetCell(MOMENT, MOMENTS.format(moment));
  }

  private static SheetCell number(BigDecimal number, int leadingZeros) {
    BigDecimal plain = number.stripTrailingZeros();
    if (plain.scale() > 0) {
      plain = plain.round(DIGITS).stripTrailingZeros();
    }
    boolean huge = plain.precision() - plain.scale() > 40 || plain.scale() > 40;
    String text = huge ? plain.toString() : plain.toPlainString();
    boolean padded = plain.signum() >= 0 && plain.scale() <= 0 && text.length() < leadingZeros;
    return new SheetCell(NUMBER, padded ? "0".repeat(leadingZeros - text.length()) + text : text);
  }
}
