/**
 * Models as files: {@link io.github.lanewise.nn.model.ModelFile} writes a whole network into one
 * safetensors file and reads it back; {@link io.github.lanewise.nn.model.Weights} reads and writes
 * the arrays alone, PyTorch's too; {@link io.github.lanewise.nn.model.LayerTypes} is the list of
 * the layers that a file may name.
 *
 * <p>Read {@code ModelFile} first. A file is data, never code: nothing in it names a class.
 */
package io.github.lanewise.nn.model;
