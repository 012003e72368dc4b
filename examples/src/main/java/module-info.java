/** The programs a newcomer runs. */
// XChart is the one library here without a module name; Java derives one from the name of its jar.
@SuppressWarnings("requires-automatic")
module io.github.lanewise.examples {
    requires com.fasterxml.jackson.databind;
    requires info.picocli;
    requires io.github.lanewise.nn;
    requires io.github.lanewise.onnx;
    requires io.github.lanewise.serve;
    requires io.github.lanewise.tabular;
    requires io.github.lanewise.tensorboard;
    requires java.desktop;
    requires java.management;
    requires jdk.management;
    requires xchart;

    opens io.github.lanewise.examples to
            com.fasterxml.jackson.databind,
            info.picocli;
}
