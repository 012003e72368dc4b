package io.github.lanewise.tabular;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** Tells Flight Recorder of one pass over the training rows. */
@Name("io.github.lanewise.Epoch")
@Label("Epoch")
@Description("One pass over the training rows of a table")
@Category("Lanewise")
@StackTrace(false)
final class EpochEvent extends Event {

    @Label("Epoch")
    int epoch;

    @Label("Epochs")
    int epochs;

    @Label("Rows")
    int rows;

    @Label("Loss")
    double loss;

    @Label("Validation")
    @Description("The measure on the validation rows; not a number where there are none")
    double validation;
}
