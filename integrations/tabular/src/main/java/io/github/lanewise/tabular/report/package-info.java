/**
 * A run as one HTML page: {@link io.github.lanewise.tabular.report.Report}. No script, no request
 * to anywhere; pictures are SVG within the page.
 */
package io.github.lanewise.tabular.report;
