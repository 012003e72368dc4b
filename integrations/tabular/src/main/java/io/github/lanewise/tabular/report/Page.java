package io.github.lanewise.tabular.report;

import static io.github.lanewise.tabular.report.Html.format;
import static io.github.lanewise.tabular.report.Html.text;

/**
 * One HTML page that needs nothing else: no script, no request, pictures within. What it is given
 * is text, never markup.
 *
 * <pre>{@code
 * new Page("Reading digits")
 *         .verdict("98.4 % are read right.")
 *         .section("training", "Training", new PageSection().chart(...))
 *         .html();
 * }</pre>
 */
public final class Page {

    private final String heading;
    private final StringBuilder body = new StringBuilder();

    /** Begins a page. */
    public Page(String heading) {
        this.heading = heading;
    }

    /** Adds the sentence that says it all. */
    public Page verdict(String sentence) {
        body.append(format("<p class=\"verdict\">%s</p>\n", text(sentence)));
        return this;
    }

    /** Adds a section, whose id is its address in the page. */
    public Page section(String id, String title, PageSection content) {
        return section(id, title, content.html());
    }

    /** Adds a section of markup. */
    Page section(String id, String title, String markup) {
        body.append(Html.section(id, title, markup));
        return this;
    }

    /** Returns the page. */
    public String html() {
        StringBuilder page = new StringBuilder();
        page.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">");
        page.append(
                "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';"
                        + " style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">");
        page.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        page.append(format("<title>%s: report</title><style>\n", text(heading)));
        page.append(Style.CSS).append("</style></head>\n<body><main>\n");
        page.append(format("<h1>%s</h1>\n", text(heading)));
        return page.append(body).append("</main></body></html>\n").toString();
    }
}
