package io.github.lanewise.examples;

import static io.github.lanewise.examples.Text.text;

import io.github.lanewise.tabular.Table;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** Reads a table from a database. */
final class QueryTable {

    private static final int FETCHED = 1000;

    private QueryTable() {}

    /**
     * Runs a query; user and password come from the environment, LANEWISE_JDBC_USER and
     * LANEWISE_JDBC_PASSWORD, where they are not in the URL.
     */
    static Table read(String url, String query) throws IOException {
        Properties login = new Properties();
        add(login, "user", "LANEWISE_JDBC_USER");
        add(login, "password", "LANEWISE_JDBC_PASSWORD");
        try (Connection connection = DriverManager.getConnection(url, login)) {
            // PostgreSQL, among others, holds all rows in memory unless in a transaction.
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.setFetchSize(FETCHED);
                try (ResultSet rows = statement.executeQuery(query)) {
                    return TableWork.need("the table", () -> of(rows));
                }
            }
        } catch (SQLException e) {
            boolean driver =
                    "08001".equals(e.getSQLState()) && DriverManager.drivers().count() == 0;
            throw new BadInput(
                    text(
                            "--jdbc: %s%s",
                            e.getMessage().replace(url, "the URL"),
                            driver ? "; put the jar of its driver into examples/target/lib" : ""),
                    e);
        }
    }

    private static Table of(ResultSet rows) throws IOException {
        try {
            return Table.of(rows);
        } catch (SQLException e) {
            throw new BadInput(text("--query: %s", e.getMessage()), e);
        }
    }

    private static void add(Properties login, String name, String variable) {
        String value = System.getenv(variable);
        if (value != null) {
            login.setProperty(name, value);
        }
    }
}
