/** Every category of a business record this house knows, by the id of its section without `property-`. */
import { CONTENT } from './content.ts';
import { IDENTITY } from './identity.ts';
import { key } from './label.ts';
import type { Vocabulary } from './page-break.ts';
import { PEOPLE } from './people.ts';
import { REQUEST, REQUEST_LABELS } from './request.ts';
import type { Section } from './section.ts';
import { SESSIONS } from './sessions.ts';
import { WHATSAPP_LOGS } from './whatsapp-logs.ts';

const SECTIONS = new Map(Object.entries({ ...IDENTITY, ...SESSIONS, ...PEOPLE, ...CONTENT, ...WHATSAPP_LOGS }));
const vocabularies = new Map<Section, Vocabulary>();

/** The categories of Threads are those of the others under a name of their own; cookies go under several names. */
export function sectionFor(id: string): Section | null {
  const found = SECTIONS.get(id) ?? SECTIONS.get(id.replace(/^threads_/, ''));
  return found ?? (/(^|_)cookies?(_|$)/.test(id) ? SECTIONS.get('cookies')! : null);
}

export function vocabularyOf(id: string): Vocabulary | null {
  if (id === REQUEST) return REQUEST_VOCABULARY;
  const section = sectionFor(id);
  if (!section) return null;
  let made = vocabularies.get(section);
  if (!made) {
    const { labels, reads } = section;
    const item = typeof reads === 'object' && 'lines' in reads ? reads.lines : undefined;
    made = { labels: new Set(labels.map(key)), item };
    vocabularies.set(section, made);
  }
  return made;
}

const REQUEST_VOCABULARY: Vocabulary = { labels: new Set(REQUEST_LABELS.map(key)) };
