package io.github.lanewise.tabular;

/** Says what is wrong with the quotes of a row at which the parser gave up. */
final class CsvQuotes {

    private static final String ADVICE = "double quotes that are part of a text: \"\"";

    private CsvQuotes() {}

    /**
     * Returns the problem; null if it is another one.
     *
     * @param failure of the parser
     * @param row that it was reading, with the fields that were complete
     */
    static String problem(RuntimeException failure, CsvRow row) {
        String message = String.valueOf(failure.getMessage());
        // the parser has no other way to tell them apart; without its end a field fills the buffer
        if (message.startsWith("Unclosed quoted field")
                || message.startsWith("The maximum buffer size")) {
            return Message.of(
                    "the quote that begins field %d in line %d never closes; close it, or %s",
                    row.count() + 1, row.nextLine(), ADVICE);
        }
        return message.startsWith("Unexpected character after closing quote")
                ? Message.of(
                        "field %d in line %d goes on after its closing quote; %s",
                        row.count() + 1, row.nextLine(), ADVICE)
                : null;
    }
}
