/**
 * Tasks of an ETSI message as targets and items: one target a task, one item for each category it asks for, with the
 * times of its task.
 *
 * An item's id begins with the sender's identifier of its task, because answers and refusals name tasks by it.
 */
import type { DemandInput } from '../../instrument/legal-request.ts';
import type { EtsiNotes } from './notes.ts';
import { type Category, type ClassAsked, categoryOf, classesOf, targetTypeOf, WHOLE_CLASS } from './words.ts';
import { below, child, down, type Element, markRead, textOf, wordOf } from './xml.ts';

export type Task = { id: string; element: Element };

type Target = NonNullable<DemandInput['targets']>[number];
type Item = NonNullable<DemandInput['items']>[number];

export function targetsAndItems(
  tasks: readonly Task[],
  notes: EtsiNotes,
): { targets: Target[]; items: Item[]; asked: ClassAsked[] } {
  const targets: Target[] = [];
  const items: Item[] = [];
  const classes = new Set<ClassAsked>();
  for (const { id, element } of tasks) {
    const details = child(element, 'RequestDetails');
    const target = targetOf(element, details, notes);
    const { parts, asked, rawText } = partsOf(element, details, notes);
    passOver(element, notes);
    for (const one of asked) classes.add(one);
    const range = {
      ...some('from', notes.moment(child(details, 'StartTime'))),
      ...some('to', notes.moment(child(details, 'EndTime'))),
    };
    parts.forEach((part, index) => {
      items.push({
        id: parts.length === 1 ? id : `${id}-${index + 1}`,
        target: targets.length,
        ...some('category', part.category),
        ...range,
        rawText,
        ...(part.of === 'identification' ? { asks: ['only to identify' as const] } : {}),
      });
    });
    targets.push(target);
  }
  return { targets, items, asked: [...classes] };
}

/** The items of a demand that come from these tasks. */
export function itemsOfTasks(items: readonly { id: string }[], tasks: readonly string[]): string[] {
  const of = (id: string) =>
    tasks.some((task) => id === task || (/^-\d+$/.test(id.slice(task.length)) && id.startsWith(task)));
  return items.map(({ id }) => id).filter(of);
}

/** What the sender keeps for itself, and the day until which it expects data to be kept: the law counts that here. */
export function passOver(task: Element, notes: EtsiNotes): void {
  for (const name of ['Reference', 'DesiredStatus']) {
    const own = child(task, name);
    if (own) markRead(own);
  }
  const until = child(task, 'DesiredPreservationExpiration');
  if (until)
    notes.add(until.place, `The sender expects preservation until ${textOf(until)}; it is counted here from receipt.`);
}

/**
 * The first identifier names the target, a second one the same account; a port and a time belong to an address. A task
 * without any keeps its place with a name that nothing can be found by, so that it is asked for and not forgotten.
 */
function targetOf(task: Element, details: Element | undefined, notes: EtsiNotes): Target {
  const values = below(details, ({ name }) => name === 'RequestValue').flatMap((one) => {
    const format = textOf(down(one, 'FormatType/FormatName')) ?? '';
    textOf(down(one, 'FormatType/FormatOwner'));
    const value = notes.text(child(one, 'Value'));
    if (value === undefined) return [];
    const type = targetTypeOf(format);
    if (type === null) notes.add(one.place, `This kind of identifier is not known, and read as an account: ${format}`);
    return [{ place: one.place, type: type ?? ('account-id' as const), value }];
  });
  const named = values.filter(({ type }) => type !== 'port');
  const [first, second, ...more] = named;
  if (!first) {
    notes.add(task.place, 'The task names no identifier.');
    return { type: 'real-name', value: 'not stated' };
  }
  for (const { place, value } of more) notes.add(place, `A further identifier of the same task: ${value}`);
  const ports = values.filter(
    ({ type, value }) => type === 'port' && /^\d{1,5}$/.test(value) && Number(value) < 65_536,
  );
  const observed = below(details, ({ name, children }) => /^ObservedTime/.test(name) && children.length === 0);
  const times = observed.flatMap((one) => notes.moment(one) ?? []);
  if (times.length > 1) notes.add(observed[1]!.place, `Further times of observation: ${times.slice(1).join(', ')}`);
  return {
    type: first.type as Target['type'],
    value: first.value,
    ...some('second', second?.value),
    ...some('port', ports[0] && Number(ports[0].value)),
    ...some('observedAt', times[0]),
  };
}

/** As long as a demand can hold. */
const LONGEST_RAW_TEXT = 2_000_000;

type Part = { category?: Category | undefined; of: ClassAsked | null };

/** What the task asks for, by category; a part without one where its words are not known. */
function partsOf(
  task: Element,
  details: Element | undefined,
  notes: EtsiNotes,
): { parts: Part[]; asked: ClassAsked[]; rawText: string } {
  const typeElement = child(details, 'Type');
  const type = wordOf(typeElement);
  const asked = type === undefined ? [] : classesOf(type);
  const subtypes = below(details, ({ name }) => name === 'RequestSubtype').flatMap((element) => {
    const word = wordOf(element);
    return word === undefined ? [] : [{ element, word }];
  });
  if (type === undefined) notes.add(task.place, 'The task names no class of data.');
  else if (asked.length === 0) notes.add(typeElement!.place, `This class of data is not known: ${type}`);
  const found = subtypes.map(({ element, word }): Part => {
    const known = categoryOf(word, asked);
    if (known === null)
      notes.add(element.place, `This kind of data is not known, so its item has no category: ${word}`);
    return known ?? { of: asked.length === 1 ? asked[0]! : null };
  });
  const answered = new Set(found.map(({ of }) => of));
  const whole = asked
    .filter((one) => !answered.has(one) && !answered.has(null))
    .flatMap((of): Part[] => {
      const categories = WHOLE_CLASS[of];
      const place = typeElement!.place;
      if (categories.length > 0) return categories.map((category) => ({ of, category }));
      notes.add(place, `Nothing of the ${of} data is ticked, so the item has no category.`);
      return [{ of }];
    });
  const all = [...found, ...whole];
  const manual = notes.text(child(task, 'ManualInformation'));
  const rawText = [type, ...subtypes.map(({ word }) => word), manual]
    .filter((one) => one !== undefined)
    .join('; ')
    .slice(0, LONGEST_RAW_TEXT);
  return { parts: all.length === 0 ? [{ of: null }] : distinct(all), asked, rawText };
}

function distinct(parts: Part[]): Part[] {
  const key = ({ category, of }: Part) => `${category ?? ''} ${of === 'identification'}`;
  return parts.filter((part, index) => parts.findIndex((one) => key(one) === key(part)) === index);
}

function some<K extends string, V>(name: K, value: V | undefined): { [key in K]?: V } {
  return (value === undefined ? {} : { [name]: value }) as { [key in K]?: V };
}
