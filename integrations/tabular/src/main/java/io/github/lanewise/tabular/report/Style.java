package io.github.lanewise.tabular.report;

/** How the page looks, in light and dark, wide and narrow, and on paper. */
final class Style {

    static final String CSS =
            """
            :root{color-scheme:light dark;--back:#fff;--text:#1b1f24;--soft:#57606a;--line:#d0d7de;--a:#0b5cad;--b:#b3400f;--bar:#9cc3ea}
            @media(prefers-color-scheme:dark){:root{--back:#14181d;--text:#e6eaef;--soft:#a9b2bc;--line:#3a424c;--a:#6db3f2;--b:#f0955f;--bar:#2f5f8f}}
            *{box-sizing:border-box}
            body{margin:0;background:var(--back);color:var(--text);font:16px/1.5 system-ui,sans-serif}
            main{max-width:75rem;margin:0 auto;padding:1rem}
            h1{font-size:1.6rem;line-height:1.25;overflow-wrap:anywhere}h2{font-size:1.2rem;margin:2rem 0 .5rem;border-bottom:1px solid var(--line)}
            .verdict{font-size:1.1rem;max-width:50rem}
            .wide{overflow-x:auto;margin:.5rem 0}
            table{border-collapse:collapse;font-variant-numeric:tabular-nums;font-size:.9rem}
            caption{text-align:left;color:var(--soft)}
            th,td{padding:.2rem .6rem;text-align:right;border-bottom:1px solid var(--line);vertical-align:top}
            th:first-child{text-align:left}tbody th{font-weight:600}td{white-space:nowrap}
            .columns td,.columns th{text-align:left}.columns td{white-space:normal}.facts td{overflow-wrap:anywhere}
            .row{display:flex;flex-wrap:wrap;gap:1rem}
            figure{margin:0;flex:1 1 20rem;max-width:27rem;min-width:0}figcaption{font-weight:600}
            figure.small{flex:0 0 5.5rem}.small figcaption{font-weight:400;font-size:.8rem;line-height:1.3}.ink{stroke:var(--text);fill:none}
            svg{display:block;width:100%;height:auto}svg.bins{width:160px}
            svg text{font:11px system-ui,sans-serif;fill:var(--soft)}.m{text-anchor:middle}.e{text-anchor:end;dominant-baseline:middle}
            .grid{stroke:var(--line);fill:none}.line{fill:none;stroke-width:1.8;stroke-linejoin:round}.dots{fill:none;stroke-width:4;stroke-linecap:round;opacity:.6}
            .a{stroke:var(--a)}.b{stroke:var(--b);stroke-dasharray:6 3}.plain{stroke:var(--soft);stroke-dasharray:2 3}
            .mark{stroke:var(--text);stroke-dasharray:3 3}.bar{fill:var(--bar)}.step{fill:none;stroke:var(--b);stroke-width:1.5}
            .key{display:inline-block;width:1.2rem;height:0;border-top:3px solid var(--soft);vertical-align:middle;margin:0 .3rem}.key.a{border-color:var(--a)}.key.b{border-top-style:dashed;border-color:var(--b)}.key.plain{border-top-style:dotted}
            .legend{margin:0;font-size:.85rem;color:var(--soft)}small{color:var(--soft)}
            .strength{display:inline-block;height:.7rem;background:var(--bar);vertical-align:middle}td:has(.strength){text-align:left}
            code,pre{font-family:ui-monospace,monospace;font-size:.85rem;overflow-wrap:anywhere;white-space:pre-wrap}
            @media print{section{break-inside:avoid}.wide{overflow:visible}}
            """;

    private Style() {}
}
