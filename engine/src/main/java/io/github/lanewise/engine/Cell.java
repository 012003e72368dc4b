package io.github.lanewise.engine;

/**
 * The gates of one time step of a recurrent layer, forward or backward, with all its operands.
 *
 * <p>Every matrix has a row for each of m samples; h is the number of hidden units. Where a matrix
 * holds several gates they stand side by side, h columns each, in the order given. s(x) = 1 / (1 +
 * exp(-x)); tanh is within 2 ulp. {@code fma(a, b, c)} is a * b + c rounded once; every other
 * operation rounds on its own, in the order written.
 */
public sealed interface Cell {

    /** Returns the matrix from which m and h are read: m x h. */
    Matrix shape();

    /**
     * Long short-term memory (Hochreiter and Schmidhuber, 1997; gates i, f, g, o in PyTorch's
     * order).
     *
     * <pre>
     * i = s(i), f = s(f), g = tanh(g), o = s(o)                    in place
     * cellState = fma(f, lastCellState, i * g)
     * tanhCellState = tanh(cellState)
     * hidden = o * tanhCellState
     * </pre>
     *
     * @param gates m x 4h, the pre-activations; receives the gates, saved for the gradient
     * @param lastCellState m x h, the cell state before the step
     * @param cellState m x h, receives the cell state after it
     * @param tanhCellState m x h, saved for the gradient
     * @param hidden m x h, receives the hidden state
     */
    record Lstm(
            Matrix gates,
            Matrix lastCellState,
            Matrix cellState,
            Matrix tanhCellState,
            Matrix hidden)
            implements Cell {
        @Override
        public Matrix shape() {
            return hidden;
        }
    }

    /**
     * Backpropagates through {@link Lstm}.
     *
     * <pre>
     * d = fma(dHidden * o, fma(-tanhCellState, tanhCellState, 1), dCellState)
     * di = d * g * (i * (1 - i))
     * df = d * lastCellState * (f * (1 - f))
     * dg = d * i * fma(-g, g, 1)
     * do = dHidden * tanhCellState * (o * (1 - o))
     * dCellState = d * f
     * </pre>
     *
     * @param step the forward step
     * @param dHidden m x h, the whole gradient with respect to the hidden state
     * @param dCellState m x h, the gradient with respect to the cell state after the step; receives
     *     that before it
     * @param dGates m x 4h, receives the gradient with respect to the pre-activations
     */
    record LstmGradient(Lstm step, Matrix dHidden, Matrix dCellState, Matrix dGates)
            implements Cell {
        @Override
        public Matrix shape() {
            return dHidden;
        }
    }

    /**
     * Gated recurrent unit (Cho et al., 2014; gates r, z, n in PyTorch's order, which multiplies r
     * with the recurrent sum, bias included).
     *
     * <pre>
     * r = s(r + recurrent r), z = s(z + recurrent z)               in place
     * n = tanh(fma(r, recurrent n, n))                             in place
     * hidden = fma(z, lastHidden - n, n)
     * </pre>
     *
     * @param gates m x 3h, the pre-activations from the inputs; receives the gates, saved for the
     *     gradient
     * @param recurrent m x 3h, the pre-activations from the hidden state; saved for the gradient
     * @param lastHidden m x h, the hidden state before the step
     * @param hidden m x h, receives the hidden state
     */
    record Gru(Matrix gates, Matrix recurrent, Matrix lastHidden, Matrix hidden) implements Cell {
        @Override
        public Matrix shape() {
            return hidden;
        }
    }

    /**
     * Backpropagates through {@link Gru}.
     *
     * <pre>
     * dn = dHidden * (1 - z) * fma(-n, n, 1)
     * dr = dn * recurrent n * (r * (1 - r))
     * dz = dHidden * (lastHidden - n) * (z * (1 - z))
     * dGates = dr, dz, dn
     * dRecurrent = dr, dz, dn * r
     * dLastHidden = fma(dHidden, z, dLastHidden)
     * </pre>
     *
     * @param step the forward step
     * @param dHidden m x h, the whole gradient with respect to the hidden state
     * @param dGates m x 3h, receives the gradient with respect to the pre-activations from the
     *     inputs
     * @param dRecurrent m x 3h, receives the gradient with respect to those from the hidden state
     * @param dLastHidden m x h, the direct part of the gradient before the step is added to it
     */
    record GruGradient(
            Gru step, Matrix dHidden, Matrix dGates, Matrix dRecurrent, Matrix dLastHidden)
            implements Cell {
        @Override
        public Matrix shape() {
            return dHidden;
        }
    }

    /**
     * A plain recurrent unit (Elman, 1990): hidden = tanh(hidden), or 0 where hidden &lt;= 0 if
     * {@code relu}.
     *
     * @param relu whether it is the rectifier
     * @param hidden m x h, the pre-activations; receives the hidden state
     */
    record Rnn(boolean relu, Matrix hidden) implements Cell {
        @Override
        public Matrix shape() {
            return hidden;
        }
    }

    /**
     * Backpropagates through {@link Rnn}: dPreActivations = dHidden * fma(-hidden, hidden, 1), or
     * for the rectifier 0 where hidden &lt;= 0, else dHidden.
     *
     * @param step the forward step
     * @param dHidden m x h, the whole gradient with respect to the hidden state
     * @param dPreActivations m x h, receives the gradient with respect to the pre-activations
     */
    record RnnGradient(Rnn step, Matrix dHidden, Matrix dPreActivations) implements Cell {
        @Override
        public Matrix shape() {
            return dHidden;
        }
    }
}
