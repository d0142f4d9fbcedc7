#include "report/fleet_style.h"

namespace vya {

// The colours of paper stand last: they win over the dark ones when a dark page is printed.
const char* const kFleetStyle = R"css(
:root{color-scheme:light dark;
--paper:#fff;--ink:#1c2128;--soft:#57606a;--rule:#d5dbe1;--band:#f5f7f9;
--good:#0f6b2c;--bad:#b3261e;--one:#1a5fb4;--two:#8a5300}
@media (prefers-color-scheme:dark){:root{
--paper:#14181d;--ink:#e6e9ed;--soft:#a0abb6;--rule:#38414b;--band:#1c2229;
--good:#69d08b;--bad:#ff8f85;--one:#7fb3f7;--two:#e3a95f}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);
font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
header,main,footer{max-width:1160px;margin:0 auto;padding:0 28px}
header{padding-top:40px}
h1{font-size:28px;line-height:1.2;margin:0 0 6px;font-weight:650}
h2{font-size:20px;line-height:1.3;margin:44px 0 12px;font-weight:650;overflow-wrap:anywhere}
h3{font-size:15px;margin:26px 0 6px;font-weight:650}
p{margin:6px 0;max-width:76ch}
.soft{color:var(--soft)}
a{color:var(--one);text-decoration-thickness:1px;text-underline-offset:2px}
.good{color:var(--good)}
.bad{color:var(--bad);font-weight:600}
.state{font-size:13px;font-weight:650;letter-spacing:.03em;padding:2px 9px;margin-left:10px;
border:1px solid currentColor;border-radius:999px;vertical-align:3px;white-space:nowrap}
.tiles{display:grid;grid-template-columns:repeat(4,1fr);gap:12px;margin:26px 0 0}
.tiles>div{display:flex;flex-direction:column-reverse;justify-content:flex-end;
background:var(--band);border:1px solid var(--rule);border-radius:8px;padding:12px 16px}
.tiles dt{color:var(--soft);font-size:13px}
.tiles dd{margin:0;font-size:20px;font-weight:600}
.facts{margin:8px 0 0;font-size:14px}
.facts>div{display:grid;grid-template-columns:9em 1fr;gap:0 20px;margin:0 0 3px}
.facts dt{color:var(--soft)}
.facts dd{margin:0;overflow-wrap:anywhere}
.wide{overflow-x:auto;margin:8px 0 4px}
.wide:focus-visible{outline:2px solid var(--one);outline-offset:2px}
table{border-collapse:collapse;width:100%;font-size:13px;font-variant-numeric:tabular-nums}
caption{text-align:left;color:var(--soft);padding:0 0 6px;font-size:13px}
th,td{text-align:left;vertical-align:top;padding:5px 12px 5px 0;border-bottom:1px solid var(--rule)}
thead th{font-weight:600;color:var(--soft);border-bottom:1px solid var(--soft);
vertical-align:bottom;white-space:nowrap}
tbody th{font-weight:600}
th:last-child,td:last-child{padding-right:0}
td,tbody th{white-space:pre-wrap;overflow-wrap:break-word}
.short{white-space:nowrap;overflow-wrap:normal}
.number{text-align:right;white-space:nowrap;overflow-wrap:normal}
.rest{color:var(--soft);font-size:13px;margin:2px 0 0}
section.instance{border-top:1px solid var(--rule);margin-top:44px}
section.instance>h2{margin-top:22px}
section.instance .wide{margin-top:24px}
section.instance caption{color:var(--ink);font-size:15px;font-weight:650}
.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,440px),1fr));gap:8px 32px;
margin:18px 0 0}
figure{margin:0;max-width:640px}
figcaption{font-weight:650;margin:0 0 4px}
.chart{display:block;width:100%;height:auto}
.chart text{font-size:11px;fill:var(--soft)}
.chart .value{text-anchor:end}
.chart .time{text-anchor:middle}
.chart .legend{fill:var(--ink)}
.grid{stroke:var(--rule);stroke-width:1}
.tick{stroke:var(--soft);stroke-width:1}
.line{fill:none;stroke-width:1.75;stroke-linejoin:round}
.line.one{stroke:var(--one)}
.line.two{stroke:var(--two);stroke-dasharray:1 3;stroke-linecap:round;stroke-width:2.25}
.dot.one{fill:var(--one)}
.dot.two{fill:var(--two)}
.ring{fill:var(--paper);stroke:var(--one);stroke-width:1.5}
.cross{fill:none;stroke:var(--bad);stroke-width:2}
.target{fill:none;stroke:var(--soft);stroke-width:1.5;stroke-dasharray:6 4}
footer{padding-top:20px;padding-bottom:48px;margin-top:44px;color:var(--soft);font-size:13px}
code{font:12px/1.5 ui-monospace,"DejaVu Sans Mono",Menlo,Consolas,monospace;overflow-wrap:anywhere}
@media (max-width:640px){header,main,footer{padding-left:16px;padding-right:16px}
.tiles{grid-template-columns:1fr 1fr}
.facts>div{grid-template-columns:1fr}.facts dd{margin-bottom:6px}}
@media print{
:root{color-scheme:light;--paper:#fff;--ink:#000;--soft:#444c56;--rule:#c3c9d0;--band:#fff;
--good:#0f6b2c;--bad:#b3261e;--one:#1a5fb4;--two:#8a5300}
@page{margin:14mm 12mm}
body{font-size:10pt;-webkit-print-color-adjust:exact;print-color-adjust:exact}
header,main,footer{max-width:none;padding-left:0;padding-right:0}
header{padding-top:0}
h1{font-size:18pt}h2{font-size:13pt;margin-top:18pt}h3{font-size:10pt}
.tiles{grid-template-columns:repeat(4,1fr);gap:6pt}.tiles>div{padding:6pt 8pt}.tiles dd{font-size:11pt}
.tiles dt{font-size:8pt}
.charts{grid-template-columns:1fr 1fr}
.facts{font-size:9pt}
table,caption{font-size:7.5pt}section.instance caption{font-size:10pt}
th,td{padding:2.5pt 6pt 2.5pt 0}
.short,thead th{white-space:normal}
td,tbody th{overflow-wrap:anywhere}
.wide{overflow:visible}
thead{display:table-header-group}
tr,figure,.tiles>div,.facts{break-inside:avoid}
h2,h3,caption{break-after:avoid}
a{color:inherit;text-decoration:none}
}
)css";

}  // namespace vya
