/** Models as an HTTP service, by the JDK's own server. */
module io.github.lanewise.serve {
    requires transitive io.github.lanewise.nn;
    requires transitive io.github.lanewise.tabular;
    requires de.siegmar.fastcsv;
    requires jdk.httpserver;
    requires jdk.jfr;

    exports io.github.lanewise.serve;
}
