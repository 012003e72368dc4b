package io.github.lanewise.tabular;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;

/** A million rows of a query in a JVM of 256 MB, beside the database that makes them. */
class MillionRowsTest {

    private static final String QUERY =
            """
            select x as id, cast(mod(x * 7919, 100003) / 8.0 as decimal(10, 3)) as price,
              mod(x, 3) = 0 as paid, 'town ' || mod(x, 40) as town,
              dateadd(day, mod(x, 3000), date '2020-01-01') as sold,
              nullif(mod(x, 7), 0) as part, sqrt(x) as root
            from system_range(1, 1000000)\
            """;

    @Test
    @Timeout(300)
    void queryOfAMillionRowsFitsInto256Megabytes() throws Exception {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx256m",
                                "-XX:+UseSerialGC",
                                "-classpath",
                                System.getProperty("java.class.path")
                                        + File.pathSeparator
                                        + System.getProperty("jdk.module.path", ""),
                                Reader.class.getName())
                        .redirectErrorStream(true)
                        .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals("1000000 rows, 7 columns", output.strip());
        assertEquals(0, process.waitFor());
    }

    /** Reads the query; the program of the small JVM. */
    static final class Reader {
        private Reader() {}

        /** Prints what was read. */
        public static void main(String[] arguments) throws Exception {
            try (Connection connection =
                            DriverManager.getConnection("jdbc:h2:mem:;LAZY_QUERY_EXECUTION=1");
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(QUERY)) {
                Table table = Table.of(rows);
                List<Column> columns = table.columns();
                System.out.println(table.rows() + " rows, " + columns.size() + " columns");
            }
        }
    }
}
