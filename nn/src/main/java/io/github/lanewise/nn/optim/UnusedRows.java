package io.github.lanewise.nn.optim;

/** What a rule does to a row whose gradient is 0. */
enum UnusedRows {
    /** It changes the row or what it remembers of it. */
    CHANGED,
    /** It leaves both as they are, so that a step may pass the row over. */
    STAY,
    /** It would change them, but is defined to pass the row over. */
    BY_DEFINITION
}
