/** Models from and to ONNX files. */
@SuppressWarnings("requires-automatic")
module io.github.lanewise.onnx {
    requires transitive io.github.lanewise.nn;
    requires com.google.protobuf;

    exports io.github.lanewise.onnx;
    exports io.github.lanewise.onnx.export;
}
