package io.github.lanewise.serve;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** Tells Flight Recorder of the computation of one request. */
@Name("io.github.lanewise.Prediction")
@Label("Prediction")
@Description("The computation of one request to a model")
@Category("Lanewise")
@StackTrace(false)
final class PredictionEvent extends Event {

    @Label("Model")
    String model;

    @Label("Rows")
    int rows;
}
