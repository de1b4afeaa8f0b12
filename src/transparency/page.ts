/** The report as one page that stands alone, in the look of the reports. Every number on it is a published one. */
import type { Block, Fact } from '../document/document.ts';
import { block, facts, text } from '../document/html-blocks.ts';
import { page } from '../document/html-page.ts';
import { grouped } from '../document/visible.ts';
import { cellsOf, partName } from './charts.ts';
import { inWords, type Period } from './period.ts';
import { marksInWords, type Published } from './publish.ts';
import { sectionsOf, shown } from './sections.ts';

export type PageInput = {
  period: Period;
  provider: string;
  small: number;
  published: Published;
  ledger: { entries: number; differences: number; recovered: number };
};

const STYLE = `
body{max-width:60rem}
.wide table{font-size:.84rem}th,td{padding-right:.7rem;overflow-wrap:normal}.wide td:first-child{white-space:nowrap}
`;

export function transparencyPage(input: PageInput): string {
  const { period, provider, published } = input;
  const title = `Transparency report of ${provider}, ${inWords(period)}`;
  const sections = sectionsOf(input);
  const contents = sections.map(({ id, title: named }) => `<li><a href="#${id}">${text(named)}</a></li>`).join('');
  return page(
    title,
    `<a class="skip" href="#${sections[0]!.id}">Skip to the report</a>
<header class="cover">
<p class="kicker">Transparency report</p>
<h1>Demands for users’ data</h1>
<p class="subtitle">${text(`${provider}, ${inWords(period)}`)}</p>
${facts(coverFacts(input))}
<p class="mode"><strong>Numbers that are not shown.</strong> ${text(marksInWords(input.small))}</p>
${input.ledger.differences > 0 ? block(warning(input.ledger.differences)) : ''}
<nav aria-label="Contents"><h2>Contents</h2><ol>${contents}</ol></nav>
</header>
<main>
${sections.map(({ id, title: named, blocks }) => `<section id="${id}">\n<h2>${text(named)}</h2>\n${blocks.map(block).join('\n')}\n</section>`).join('\n')}
</main>
<footer><p>${text(provider)} · ${text(period.name)} · ${grouped(published.rows.rows.length)} rows in transparency.csv</p></footer>`,
    { extraStyle: STYLE },
  );
}

const warning = (differences: number): Block => ({
  kind: 'note',
  tone: 'warning',
  title: 'This report does not agree with the ledger',
  texts: [
    `${grouped(differences)} differences are listed in differences.csv. Until they are explained, no figure here is to be relied on.`,
  ],
});

function coverFacts({ period, published, ledger }: PageInput): Fact[] {
  const all = cellsOf(published.totals).filter((cells) => cells['counted'] === 'all');
  const received = all.map((cells) => `${shown(cells['requests_received'])}${all.length > 1 ? ` in ${partName(period, cells)}` : ''}`); // biome-ignore format: one line
  return [
    { term: 'Period', value: `${period.from} up to, not including, ${period.to}, UTC` },
    { term: 'Demands received', value: received.join(', ') },
    {
      term: 'Counted from',
      value:
        ledger.differences > 0
          ? 'the acts recorded of each request, which differ from the ledger'
          : `the acts recorded of each request, every one held against the ledger of ${grouped(ledger.entries)} entries`,
    },
    ...(ledger.recovered > 0
      ? [
          {
            term: 'After a crash',
            value: `${grouped(ledger.recovered)} entries of the ledger were ended by recovery and have no digest to hold acts against`,
          },
        ]
      : []),
  ];
}
