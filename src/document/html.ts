/** The report as one HTML file. */
import type { ReportDocument } from './document.ts';
import { block, facts, text } from './html-blocks.ts';
import { page } from './html-page.ts';

export function html(document: ReportDocument): string {
  const { cover, sections, matter, day } = document;
  const contents = sections.map(({ id, title }) => `<li><a href="#${id}">${text(title)}</a></li>`).join('');
  return page(
    document.title,
    `<a class="skip" href="#received">Skip to the report</a>
<header class="cover">
<p class="kicker">${text(cover.kicker)}</p>
<h1>${text(cover.title)}</h1>
<p class="subtitle">${text(cover.subtitle)}</p>
${facts(cover.facts)}
<p class="mode"><strong>${text(cover.mode.name)}.</strong> ${text(cover.mode.says)}</p>
<h2>Papers and what they cover</h2>
${cover.instruments.map((paper) => `<section class="paper"><h3>${text(paper.title)}</h3>${facts(paper.facts)}<ul>${paper.scope.map((line) => `<li>${text(line)}</li>`).join('')}</ul></section>`).join('\n')}
<nav aria-label="Contents"><h2>Contents</h2><ol>${contents}</ol></nav>
</header>
<main>
${sections.map(({ id, title, blocks, newPage }) => `<section id="${id}"${newPage ? ' class="page"' : ''}>\n<h2>${text(title)}</h2>\n${blocks.map(block).join('\n')}\n</section>`).join('\n')}
</main>
<footer><p>${text(cover.mode.name)} · ${text(matter.name)} · <span class="mono">${text(matter.id)}</span>${day ? ` · ${day}` : ''}</p></footer>`,
  );
}
