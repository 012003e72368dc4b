/**
 * Layers for rows of features: linear, embeddings, dropout, activations, and changes of shape.
 *
 * <p>Read {@link io.github.lanewise.nn.layer.Linear} first.
 */
package io.github.lanewise.nn.layer;
