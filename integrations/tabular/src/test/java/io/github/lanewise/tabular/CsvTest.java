package io.github.lanewise.tabular;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

class CsvTest {

    @TempDir Path folder;

    private Path file(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("data.csv"), bytes);
    }

    private Path file(String text) throws IOException {
        return file(text.getBytes(StandardCharsets.UTF_8));
    }

    private String refusal(String text, CsvOptions options) throws IOException {
        Path path = file(text);
        return assertThrows(IOException.class, () -> Csv.read(path, options)).getMessage();
    }

    @Test
    void numbersAndTextsAreToldApart() throws IOException {
        Table table = Csv.read(file("age,town\n40, Bonn \n,Köln\n12.5,NA\n"));
        assertEquals(3, table.rows());
        NumberColumn age = assertInstanceOf(NumberColumn.class, table.column("age"));
        assertEquals(40, age.number(0));
        assertTrue(age.isMissing(1));
        assertEquals("12.5", age.text(2));
        TextColumn town = assertInstanceOf(TextColumn.class, table.column("town"));
        assertEquals(List.of("Bonn", "Köln"), town.levels());
        assertTrue(town.isMissing(2));
    }

    @Test
    void decimalCommasAreReadWhereTold() throws IOException {
        String text = "size;day;code;half\n1.234,5;31.12.2024;1,2;k.A.\n7;1.1.2025;x;0,5\n";
        Table table = Csv.read(file(text), CsvOptions.DEFAULTS.decimal(','));
        NumberColumn size = assertInstanceOf(NumberColumn.class, table.column("size"));
        assertEquals(1234.5, size.number(0));
        assertEquals(7, size.number(1));
        assertEquals("31.12.2024", table.column("day").text(0));
        assertEquals("1,2", table.column("code").text(0), "texts stay as they are");
        assertEquals(0.5, table.column("half").number(1), "what --numeric takes");
        assertEquals(',', table.source().decimal());
    }

    @Test
    void pointsInAFileOfDecimalCommasAreNamed() throws IOException {
        String text = "a;b\n12.5;1\n3;2\n";
        Table table = Csv.read(file(text), CsvOptions.DEFAULTS.decimal(','));
        assertInstanceOf(TextColumn.class, table.column("a"));
        assertEquals(
                List.of(
                        "a: '12.5' in line 2 may be a number written in another way: a category;"
                                + " write numbers with a comma, as 1234,5, or leave out --decimal"),
                table.notes());
    }

    @Test
    void separatorsAreFound() throws IOException {
        for (char separator : new char[] {',', ';', '\t', '|'}) {
            String text = "a,b,c\n1,\"x,y;z\",3\n4,\"p|q\",6\n".replace(',', separator);
            Table table = Csv.read(file(text.replace("x" + separator, "x,")));
            assertEquals(3, table.columns().size(), "separator " + separator);
            assertEquals(6, table.column("c").number(1));
        }
        assertEquals(1, Csv.read(file("alone\n1\n2\n")).columns().size());
    }

    /** Excel writes and reads such a line. */
    @Test
    void aFirstLineMayNameTheSeparator() throws IOException {
        Table table = Csv.read(file("sep=#\r\na#b\r\n1#2,5\r\n"));
        assertEquals(List.of("a", "b"), table.columns().stream().map(Column::name).toList());
        assertEquals("2,5", table.column("b").text(0));
        assertTrue(refusal("sep=;\na;b\n1\n", CsvOptions.DEFAULTS).contains("line 3 has 1"));
        assertTrue(refusal("sep=\"\na,b\n1,2\n", CsvOptions.DEFAULTS).startsWith("csv: data.csv"));
    }

    @Test
    void quotesHoldSeparatorsLinesAndQuotes() throws IOException {
        Table table = Csv.read(file("a,b\r\n\"x, \"\"y\"\"\nz\",1\r\nw,2\r\n"));
        assertEquals("x, \"y\"\nz", table.column("a").text(0));
        assertEquals(2, table.rows());
    }

    @Test
    void marksOfEncodingsAreUnderstood() throws IOException {
        String text = "é,b\n1,2\n3,4\n";
        byte[] utf8 = ("\uFEFF" + text).getBytes(StandardCharsets.UTF_8);
        assertEquals("é", Csv.read(file(utf8)).columns().getFirst().name());
        byte[] utf16 = ("\uFEFF" + text).getBytes(StandardCharsets.UTF_16LE);
        assertEquals("é", Csv.read(file(utf16)).columns().getFirst().name());
    }

    @Test
    void otherEncodingsAreRefusedAndTold() throws IOException {
        byte[] bytes = "a,b\n1,x\n2,é\n".getBytes(StandardCharsets.ISO_8859_1);
        Path path = file(bytes);
        IOException e = assertThrows(IOException.class, () -> Csv.read(path));
        assertEquals(
                "csv: data.csv is no UTF-8: byte 0xE9 at offset 10, line 3; name its encoding, for"
                        + " example --encoding windows-1252",
                e.getMessage());
        CsvOptions latin = CsvOptions.DEFAULTS.encoding(Charset.forName("windows-1252"));
        assertEquals("é", Csv.read(path, latin).column("b").text(1));
    }

    @Test
    void filesThatAreNoTextAreCalledWhatTheyAre() throws IOException {
        byte[] nul = "a,b\n\0\0\0\0\0,\0\0\0\0\0\n".getBytes(StandardCharsets.UTF_8);
        assertEquals(
                "csv: data.csv holds NUL characters: it is no UTF-8; name its encoding with"
                        + " --encoding",
                assertThrows(IOException.class, () -> Csv.read(file(nul))).getMessage());
        for (String[] magic :
                new String[][] {
                    {"\u001f\u008b\b\0", "is packed by gzip; unpack it"},
                    {"PK\u0003\u0004\0", "is a zip file, as Excel's are; save the sheet as CSV"},
                    {"PAR1\u0015", "is a Parquet file; write it as CSV"}
                }) {
            byte[] bytes = magic[0].getBytes(StandardCharsets.ISO_8859_1);
            assertEquals(
                    "csv: data.csv " + magic[1],
                    assertThrows(IOException.class, () -> Csv.read(file(bytes))).getMessage());
        }
    }

    @Test
    void utf16WithoutAMarkIsNamed() throws IOException {
        List<String> texts =
                List.of(
                        "name,value\nxx,12\nyy,34\n",
                        "name,value\r\nKöln,12\r\nŁódź,34\r\n",
                        "имя,цена\nМосква и область,12\nНижний Новгород,34\n",
                        "名,値\n一二三一二三一,12\n東京都千代田区一番町,34\n");
        for (String text : texts) {
            for (Charset charset : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
                Path path = file(text.getBytes(charset));
                for (String other : List.of("UTF-8", "windows-1252")) {
                    CsvOptions wrong = CsvOptions.DEFAULTS.encoding(Charset.forName(other));
                    assertEquals(
                            "csv: data.csv is no %s but %s without a byte order mark; give --encoding %s"
                                    .formatted(other, charset, charset),
                            assertThrows(IOException.class, () -> Csv.read(path, wrong))
                                    .getMessage());
                }
                Table table = Csv.read(path, CsvOptions.DEFAULTS.encoding(charset));
                assertEquals(34, table.columns().get(1).number(1));
            }
        }
    }

    @Test
    void utf32IsNotTakenForUtf16() throws IOException {
        String text = "name,value\nxx,12\nyy,34\n";
        Charset charset = Charset.forName("UTF-32LE");
        Path path = file(text.getBytes(charset));
        assertEquals(
                34,
                Csv.read(path, CsvOptions.DEFAULTS.encoding(charset)).column("value").number(1));
        assertTrue(
                assertThrows(IOException.class, () -> Csv.read(path))
                        .getMessage()
                        .contains("holds NUL characters"));
    }

    @Test
    void quotesThatNeverCloseAreNamed() throws IOException {
        assertEquals(
                "csv: data.csv: the quote that begins field 2 in line 3 never closes; close it, or"
                        + " double quotes that are part of a text: \"\"",
                refusal("a,b,c\n1,x,0\n2,\"y,1\n3,z,0\n", CsvOptions.DEFAULTS));
        assertEquals(
                "csv: data.csv: the quote that begins field 1 in line 1 never closes; close it, or"
                        + " double quotes that are part of a text: \"\"",
                refusal("\"a,b,c\n1,x,0\n", CsvOptions.DEFAULTS.skipBadRows(5)));
        assertEquals(
                "csv: data.csv: field 2 in line 2 goes on after its closing quote; double quotes"
                        + " that are part of a text: \"\"",
                refusal("a,b\n1,\"x\" y\n", CsvOptions.DEFAULTS));
        String late = "a,b\n1,\"x\ny\"\n2,\"z";
        assertTrue(refusal(late, CsvOptions.DEFAULTS).contains("begins field 2 in line 4"));
        assertEquals("z\"", Csv.read(file("a,b\n1,\"z\"\"\"")).column("b").text(0));
        assertEquals("5\" nail", Csv.read(file("a,b\n1,5\" nail\n")).column("b").text(0));
    }

    @Test
    void badRowsAreNamedOrLeftOut() throws IOException {
        String text = "a,b\n1,2\n3\n4,5\n6,7,8\n";
        assertEquals(
                "csv: data.csv has 2 rows of the wrong number of fields: the header has 2, line 3"
                    + " has 1, line 5 has 3; mend them, or leave them out with --bad-rows skip:2",
                refusal(text, CsvOptions.DEFAULTS));
        assertEquals(
                "csv: data.csv has 12 rows",
                refusal("a,b\n" + "1\n".repeat(12), CsvOptions.DEFAULTS).substring(0, 25));
        Table table = Csv.read(file(text), CsvOptions.DEFAULTS.skipBadRows(2));
        assertEquals(2, table.rows());
        assertEquals(2, table.source().skipped());
        assertEquals(List.of("2 bad rows were left out"), table.notes());
    }

    @Test
    void aFirstLineThatFitsHardlyAnyRowIsCalledTheFault() throws IOException {
        assertEquals(
                "csv: data.csv has 2 rows of the wrong number of fields: the header has 2, line 2"
                        + " has 3, line 3 has 3; the rows end with a separator, which the header"
                        + " lacks: add one there",
                refusal("a,b\n1,2,\n3,4,\n", CsvOptions.DEFAULTS));
        String comments = "# made today\n# by hand\na,b,c\n1,2,3\n4,5,6\n";
        assertEquals(
                "csv: data.csv has 3 rows of the wrong number of fields: the header has 1, line 3"
                        + " has 3, line 4 has 3, line 5 has 3; is line 1 the one that names the"
                        + " columns? Remove what stands before that",
                refusal(comments, CsvOptions.DEFAULTS));
        assertEquals(1, Csv.read(file(comments), CsvOptions.DEFAULTS.skipBadRows(3)).rows());
        String one = "a,b\n1,2\n3,4,\n5,6\n";
        assertTrue(refusal(one, CsvOptions.DEFAULTS).endsWith("with --bad-rows skip:1"));
    }

    @Test
    void whatIsNoTableIsRefused() throws IOException {
        assertEquals(
                "csv: data.csv is empty; the first line must name the columns",
                refusal("", CsvOptions.DEFAULTS));
        assertEquals(
                "csv: data.csv has a header but no rows; give it at least one",
                refusal("a,b\n", CsvOptions.DEFAULTS));
        assertEquals(
                "csv: data.csv names columns 1 and 2 alike: '0'; is the first line a header? Put"
                        + " names before it",
                refusal("0,0\n1,2\n", CsvOptions.DEFAULTS));
        assertEquals(
                "csv: data.csv names columns 1 and 3 alike: 'a'; each name must be there once",
                refusal("a,b,a\n1,2,3\n", CsvOptions.DEFAULTS));
    }

    @Test
    void aNameIsShownInOneLineWithoutControlCharacters() throws IOException {
        assertEquals(
                "csv: data.csv names columns 1 and 2 alike: 'x?y?[2J?'; each name must be there"
                        + " once",
                refusal(
                        "\"x\ny\u001b[2J\u202e\",\"x\ny\u001b[2J\u202e\"\n1,2\n",
                        CsvOptions.DEFAULTS));
        String endless = "x".repeat(10_000);
        String refusal = refusal("%s,%s%n1,2%n".formatted(endless, endless), CsvOptions.DEFAULTS);
        assertTrue(refusal.length() < 2000, refusal);
    }

    @Test
    void aCellIsShownInOneLine() {
        Table table = Table.of(TextColumn.of("day\u0007", "2\u001b[1m3", "x\ny"));
        String refusal =
                assertThrows(IllegalArgumentException.class, () -> table.column("d")).getMessage();
        assertTrue(refusal.chars().noneMatch(Character::isISOControl), refusal);
    }

    @Test
    void aFolderIsNamed() {
        IOException e = assertThrows(IOException.class, () -> Csv.read(folder));
        assertEquals("csv: %s is a folder; name a file".formatted(folder), e.getMessage());
    }

    @Test
    void leadingZeroesMakeACategory() throws IOException {
        Table table = Csv.read(file("zip,x\n10115,0\n01067,0.5\n"));
        assertInstanceOf(TextColumn.class, table.column("zip"));
        assertInstanceOf(NumberColumn.class, table.column("x"));
        assertEquals(
                List.of("zip: '01067' in line 3 begins with a zero, as codes do: a category"),
                table.notes());
    }

    @Test
    void fewNonNumbersAreNamed() throws IOException {
        String text = "x\n" + "1\n".repeat(30) + "about 5\n" + "2\n".repeat(9);
        Table table = Csv.read(file(text));
        assertInstanceOf(TextColumn.class, table.column("x"));
        assertEquals(
                List.of(
                        "x: 1 of 40 values are no numbers, the first is 'about 5' in line 32: a"
                                + " category; --numeric x makes them missing"),
                table.notes());
    }

    @Test
    void numbersOfOtherCountriesAreNamed() throws IOException {
        Table table = Csv.read(file("x;y;z\n7;1\u00A0234,5;1,2\n-8,25;2'345;a\n"));
        assertEquals(
                List.of(
                        "x: '-8,25' in line 3 may be a number written in another way: a category;"
                                + " give --decimal ',' or write numbers with a point and nothing"
                                + " between thousands, as 1234.5",
                        "y: '1\u00A0234,5' in line 2 may be a number written in another way:"
                                + " a category; write numbers with a point and nothing between"
                                + " thousands, as 1234.5"),
                table.notes());
    }

    @Test
    void whatIsNoNumberAmongNumbersIsNamed() throws IOException {
        Table table = Csv.read(file("x;y\n1;a\ninf;b\n-inf;3\n4;c\n5.5;d\n"));
        assertEquals(
                List.of(
                        "x: 2 of 5 values are no numbers, the first is 'inf' in line 3: a category;"
                                + " --numeric x makes them missing"),
                table.notes());
    }

    @Test
    void numbersWithUnitsAreNamed() throws IOException {
        String signs = " a category; write numbers without currency or percent signs, as 1234.5";
        Table table =
                Csv.read(file("u;v;w;x\n\u20AC 7;12 %;%;$\n8.5\u20AC;-3%;4%;a\n$1,250;1;5%;$3\n"));
        assertEquals(
                List.of(
                        "u: '\u20AC 7' in line 2 may be a number written in another way:" + signs,
                        "v: '12 %' in line 2 may be a number written in another way:" + signs),
                table.notes());
        assertEquals(
                List.of(
                        "u: '7 kg' in line 2 may be a number with a unit: a category; write numbers"
                                + " without 'kg'"),
                Csv.read(file("u;v\n7 kg;7 kg\n8.5kg;85 g\n")).notes());
    }

    @Test
    void missingMarkersAreChosen() throws IOException {
        String text = "x,y\n1,None\n?,-\nNaN,unknown\nnull,NULL\nN/A,a\n-9,b\nnan,#N/A\n<NA>,n/a\n";
        Table table = Csv.read(file(text));
        assertEquals(6, table.column("x").missing());
        assertEquals(List.of("None", "-", "unknown", "a", "b"), levels(table, "y"));
        Table other = Csv.read(file(text), CsvOptions.DEFAULTS.missing(Set.of("-9", "None")));
        assertEquals(1, other.column("x").missing());
        assertEquals(List.of("-", "unknown", "NULL", "a", "b", "#N/A", "n/a"), levels(other, "y"));
    }

    private static List<String> levels(Table table, String column) {
        return ((TextColumn) table.column(column)).levels();
    }

    @Test
    void tooLargeTablesAreRefusedBeforeTheyAreKept() throws IOException {
        StringBuilder text = new StringBuilder("x,y,free\n");
        for (int i = 0; i < 5000; i++) {
            text.append(i * 0.37).append(',').append(i % 7).append(",text ").append(i).append('\n');
        }
        Path path = file(text.toString());
        IOException e =
                assertThrows(
                        IOException.class, () -> Csv.read(path, CsvOptions.DEFAULTS, all -> 1000));
        assertTrue(
                e.getMessage().startsWith("csv: data.csv takes about 0 MB as a table"),
                e::getMessage);
        Table tight = Csv.read(path, CsvOptions.DEFAULTS, all -> 150_000);
        assertEquals(2, tight.columns().size());
        assertEquals(
                List.of("free: texts that hardly repeat, not kept: memory is short"),
                tight.notes());
        assertEquals(3, Csv.read(path).columns().size());
    }

    @Test
    void sourceNamesTheFile() throws IOException {
        Source source = Csv.read(file("a\n1\n2\n")).source();
        assertEquals("data.csv", source.name());
        assertEquals(6, source.bytes());
        assertEquals(64, source.sha256().length());
        assertEquals(2, source.rows());
    }
}
