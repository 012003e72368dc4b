package io.github.lanewise.examples;

import static io.github.lanewise.examples.Text.text;

import io.github.lanewise.tabular.Measures;
import io.github.lanewise.tabular.Task;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a measure must be, such as {@code auc>=0.8}. */
record Requirement(String measure, String relation, double bound) {

    private static final Pattern FORM =
            Pattern.compile("\\s*(\\w+)\\s*(>=|<=|>|<)\\s*([-+.0-9eE]+)\\s*");

    private static final List<String> MEASURES =
            Stream.of(Task.BINARY, Task.REGRESSION)
                    .flatMap(task -> Measures.names(task).stream())
                    .toList();

    /** Reads what {@code --require} says. */
    static Requirement parse(String given) {
        Matcher form = FORM.matcher(given);
        boolean fits = form.matches() && MEASURES.contains(form.group(1));
        BadInput.require(
                fits,
                "--require",
                given,
                "such as auc>=0.8, of one of " + String.join(", ", MEASURES));
        try {
            return new Requirement(form.group(1), form.group(2), Double.parseDouble(form.group(3)));
        } catch (NumberFormatException e) {
            throw new BadInput(text("--require: is %s; %s is no number", given, form.group(3)), e);
        }
    }

    /** Refuses a measure that a task does not have. */
    void check(Task task) {
        BadInput.require(
                Measures.names(task).contains(measure),
                "--require",
                this,
                "of a measure of this task: " + String.join(", ", Measures.names(task)));
    }

    /** Returns whether a model meets it; a measure that is not defined does not. */
    boolean isMetBy(Measures measures) {
        double value = measures.get(measure);
        return switch (relation) {
            case ">=" -> value >= bound;
            case "<=" -> value <= bound;
            case ">" -> value > bound;
            default -> value < bound;
        };
    }

    @Override
    public String toString() {
        return measure + relation + bound;
    }
}
