package io.github.lanewise.tabular;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The numbers of text files: an optional sign, digits with at most one point, an optional exponent.
 *
 * <p>Nothing else that {@link Double#parseDouble} takes is one: no NaN, no Infinity, no hexadecimal
 * digits, no letter after it. A zero before other digits (007) marks a code, such as a postcode.
 */
final class Numbers {

    private static final Pattern GROUPED =
            Pattern.compile("[-+]?[1-9]\\d{0,2}(\\.\\d{3})+(,\\d*)?");

    /** Letters, or what is written as a unit: m/s, m², °C. */
    private static final Pattern UNIT = Pattern.compile("\\h*[\\p{L}°][\\p{L}°/²³.]*$");

    /** No number with a unit is longer. */
    private static final int LONGEST = 40;

    /** Powers of ten that a double holds exactly. */
    private static final double[] TENS = new double[23];

    /** Whole numbers below this are exact in a double. */
    static final long EXACT = 1L << 53;

    /** The digits of {@link #EXACT}. */
    private static final int LONG_DIGITS = 16;

    static {
        double ten = 1;
        for (int i = 0; i < TENS.length; i++, ten *= 10) {
            TENS[i] = ten;
        }
    }

    private Numbers() {}

    /** Returns the number, or NaN if the text is none. */
    static double parse(String text) {
        char[] chars = text.toCharArray();
        return parse(chars, 0, chars.length);
    }

    /** Returns the number of a text with this decimal mark, or NaN if it is none. */
    static double parse(String text, char decimal) {
        char[] chars = text.toCharArray();
        return parse(chars, 0, chars.length, decimal);
    }

    /**
     * Returns the number of characters with this decimal mark, or NaN if they are none; beside a
     * decimal comma, points may part groups of three digits, as in 1.234,5.
     */
    static double parse(char[] chars, int from, int length, char decimal) {
        if (decimal == '.') {
            return parse(chars, from, length);
        }
        String text = new String(chars, from, length);
        return text.indexOf('.') < 0 || GROUPED.matcher(text).matches()
                ? parse(text.replace(".", "").replace(decimal, '.'))
                : Double.NaN;
    }

    /** Returns whether the whole part is a 0 before other digits. */
    static boolean leadingZero(char[] chars, int from, int length) {
        int at = from;
        if (length > 0 && (chars[at] == '-' || chars[at] == '+')) {
            at++;
        }
        return at + 1 < from + length && chars[at] == '0' && isDigit(chars[at + 1]);
    }

    /**
     * Returns whether it is a whole number from 2^53 on, all digits of which are there: others may
     * share its double.
     */
    static boolean isLong(char[] chars, int from, int length) {
        boolean sign = length > 0 && (chars[from] == '-' || chars[from] == '+');
        int first = sign ? from + 1 : from;
        int end = from + length;
        if (end - first < LONG_DIGITS) {
            return false;
        }
        for (int i = first; i < end; i++) {
            if (!isDigit(chars[i])) {
                return false;
            }
        }
        return Math.abs(parse(chars, from, length)) >= EXACT;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /**
     * Returns whether it is digits with a comma, apostrophe or blank between them, as in 1,234.5;
     * before them only a comma may stand.
     */
    private static boolean isGrouped(char[] chars, int start, int length) {
        boolean marks = false;
        int end = start + length;
        for (int i = start; i < end; i++) {
            char c = chars[i];
            boolean mark = c == ',' || c == '\'' || Character.isSpaceChar(c);
            boolean sign = i == start && (c == '-' || c == '+');
            if (!isDigit(c) && !mark && !sign && c != '.') {
                return false;
            }
            boolean before = i > start && isDigit(chars[i - 1]);
            boolean after = i + 1 < end && isDigit(chars[i + 1]);
            if (mark && !(after && (before || c == ','))) {
                return false;
            }
            marks |= mark;
        }
        return marks;
    }

    /** Returns whether it is a number between apostrophes. */
    private static boolean isQuoted(char[] chars, int start, int length) {
        return length > 2
                && chars[start] == '\''
                && chars[start + length - 1] == '\''
                && isForm(chars, start + 1, length - 2);
    }

    /** Returns whether it is a number behind a minus sign or dash of print. */
    private static boolean hasPrintedMinus(char[] chars, int start, int length) {
        return length > 1
                && "\u2212\u2013\uFE63\uFF0D".indexOf(chars[start]) >= 0
                && chars[start + 1] != '-'
                && chars[start + 1] != '+'
                && isForm(chars, start + 1, length - 1);
    }

    private static boolean isForm(char[] chars, int start, int length) {
        return !Double.isNaN(parse(chars, start, length)) || isGrouped(chars, start, length);
    }

    /** Returns whether it is a number with a currency or percent sign, as in $1,234.50 or 12 %. */
    static boolean hasUnit(char[] chars, int start, int length) {
        int from = start;
        int to = start + length;
        boolean units = false;
        for (; from < to && isUnitOrBlank(chars[from]); from++) {
            units |= isUnit(chars[from]);
        }
        for (; from < to && isUnitOrBlank(chars[to - 1]); to--) {
            units |= isUnit(chars[to - 1]);
        }
        return units && isForm(chars, from, to - from);
    }

    /** Returns the letters behind a number, as kg in 12.5 kg; null if there is no such thing. */
    static String unit(String text) {
        Matcher unit = UNIT.matcher(text);
        if (text.length() > LONGEST || !unit.find()) {
            return null;
        }
        char[] chars = text.toCharArray();
        return isForm(chars, 0, unit.start()) ? unit.group().strip() : null;
    }

    /** Returns whether it is surely no English 1,234. */
    private static boolean hasDecimalComma(String text) {
        return !Double.isNaN(parse(text, ',')) && !text.matches("[-+]?[1-9]\\d{0,2},\\d{3}");
    }

    private static boolean isUnit(char c) {
        return c == '%' || Character.getType(c) == Character.CURRENCY_SYMBOL;
    }

    private static boolean isUnitOrBlank(char c) {
        return isUnit(c) || Character.isSpaceChar(c);
    }

    /**
     * Returns how a number is to be written that stands there in another way, as the end of a
     * sentence; null if none stands there.
     */
    static String advice(char[] chars, int start, int length, char decimal) {
        if (decimal == ',' && !Double.isNaN(parse(chars, start, length))) {
            return "write numbers with a comma, as 1234,5, or leave out --decimal";
        }
        if (isGrouped(chars, start, length)) {
            String text = new String(chars, start, length);
            return (decimal == '.' && hasDecimalComma(text) ? "give --decimal ',' or " : "")
                    + "write numbers with a "
                    + (decimal == '.' ? "point" : "comma")
                    + " and nothing between thousands, as 1234"
                    + decimal
                    + '5';
        }
        if (hasPrintedMinus(chars, start, length)) {
            return "write numbers with the minus sign -, as -1234" + decimal + '5';
        }
        if (isQuoted(chars, start, length)) {
            return "write numbers without quotes, as 1234" + decimal + '5';
        }
        return hasUnit(chars, start, length)
                ? "write numbers without currency or percent signs, as 1234" + decimal + '5'
                : null;
    }

    /** Returns the number, or NaN if the characters are none. */
    static double parse(char[] chars, int from, int length) {
        int end = from + length;
        int at = from;
        boolean negative = length > 0 && chars[at] == '-';
        if (negative || length > 0 && chars[at] == '+') {
            at++;
        }
        long mantissa = 0;
        int digits = 0;
        int decimals = 0;
        boolean point = false;
        boolean exact = true;
        for (; at < end; at++) {
            char c = chars[at];
            if (c == '.' && !point) {
                point = true;
            } else if (isDigit(c)) {
                digits++;
                decimals += point ? 1 : 0;
                exact &= mantissa < EXACT / 16;
                mantissa = exact ? 10 * mantissa + (c - '0') : mantissa;
            } else {
                break;
            }
        }
        if (digits == 0) {
            return Double.NaN;
        }
        if (at < end) {
            return isExponent(chars, at, end) ? slow(chars, from, length) : Double.NaN;
        }
        if (!exact || decimals >= TENS.length) {
            return slow(chars, from, length);
        }
        // both exact, so that the quotient is the double nearest to the decimal
        double number = mantissa / TENS[decimals];
        return negative ? -number : number;
    }

    private static boolean isExponent(char[] chars, int at, int end) {
        if (chars[at] != 'e' && chars[at] != 'E') {
            return false;
        }
        int digit = at + 1;
        if (digit < end && (chars[digit] == '-' || chars[digit] == '+')) {
            digit++;
        }
        // an exponent of more digits is no number that anybody measured
        if (digit == end || end - digit > 4) {
            return false;
        }
        for (; digit < end; digit++) {
            if (!isDigit(chars[digit])) {
                return false;
            }
        }
        return true;
    }

    private static double slow(char[] chars, int from, int length) {
        double number = Double.parseDouble(new String(chars, from, length));
        return Double.isInfinite(number) ? Double.NaN : number;
    }

    /** Returns the shortest decimal, without exponent or needless zeros where it is short. */
    static String text(double number) {
        if (number == Math.rint(number) && Math.abs(number) < 1e15) {
            return Long.toString((long) number);
        }
        BigDecimal decimal = BigDecimal.valueOf(number).stripTrailingZeros();
        return decimal.precision() - decimal.scale() < -6 || decimal.scale() < -15
                ? decimal.toString()
                : decimal.toPlainString();
    }
}
