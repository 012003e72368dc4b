/**
 * Models from and to ONNX files, the exchange format of neural networks.
 *
 * <p>{@link io.github.lanewise.onnx.OnnxFile} reads and writes a file as plain records; they are
 * what the file says and nothing else.
 */
package io.github.lanewise.onnx;
