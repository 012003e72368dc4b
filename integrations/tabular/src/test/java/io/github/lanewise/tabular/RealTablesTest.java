package io.github.lanewise.tabular;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Tables from outside: {@code shared/data/tables}, whose README says where they come from. Looked
 * for at the system property or environment variable {@code LANEWISE_TABLES}, else beside or above
 * the working directory.
 */
class RealTablesTest {

    private static Table read(String file) throws IOException {
        Optional<Path> folder = folder();
        assumeTrue(
                folder.isPresent(),
                "tables not found: set LANEWISE_TABLES to the folder shared/data/tables");
        return Csv.read(folder.get().resolve(file));
    }

    private static Optional<Path> folder() {
        String chosen = System.getProperty("LANEWISE_TABLES", System.getenv("LANEWISE_TABLES"));
        if (chosen != null) {
            return Optional.of(Path.of(chosen));
        }
        Path here = Path.of("").toAbsolutePath();
        return Stream.iterate(here, p -> p != null, Path::getParent)
                .map(p -> p.resolve("shared/data/tables"))
                .filter(Files::isDirectory)
                .findFirst();
    }

    @ParameterizedTest
    @CsvSource({
        "credit, Status, 3564, BINARY, 9, 4, 0",
        "hpc, class, 3465, MULTICLASS, 5, 2, 0",
        "penguins, species, 276, MULTICLASS, 4, 2, 0",
        "ames, Sale_Price, 2344, REGRESSION, 33, 40, 0",
        "chicago, ridership, 4559, REGRESSION, 45, 0, 1",
        "diamonds, price, 43152, REGRESSION, 6, 3, 0",
        "letter, lettr, 16000, MULTICLASS, 16, 0, 0"
    })
    void columnsAreWhatTheyAre(
            String name, String target, int rows, Task task, int numbers, int categories, int dates)
            throws IOException {
        Table table = read(name + ".train.csv");
        assertEquals(rows, table.rows());
        List<String> notes = new ArrayList<>();
        assertEquals(task, TargetInference.of(table.column(target), null, null, notes).task());
        Schema schema = SchemaInference.of(table, Set.of(target), new Overrides());
        assertEquals(numbers, count(schema, ColumnPlan.Kind.NUMBER), schema::toString);
        assertEquals(categories, count(schema, ColumnPlan.Kind.CATEGORY), schema::toString);
        assertEquals(dates, count(schema, ColumnPlan.Kind.DATE), schema::toString);
    }

    private static int count(Schema schema, ColumnPlan.Kind kind) {
        return (int) schema.columns().stream().filter(c -> c.kind() == kind).count();
    }

    @Test
    void penguinsAreToldApart() throws IOException {
        TabularRun run =
                Tabular.target("species")
                        .epochs(20)
                        .seed(1)
                        .test(read("penguins.test.csv"))
                        .fit(read("penguins.train.csv"));
        assertTrue(run.measures().get("accuracy") >= 0.985, run.measures()::toString);
    }
}
