/** The style sheet of the HTML report. It is allowed by its hash, so that it stands in the page as it stands here. */
export const style = `
:root { color-scheme: light dark; --text: #1f2430; --dim: #667085; --line: #d9dde5; --deny: #c2410c; --allow: #3b82b0; --back: #fff; }
@media (prefers-color-scheme: dark) {
  :root { --text: #e6e8ee; --dim: #98a1b3; --line: #363c49; --deny: #f08a5b; --allow: #6bb1dc; --back: #16181d; }
}
body { font: 15px/1.5 system-ui, sans-serif; color: var(--text); background: var(--back); max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.1rem; margin-top: 2.2rem; }
p.dim, caption, small { color: var(--dim); }
dl.totals { display: grid; grid-template-columns: repeat(auto-fit, minmax(7rem, 1fr)); gap: 1rem; }
dl.totals div { border-top: 2px solid var(--line); padding-top: .3rem; }
dt { color: var(--dim); } dd { margin: 0; font-size: 1.35rem; font-variant-numeric: tabular-nums; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; padding-bottom: .3rem; }
th, td { text-align: left; padding: .2rem .6rem .2rem 0; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
th button { all: unset; cursor: pointer; } th button:focus-visible { outline: 2px solid var(--allow); }
svg { display: block; width: 100%; height: auto; } svg + table { margin-top: 1rem; } svg text { fill: var(--text); font: 13px system-ui, sans-serif; }
svg .dim { fill: var(--dim); } svg .axis { stroke: var(--line); } svg .deny { fill: var(--deny); } svg .allow { fill: var(--allow); }
code { font-family: ui-monospace, monospace; font-size: .9em; overflow-wrap: anywhere; }
`;
