package io.github.lanewise.tabular;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

class ResultSetTest {

    private static final String ROWS =
            """
            select x as id, cast(x / 4.0 as decimal(10, 2)) as price, mod(x, 3) = 0 as paid,
              case when mod(x, 5) = 0 then null else 'town ' || mod(x, 4) end as town,
              dateadd(day, x, date '2024-01-01') as sold,
              dateadd(hour, x, timestamp '2024-01-01 00:00:00') as moment,
              nullif(mod(x, 7), 0) as part
            from system_range(1, %d)\
            """;

    private static Table read(String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            return Table.of(rows);
        }
    }

    @Test
    void columnsHaveTheTypesOfTheDatabase() throws SQLException {
        Table table = read(ROWS.formatted(20));
        assertEquals(20, table.rows());
        assertInstanceOf(NumberColumn.class, table.column("ID"));
        assertEquals(1.25, table.column("PRICE").number(4));
        assertEquals("true", table.column("PAID").text(2));
        assertTrue(table.column("TOWN").isMissing(4));
        assertEquals("2024-01-03", table.column("SOLD").text(1));
        assertEquals("2024-01-01T02:00", table.column("MOMENT").text(1));
        assertTrue(table.column("PART").isMissing(6));
        assertEquals(1, table.column("PART").number(7));
    }

    @Test
    void manyRowsTakeFewBytes() throws SQLException {
        Table table = read(ROWS.formatted(150_000));
        assertEquals(150_000, table.rows());
        assertEquals(37_500, table.column("PRICE").number(149_999));
        assertTrue(table.column("ID").bytes() <= 4 * 150_000);
        assertTrue(table.column("PART").bytes() == 150_000);
    }

    @Test
    void rowsOfAQueryArePredictedOneByOne() throws SQLException {
        Table table = read(ROWS.formatted(200));
        TabularModel model =
                Tabular.target("PAID").drop("SOLD", "MOMENT").epochs(2).fit(table).model();
        Predictions all = model.predict(table);
        try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(ROWS.formatted(200))) {
            List<Prediction> predictions = model.predict(rows).toList();
            assertEquals(200, predictions.size());
            for (int i = 0; i < 200; i++) {
                assertEquals(
                        all.probabilities()[i][1], predictions.get(i).probabilities().get("true"));
            }
        }
    }

    @Test
    void emptyQueriesAreRefused() {
        assertEquals(
                "Table: the query has no rows; there is nothing to learn from",
                assertThrows(IllegalArgumentException.class, () -> read(ROWS.formatted(0)))
                        .getMessage());
    }
}
