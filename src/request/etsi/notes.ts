/** What the reader of an ETSI message says beside the demand: what was missing, doubtful or passed over. */
import { microsFrom } from '../../base/interval.ts';
import { type Element, textOf } from './xml.ts';

export type EtsiNote = { place: string; says: string };

const MOST_NOTES = 300;
const LONGEST_TEXT = 20_000;
const SHOWN_CHARACTERS = 200;
const LONGEST_NOTE = 500;

export class EtsiNotes {
  readonly list: EtsiNote[] = [];
  private more = 0;

  add(place: string, says: string): void {
    if (this.list.length < MOST_NOTES) this.list.push({ place, says: says.slice(0, LONGEST_NOTE) });
    else this.more++;
  }

  /** The text of an element where it can stand in a demand; longer ones are told, not cut. */
  text(element: Element | undefined): string | undefined {
    const text = textOf(element);
    if (text === undefined || text.length <= LONGEST_TEXT) return text;
    this.add(element!.place, `The text has ${text.length} characters and was left out of the demand.`);
    return undefined;
  }

  country(element: Element | undefined): string | undefined {
    return this.fitting(element, (text) => (/^[A-Za-z]{2}$/.test(text) ? text.toUpperCase() : null), 'a country code');
  }

  /** A time as written, if the demand can hold it. */
  moment(element: Element | undefined): string | undefined {
    return this.fitting(element, (text) => (isBound(text) ? text : null), 'a time');
  }

  /** The day a time or a date names where it was written. */
  day(element: Element | undefined): string | undefined {
    const first = (text: string) => (isBound(text.slice(0, 10)) ? text.slice(0, 10) : null);
    return this.fitting(element, first, 'a day');
  }

  yes(element: Element | undefined): boolean | undefined {
    const read = this.fitting(
      element,
      (text) => (/^(true|false|1|0)$/i.test(text) ? text.toLowerCase() : null),
      'true or false',
    );
    return read === undefined ? undefined : read === 'true' || read === '1';
  }

  months(element: Element | undefined): number | undefined {
    const read = this.fitting(element, (text) => (/^\d{1,4}$/.test(text) ? text : null), 'a number of months');
    return read === undefined ? undefined : Number(read);
  }

  /** Leaves that nobody read, each with what it says. */
  unread(elements: readonly Element[]): void {
    for (const { place, text } of elements) {
      const shown = text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;
      this.add(place, `Has no place in the demand: ${shown}`);
    }
  }

  end(): EtsiNote[] {
    if (this.more > 0) this.list.push({ place: 'message', says: `${this.more} more remarks are not listed.` });
    return this.list;
  }

  private fitting(
    element: Element | undefined,
    fit: (text: string) => string | null,
    what: string,
  ): string | undefined {
    const text = textOf(element);
    if (text === undefined) return undefined;
    const fits = fit(text);
    if (fits === null) this.add(element!.place, `This is not ${what}: ${text.slice(0, SHOWN_CHARACTERS)}`);
    return fits ?? undefined;
  }
}

/** A day there is, or a time of one, with or without its zone. */
function isBound(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:?\d{2})?)?$/.test(text)) return false;
  const zoned =
    text.length === 10 ? `${text}T00:00:00Z` : /(Z|[+-]\d{2}:?\d{2})$/.test(text.slice(11)) ? text : `${text}Z`;
  return microsFrom(zoned) !== null;
}
