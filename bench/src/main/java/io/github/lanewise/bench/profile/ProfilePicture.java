package io.github.lanewise.bench.profile;

import java.io.StringWriter;
import java.util.Locale;

import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * A profile as bars: grey is the time of a kind of call, green what its arithmetic would take at
 * the FMA peak, so the rest of a bar can be won at most.
 */
final class ProfilePicture {

    private static final int WIDTH = 960;
    private static final int LEFT = 400;
    private static final int BAR = 400;
    private static final int TOP = 40;
    private static final int ROW = 26;
    private static final int HEIGHT = 16;
    private static final String STYLE =
            "text{fill:#1f2328}.m{fill:#59636e}.r{fill:#c8ced6}.o{fill:#0a7d5a}"
                    + "@media (prefers-color-scheme: dark){text{fill:#f0f6fc}.m{fill:#9198a1}"
                    + ".r{fill:#3d444d}.o{fill:#3fb58b}}";

    private final StepProfile profile;
    private final double peak;
    private final XMLStreamWriter svg;
    private int y = TOP;

    private ProfilePicture(StepProfile profile, double peak, XMLStreamWriter svg) {
        this.profile = profile;
        this.peak = peak;
        this.svg = svg;
    }

    /**
     * Returns the picture as SVG.
     *
     * @param title what was profiled
     * @param peak the CPU's multiply-adds, in GFLOP/s
     */
    static String of(String title, StepProfile profile, double peak) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter svg = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
            new ProfilePicture(profile, peak, svg).draw(title);
            svg.flush();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("profile: the picture cannot be written: " + e, e);
        }
        return text.toString();
    }

    private void draw(String title) throws XMLStreamException {
        int height = TOP + ROW * (profile.rows().size() + 1);
        svg.writeStartElement("svg");
        svg.writeDefaultNamespace("http://www.w3.org/2000/svg");
        svg.writeAttribute("viewBox", "0 0 %d %d".formatted(WIDTH, height));
        svg.writeAttribute("role", "img");
        svg.writeAttribute("aria-label", title);
        svg.writeAttribute("font-family", "system-ui, sans-serif");
        svg.writeAttribute("font-size", "13");
        svg.writeStartElement("style");
        svg.writeCharacters(STYLE);
        svg.writeEndElement();
        text(10, 20, "m", "start", title + "; green: what its arithmetic takes at the FMA peak");
        for (StepProfile.Row row : profile.rows()) {
            String times = row.calls() == 1 ? "" : row.calls() + " times ";
            bar(times + row.call().name(), row.nanos(), row.flops());
        }
        bar("outside of kernels", profile.outsideNanos(), 0);
        svg.writeEndElement();
    }

    private void bar(String name, double nanos, double flops) throws XMLStreamException {
        text(LEFT - 10, y + HEIGHT - 3, "", "end", name);
        rectangle("r", nanos);
        String label = String.format(Locale.ROOT, "%.1f us, %.1f %%", nanos * 1e-3, share(nanos));
        if (flops > 0) {
            rectangle("o", Math.min(nanos, flops / peak));
            label += String.format(Locale.ROOT, ", %.0f %% of peak", 100 * flops / nanos / peak);
        }
        text(LEFT + BAR + 10, y + HEIGHT - 3, "m", "start", label);
        y += ROW;
    }

    private double share(double nanos) {
        return 100 * nanos / profile.tappedNanos();
    }

    /** The longest bar fills the width. */
    private void rectangle(String style, double nanos) throws XMLStreamException {
        double longest = Math.max(profile.rows().getFirst().nanos(), profile.outsideNanos());
        svg.writeEmptyElement("rect");
        svg.writeAttribute("class", style);
        svg.writeAttribute("x", Integer.toString(LEFT));
        svg.writeAttribute("y", Integer.toString(y));
        svg.writeAttribute(
                "width", String.format(Locale.ROOT, "%.1f", Math.max(0, BAR * nanos / longest)));
        svg.writeAttribute("height", Integer.toString(HEIGHT));
        svg.writeAttribute("rx", "3");
    }

    private void text(int x, int baseline, String style, String anchor, String text)
            throws XMLStreamException {
        svg.writeStartElement("text");
        svg.writeAttribute("x", Integer.toString(x));
        svg.writeAttribute("y", Integer.toString(baseline));
        svg.writeAttribute("class", style);
        svg.writeAttribute("text-anchor", anchor);
        svg.writeCharacters(text);
        svg.writeEndElement();
    }
}
