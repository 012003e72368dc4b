/**
 * Trains networks on tables.
 *
 * <pre>{@code
 * Table table = Csv.read(Path.of("credit.csv"));
 * TabularRun run = Tabular.target("Status").seed(1).fit(table);
 * Prediction answer = run.model().predict(Map.of("Age", 40, "Home", "rent", ...));
 * }</pre>
 */
package io.github.lanewise.tabular;
