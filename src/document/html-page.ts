/** One HTML file that stands alone: no script, nothing from elsewhere, readable on paper and on a telephone. */
import { fontBytes, REGULAR, SEMIBOLD } from './fonts.ts';
import { text } from './html-blocks.ts';

const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'";

/**
 * `body` is finished markup; `extraStyle` adds to the style that every page has.
 *
 * `fonts` is `embedded` for a file that looks the same everywhere (1 MB), `system` for one that is sent by mail.
 */
export function page(
  title: string,
  body: string,
  { extraStyle = '', fonts = 'embedded' }: { extraStyle?: string; fonts?: 'embedded' | 'system' } = {},
): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${text(title)}</title>
<style>${fonts === 'embedded' ? faces() : ''}${STYLE}${extraStyle}</style>
</head>
<body>
${body}
</body>
</html>
`;
}

function faces(): string {
  return [[400, REGULAR] as const, [600, SEMIBOLD] as const]
    .map(
      ([weight, name]) =>
        `@font-face{font-family:"Source Sans 3";font-weight:${weight};src:url(data:font/ttf;base64,${fontBytes(name).toString('base64')}) format("truetype")}`,
    )
    .join('');
}

const STYLE = `
:root{color-scheme:light;--ink:#1b1f24;--soft:#5c636b;--rule:#d9dbde;--blue:#1f4e79;--rust:#8a3b12;--tint:#f5f3ee}
*{box-sizing:border-box}
html{background:#fff;color:var(--ink);font:400 17px/1.5 "Source Sans 3","Helvetica Neue",Arial,sans-serif;-webkit-text-size-adjust:100%}
body{margin:0 auto;max-width:50rem;padding:2.5rem 1.25rem 4rem;overflow-wrap:anywhere}
.skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:.5rem;background:#fff;padding:.3rem .6rem;outline:2px solid var(--blue)}
a{color:var(--blue)}a:focus-visible,[tabindex]:focus-visible,summary:focus-visible{outline:2px solid var(--blue);outline-offset:2px}
.kicker{margin:0 0 1.5rem;color:var(--rust);font-weight:600;letter-spacing:.02em}
h1{font-size:2.5rem;line-height:1.12;font-weight:600;margin:0 0 .4rem;letter-spacing:-.01em}
.subtitle{font-size:1.25rem;color:var(--soft);margin:0 0 2rem}
h2{font-size:1.55rem;line-height:1.25;font-weight:600;margin:3rem 0 1rem;padding-top:.8rem;border-top:2px solid var(--ink)}
h3{font-size:1.1rem;font-weight:600;margin:2rem 0 .5rem}
h4{font-size:1rem;font-weight:600;margin:1.5rem 0 .4rem}
p{margin:0 0 .9rem}ul,ol{margin:0 0 1rem;padding-left:1.3rem}li{margin:.25rem 0}
.statement{font-size:1.22rem;line-height:1.42;border-left:4px solid var(--blue);padding:.2rem 0 .2rem 1.1rem;margin:0 0 1.5rem}
.mode{background:var(--tint);padding:.8rem 1rem;border-radius:3px}
dl{margin:0 0 1.2rem;display:grid;gap:.15rem}dl div{display:grid;grid-template-columns:11rem 1fr;gap:1rem;padding:.18rem 0;border-bottom:1px solid var(--rule)}
dt{color:var(--soft)}dd{margin:0}
.mono{font-family:"IBM Plex Mono",ui-monospace,Menlo,Consolas,monospace;font-size:.82em}
.note{border:1px solid var(--rule);border-left:4px solid var(--soft);padding:.8rem 1rem .2rem;margin:1.2rem 0;background:var(--tint)}
.note.warning,.note.refusal{border-left-color:var(--rust)}.note-title{font-weight:600;margin-bottom:.3rem}
.wide{overflow-x:auto;margin:1.2rem 0}
table{border-collapse:collapse;width:100%;font-size:.86rem;line-height:1.35;font-variant-numeric:tabular-nums lining-nums}
caption{text-align:left;font-weight:600;padding:0 0 .4rem;font-size:.98rem}
th,td{text-align:left;vertical-align:top;padding:.34rem .9rem .34rem 0;border-bottom:1px solid var(--rule);min-width:3.2rem}
th{border-bottom:1.5px solid var(--ink);font-weight:600;vertical-align:bottom}
.right{text-align:right}.total td{font-weight:600;border-top:1.5px solid var(--ink)}
figure{margin:1.4rem 0}figure svg{display:block;width:100%;height:auto}
figcaption{font-size:.9rem;color:var(--soft);margin-top:.5rem}
details{font-size:.9rem;margin-top:.4rem}summary{cursor:pointer;color:var(--blue)}
pre{font:400 .8rem/1.5 "IBM Plex Mono",ui-monospace,Menlo,Consolas,monospace;background:var(--tint);padding:.9rem 1rem;overflow-x:auto;white-space:pre-wrap;overflow-wrap:anywhere}
.small{font-size:.88rem;color:var(--soft)}
footer{margin-top:4rem;border-top:1px solid var(--rule);padding-top:.8rem;color:var(--soft);font-size:.88rem}
@media (max-width:34rem){html{font-size:16px}h1{font-size:1.9rem}dl div{grid-template-columns:1fr;gap:0}}
@media print{@page{size:A4;margin:22mm 20mm 24mm;@bottom-right{content:counter(page) " of " counter(pages)}}
html{font-size:10pt}body{max-width:none;padding:0}.page{break-before:page}h2,h3,caption{break-after:avoid}figure,.note,tr{break-inside:avoid}thead{display:table-header-group}.wide{overflow:visible}details{display:none}.skip{display:none}}
`;
