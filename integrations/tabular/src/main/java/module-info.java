/** From a table to a trained, measured model: schema, preprocessing, recipe and measures. */
module io.github.lanewise.tabular {
    requires transitive io.github.lanewise.nn;
    requires transitive java.sql;
    requires de.siegmar.fastcsv;
    requires jdk.jfr;

    exports io.github.lanewise.tabular;
    exports io.github.lanewise.tabular.report;
}
