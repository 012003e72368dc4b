package io.github.lanewise.engine;

/**
 * Losses and their gradients. What {@link Kernels} says of all operations holds here too.
 *
 * <p>A gradient comes multiplied by {@code scale}: 1 for the sum of all losses, 1 / their number
 * for the mean.
 */
public interface Losses {

    /**
     * Takes a loss of each element, and its gradient: losses = f(x, t), dx = scale * f'(x, t).
     *
     * @param f the loss
     * @param x predictions, m x n
     * @param targets m x n
     * @param scale factor of the gradient
     * @param losses m x n, receives the losses
     * @param dx m x n, receives the gradient; may be x itself, or null for none
     */
    void pointwise(
            PointwiseLoss f, Matrix x, Matrix targets, float scale, Matrix losses, Matrix dx);

    /**
     * Multiplies by weights: y[i][j] = weights[i][j] * y[i][j], 0 where the weight is 0, whatever
     * y[i][j].
     *
     * @param weights m x n, or 1 x n for the same in each row
     * @param y m x n
     */
    void weigh(Matrix weights, Matrix y);

    /**
     * Turns labels into rows of targets, with w the class weights: targets[i][j] = w[j] *
     * labelSmoothing / classes, and where j is the label w[j] * (labelSmoothing / classes + (1 -
     * labelSmoothing)). A row whose label is ignored becomes 0.
     *
     * @param rule smoothing, class weights, and the ignored label
     * @param labels at least m class numbers
     * @param targets m x classes, receives the rows
     * @param weights 1 x m, receives w[label], or 0 for an ignored label
     */
    void classTargets(ClassTargets rule, int[] labels, Matrix targets, Matrix weights);

    /**
     * Smooths and weighs rows of probabilities: targets[i][j] = w[j] * fma(1 - labelSmoothing,
     * probabilities[i][j], labelSmoothing / classes).
     *
     * @param rule smoothing and class weights
     * @param probabilities m x classes
     * @param targets m x classes, receives the rows; may be probabilities itself
     */
    void classTargets(ClassTargets rule, Matrix probabilities, Matrix targets);

    /**
     * Takes the multi-class hinge loss of each row, and its gradient. With z[j] = (margin -
     * x[label]) + x[j], h[j] = 0 for the label and where z[j] &lt;= 0, else z[j] or its square:
     * losses[i] = w[label] / n * (wide sum of h), 0 if w[label] is 0; dx[j] = c, or 2 c z[j] for
     * the square, where h[j] counts, with c = scale * (w[label] / n), 0 if c is; dx[label] = minus
     * the wide sum of the others. Sums are as in {@link Kernels#sum} and, of squares, {@link
     * Kernels#dot}.
     *
     * @param squared whether the square is taken
     * @param margin by how much the label's score must lead
     * @param classWeights 1 x n, or null for 1
     * @param x scores, m x n
     * @param labels at least m class numbers
     * @param scale factor of the gradient
     * @param losses 1 x m
     * @param dx m x n
     */
    void multiMargin(
            boolean squared,
            float margin,
            Matrix classWeights,
            Matrix x,
            int[] labels,
            float scale,
            Matrix losses,
            Matrix dx);

    /**
     * Takes the cosine embedding loss of each pair of rows, and its gradients. With dots as in
     * {@link Kernels#dot}, c = x.y / (sqrt(x.x + 1e-12) sqrt(y.y + 1e-12)): losses[i] = 1 - c if
     * the sign is 1, else max(c - margin, 0). All is in double but the results.
     *
     * @param x m x n
     * @param y m x n
     * @param signs at least m numbers 1 or -1; null for all 1
     * @param margin the cosine that unlike rows may have
     * @param scale factor of the gradients
     * @param losses 1 x m
     * @param dx m x n, receives the gradient with respect to x
     * @param dy m x n, receives the gradient with respect to y
     */
    void cosine(
            Matrix x,
            Matrix y,
            int[] signs,
            float margin,
            float scale,
            Matrix losses,
            Matrix dx,
            Matrix dy);

    /**
     * Takes the triplet margin loss of the rows of three equal blocks of columns, and its gradient:
     * losses[i] = max(margin + |a - p + eps| - |a - n + eps|, 0), with eps added to each element,
     * |.| the root of a dot product as in {@link Kernels#dot}, rounded to float.
     *
     * @param x m x 3n: anchor a, positive p, negative n side by side
     * @param margin by how much the negative must be further away
     * @param eps keeps the distance from 0
     * @param scale factor of the gradient
     * @param losses 1 x m
     * @param dx m x 3n, receives the gradient
     */
    void tripletMargin(Matrix x, float margin, float eps, float scale, Matrix losses, Matrix dx);
}
