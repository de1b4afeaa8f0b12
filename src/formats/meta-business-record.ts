/**
 * The business record Meta hands over for Facebook, Instagram, Threads and WhatsApp accounts: `records.html` with its
 * preservation copies and linked media.
 *
 * Not the account holder's own export. Labels are English whatever the language of the account.
 */
import { type Format, format, type ReadContext, type Reading, type ReturnFile, type Sample } from './format.ts';
import { companionOf, isCompanion, readCompanion } from './meta/companions.ts';
import { decoded } from './meta/decoded.ts';
import { Markup } from './meta/markup.ts';
import { Mender } from './meta/page-break.ts';
import { RecordReader } from './meta/record-reader.ts';
import { readRequest } from './meta/request.ts';
import { emptyRow, put } from './meta/rows.ts';
import { vocabularyOf } from './meta/sections.ts';

const SECTION_ID = /\bid\s*=\s*["']?property-[a-z_]+/;
const OF_META =
  /Business Record|id\s*=\s*["']?property-request_parameters|class\s*=\s*["'](?:t [oi]|div_table|m)\b|<th>/;

export default format({
  title: 'Meta business record (Facebook, Instagram, Threads, WhatsApp)',
  support: 'documented',
  sources: [
    'Public parsers of the four generations of its markup, 2021 to 2026: abrignoni/RLEAPP (fbig*.py), '
      + 'TWalkingSE/Log_Enrichment_Streamlit, marlosmadureira/pyWhatsappReaderPackages',
    'Meta, Information for Law Enforcement Authorities',
  ], // biome-ignore format: sentences
  limits:
    'Built from field lists, not from a live record. Shows what the provider kept: an account named as author or caller ' +
    'is an account, not a person. Public and private posts are not told apart. An address without a source port may be ' +
    'shared by many subscribers.',
  kinds: ['session', 'contact', 'place', 'fact'],
  recognise,
  read,
} satisfies Format);

function recognise(sample: Sample): string | null {
  const { text } = sample;
  if (/^\s*</.test(text) && SECTION_ID.test(text) && OF_META.test(text))
    return 'HTML with property- sections of a business record';
  return isCompanion(sample.name) ? companionOf(sample) : null;
}

async function* read(file: ReturnFile, context: ReadContext): AsyncGenerator<Reading> {
  if (isCompanion(file.name)) {
    yield* readCompanion(file, context.siblings);
    return;
  }
  const { stated, account } = await readRequest(file);
  if (stated) yield { stated };
  const ready: Reading[] = [];
  const reader = new RecordReader({ ...account, zone: context.zone }, (reading) => ready.push(reading));
  const mender = new Mender(vocabularyOf, reader);
  const markup = new Markup(mender);
  for await (const text of decoded(file)) {
    markup.write(text);
    for (const reading of ready) yield reading;
    ready.length = 0;
  }
  const cut = markup.end();
  if (cut) {
    const held = mender.left();
    const rest = emptyRow();
    for (const fields of [...reader.left(), held ? { [held.label]: held.value } : {}, cut.left]) {
      for (const [label, value] of Object.entries(fields)) put(rest, label, value);
    }
    const locator = cut.section === null ? 'file end' : `property-${cut.section} end`;
    yield { unreadable: 'cut short: the record ends before its end', locator, raw: rest.raw };
    return;
  }
  reader.end();
  for (const reading of ready) yield reading;
  if (reader.sections === 0) yield { unreadable: 'no section of a business record', locator: 'file' };
}
