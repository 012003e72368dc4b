/**
 * Writes models as ONNX files.
 *
 * <p>Read {@link io.github.lanewise.onnx.export.OnnxExport} first.
 */
package io.github.lanewise.onnx.export;
