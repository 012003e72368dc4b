/**
 * Recurrent layers over sequences: RNN, LSTM, GRU, in one direction or both.
 *
 * <p>Read {@link io.github.lanewise.nn.recurrent.LSTM} first, then {@link
 * io.github.lanewise.nn.recurrent.Recurrent}.
 */
package io.github.lanewise.nn.recurrent;
