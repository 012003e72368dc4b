/**
 * Models from and to ONNX files, the exchange format of neural networks.
 *
 * <p>{@link io.github.lanewise.onnx.OnnxFile} reads and writes a file as plain records; they are
 * what the file says and nothing else. {@link io.github.lanewise.onnx.OnnxImport} makes a model of
 * it that can be asked and trained on.
 */
package io.github.lanewise.onnx;
