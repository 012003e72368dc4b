package io.github.lanewise.tabular;

/** What is predicted. */
public enum Task {
    /** One of two classes. */
    BINARY,
    /** One of three classes or more. */
    MULTICLASS,
    /** A number. */
    REGRESSION;

    /** Returns whether classes are predicted. */
    public boolean isClassification() {
        return this != REGRESSION;
    }
}
