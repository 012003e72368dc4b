package io.github.lanewise.tabular;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.tabular.report.Report;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SequencedMap;

import javax.xml.parsers.DocumentBuilderFactory;

/** The page of a run, and what it shows. */
class ReportTest {

    private static final int ROWS = 200;
    private static final String EVIL = "<script>alert('\"&1')</script>";

    private static Table table;
    private static TabularRun classes;

    @BeforeAll
    static void train() {
        Random random = new Random(3);
        List<Column> columns = new ArrayList<>();
        double[] signal = new double[ROWS];
        String[] label = new String[ROWS];
        for (int i = 0; i < ROWS; i++) {
            signal[i] = random.nextGaussian();
            label[i] = signal[i] + random.nextGaussian() / 3 > 0 ? "yes" : "<b>no</b>";
        }
        columns.add(NumberColumn.of(EVIL, signal));
        for (int c = 0; c < 18; c++) {
            columns.add(NumberColumn.of("noise " + c, random.doubles(ROWS).toArray()));
        }
        String[] levels = new String[ROWS];
        String[] dates = new String[ROWS];
        for (int i = 0; i < ROWS; i++) {
            levels[i] = i % 7 == 0 ? null : "<i>" + i % 11;
            dates[i] = "2024-%02d-%02d".formatted(1 + i % 12, 1 + i % 28);
        }
        columns.add(TextColumn.of("levels", levels));
        columns.add(TextColumn.of("date", dates));
        columns.add(TextColumn.of("answer", label));
        table = Table.of(columns.toArray(Column[]::new));
        classes = Tabular.target("answer").epochs(3).seed(1).fit(table);
    }

    /** Parses the page as XML after what HTML alone allows; throws if any tag does not close. */
    private static Document parsed(String html) throws Exception {
        String xml =
                html.replace("<!DOCTYPE html>\n", "")
                        .replaceAll("<meta([^>]*)>", "<meta$1/>")
                        .replaceAll("(?s)<style>.*?</style>", "");
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(xml)));
    }

    @Test
    void namesAreTextAndNothingIsAskedForOutside() throws Exception {
        SequencedMap<String, Double> importance = PermutationImportance.of(classes);
        String html =
                Report.of(classes, table).importance(importance).command("train 'a<b'").html();
        Document page = parsed(html);
        assertEquals(0, page.getElementsByTagName("script").getLength());
        assertEquals(0, page.getElementsByTagName("i").getLength());
        assertEquals(0, page.getElementsByTagName("a").getLength());
        assertEquals(0, page.getElementsByTagName("img").getLength());
        assertTrue(page.getDocumentElement().getTextContent().contains(EVIL));
        assertTrue(html.contains("Content-Security-Policy\" content=\"default-src 'none'"));
        assertFalse(html.contains("http:") || html.contains("https:") || html.contains("url("));
        assertTrue(html.length() < 400_000, () -> "characters: " + html.length());
        for (String title : List.of("ROC", "Precision and recall", "Reliability", "Worst rows")) {
            assertTrue(html.contains(title), title);
        }
    }

    @Test
    void rowsStayOutWhereTheyAreNotWanted() {
        assertFalse(Report.of(classes, table).rows(false).html().contains("greatest errors"));
        assertTrue(Report.of(classes, table).html().contains("greatest errors"));
    }

    @Test
    void numbersAreDrawnToo() throws Exception {
        TabularRun run = Tabular.target(EVIL).drop("answer").epochs(1).folds(2).seed(1).fit(table);
        String html = Report.of(run, table).html();
        parsed(html);
        assertTrue(html.contains("Residuals") && html.contains("Network 2"));
    }

    @Test
    void columnThatTellsIsTheMostImportant() {
        SequencedMap<String, Double> importance = PermutationImportance.of(classes);
        assertEquals(EVIL, importance.firstEntry().getKey());
        assertEquals(21, importance.size());
        assertEquals(importance, PermutationImportance.of(classes));
    }

    @Test
    void dependenceFollowsTheColumnThatTells() {
        List<PartialDependence> all =
                PartialDependence.of(classes, List.of("levels", EVIL, "date", "noise 3"));
        assertEquals(
                List.of("levels", EVIL, "date", "noise 3"),
                all.stream().map(PartialDependence::column).toList());
        PartialDependence signal = all.get(1);
        assertEquals(16, signal.numbers().length);
        for (int i = 1; i < 16; i++) {
            assertTrue(signal.numbers()[i - 1] < signal.numbers()[i]);
        }
        assertEquals("yes", classes.model().target().classes().get(1));
        assertTrue(signal.means()[0][1] < signal.means()[15][1]);
        assertEquals(1, signal.means()[7][0] + signal.means()[7][1], 1e-9);
        assertNull(all.get(0).numbers());
        assertEquals(8, all.get(0).values().size());
        List<String> dates = all.get(2).values();
        assertEquals(dates.stream().sorted().toList(), dates);
    }

    @Test
    void dependenceIsDrawnOrTabled() throws Exception {
        List<PartialDependence> all = PartialDependence.of(classes, List.of(EVIL, "levels"));
        String html = Report.of(classes, table).dependence(all).html();
        parsed(html);
        assertTrue(html.contains("What the strongest columns do"));
        assertTrue(html.contains("Mean prediction by levels"));
        assertTrue(html.contains("share of yes"));
    }

    @Test
    void thresholdsCountWhatIsAbove() {
        int[] labels = {1, 0, 1, 0};
        double[][] p = {{0.1, 0.9}, {0.4, 0.6}, {0.7, 0.3}, {0.5, 0.5}};
        assertEquals(
                new ThresholdMeasures(0.5, 2, 0.5, 0.5, 0.5, 0.5),
                ThresholdMeasures.of(0.5, labels, new Predictions(p, null)));
        assertEquals(19, ThresholdMeasures.table(labels, new Predictions(p, null)).size());
        assertEquals(
                Double.NaN,
                ThresholdMeasures.of(0.95, labels, new Predictions(p, null)).precision());
    }
}
