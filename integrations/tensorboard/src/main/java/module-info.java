/** Event files for TensorBoard, by a callback or one value after the other. */
// protobuf-java has no module descriptor; its manifest names the module.
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"})
module io.github.lanewise.tensorboard {
    requires transitive io.github.lanewise.nn;
    requires transitive java.desktop;
    requires com.google.protobuf;

    exports io.github.lanewise.tensorboard;
}
