/** The page's only style sheet: light by default, dark where the reader's system is dark. */
export const reportStyle = `
:root { color-scheme: light dark; --ground: #ffffff; --card: #f6f6f8; --edge: #d8d8de; --ink: #1f1f24; --faint: #5c5c66;
  --many: #1f6fb2; --medium: #8a5a00; --few: #b3261e; --better: #1a6b3c; --worse: #b3261e; --mark: #e3effa; --heat: 31, 111, 178; }
@media (prefers-color-scheme: dark) { :root { --ground: #1f1f1f; --card: #262626; --edge: #3c3c3c; --ink: #e6e6e6; --faint: #a5a5a5;
  --many: #4da3e8; --medium: #d8a03c; --few: #ef6f68; --better: #74c998; --worse: #ef8780; --mark: #1c3044; --heat: 77, 163, 232; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 24px; max-width: 1240px; background: var(--ground); color: var(--ink); font: 14px/1.5 system-ui, sans-serif; }
h1 { display: inline; margin: 0 10px 0 0; font-size: 21px; }
h2 { margin: 0 0 8px; font-size: 14px; }
header { margin-bottom: 18px; }
.chip { display: inline-block; margin: 0 6px 0 0; padding: 1px 10px; border: 1px solid var(--edge); border-radius: 10px; color: var(--faint); font-size: 12px; }
.lead { max-width: 62em; margin: 12px 0 0; font-size: 17px; }
.lead :first-child { font-weight: 600; }
.note { color: var(--faint); }
section { margin: 0 0 16px; padding: 14px 16px; border: 1px solid var(--edge); border-radius: 4px; background: var(--card); }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 480px), 1fr)); gap: 16px; }
.pair > section { min-width: 0; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--faint); padding-bottom: 6px; }
th, td { padding: 4px 8px; text-align: left; font-weight: 400; border-bottom: 1px solid var(--edge); white-space: nowrap; }
thead th { color: var(--faint); font-size: 12px; }
.right { text-align: right; }
tr.marked { background: var(--mark); }
tr.marked th { font-weight: 600; }
.better { color: var(--better); }
.worse { color: var(--worse); }
.chart { width: 100%; height: auto; }
.chart text { fill: var(--faint); font-size: 12px; }
.chart .name, .chart .value { fill: var(--ink); }
.chart .grid { stroke: var(--edge); stroke-width: 1; }
.chart .hit { fill: none; }
.chart .change { stroke-width: 2; }
.chart .change.better { stroke: var(--better); }
.chart .change.worse { stroke: var(--worse); }
.chart .before { fill: var(--card); stroke: var(--ink); stroke-width: 1.5; }
.chart .after { fill: var(--many); }
.chart .band-medium .after { fill: var(--medium); }
.chart .band-few .after { fill: var(--few); }
.chart polyline { fill: none; stroke: var(--many); stroke-width: 1.6; }
.chart .series circle { fill: var(--many); }
.chart .points circle { fill-opacity: 0.55; }
.chart .series.band-medium polyline { stroke: var(--medium); stroke-dasharray: 2 3; }
.chart .plain polyline { stroke: var(--faint); stroke-dasharray: 4 3; }
.chart .plain circle { fill: var(--faint); }
.confusion { width: auto; }
.confusion th, .confusion td { padding: 3px 6px; border: 2px solid var(--card); font-size: 12px; }
.confusion td { min-width: 40px; text-align: center; }
.confusion thead th + th { max-width: 72px; overflow: hidden; text-overflow: ellipsis; }
${Array.from({ length: 10 }, (_, i) => `.h${i + 1} { background: rgba(var(--heat), ${((i + 1) * 0.055).toFixed(3)}); }`).join('\n')}
dl { display: grid; grid-template-columns: max-content 1fr; gap: 3px 16px; margin: 0; }
dt { color: var(--faint); }
dd { margin: 0; overflow-wrap: anywhere; }
details { margin-top: 12px; }
pre { overflow-x: auto; padding: 10px; border: 1px solid var(--edge); }
@media print { body { max-width: none; padding: 0; } section { break-inside: avoid; } }
`;
