package io.github.lanewise.nn.attention;

/** What an attention computes between its projections: contexts from queries, keys and values. */
interface AttentionCore {

    /** Computes the contexts. */
    void forward();

    /** Computes the gradients of queries, keys and values from those of the contexts. */
    void backward();
}
