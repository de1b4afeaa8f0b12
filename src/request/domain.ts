/**
 * Whose domain an address is of: an agency's of the directory, a free mailbox, or one made to look like an agency's.
 *
 * A name is compared as people see it; nothing is looked up. That a domain is an agency's shows which mailbox wrote, and
 * mailboxes are stolen.
 */
import { domainToUnicode } from 'node:url';
import { distance } from 'fastest-levenshtein';
import { parse } from 'tldts';
import { visible } from '../document/visible.ts';
import type { Agency, Directory } from '../instrument/agency.ts';
import { within } from '../instrument/mail-domain.ts';
import type { Policy } from '../instrument/policy.ts';
import { FREE_MAIL } from './free-mail.ts';
import { seen, skeleton } from './skeleton.ts';

/** The part someone registered (`donaana.example` of `sheriff.donaana.example`); null for an address or a bare ending. */
export function registrable(domain: string): string | null {
  return partsOf(domain).registrable;
}

/** Anyone can open a mailbox there: known ones and those the policy names, with their sub-domains. */
export function isFreeMail(domain: string, policy: Policy): boolean {
  const name = plain(domain);
  const zone = registrable(name);
  if (zone !== null && FREE_MAIL.has(zone)) return true;
  return within(name, policy.freeMailDomains.map(plain));
}

/** The agency that lists this domain or one above it; the closest, where several do. */
export function listedAgency(domain: string, directory: Directory): Agency | null {
  const name = plain(domain);
  let closest: { agency: Agency; length: number } | null = null;
  for (const agency of directory.agencies) {
    for (const listed of agency.domains.map(plain)) {
      if (within(name, [listed]) && listed.length > (closest?.length ?? 0)) closest = { agency, length: listed.length };
    }
  }
  return closest?.agency ?? null;
}

export type LookAlike = { of: string; how: string };

/**
 * The listed domain that this one could be taken for, and how; null for a listed domain, its sub-domains and what
 * stands above it.
 */
export function lookAlike(domain: string, directory: Directory, policy: Policy): LookAlike | null {
  const name = plain(domain);
  if (name === '') return null;
  const listedShapes = shapesOf(directory);
  if (listedShapes.some((listed) => within(name, [listed.name]) || within(listed.name, [name]))) return null;
  const candidate = shape(name);
  // Whoever runs the zone of a listed agency gives all names in it; a name there is compared with its neighbours only.
  const neighbours = listedShapes.filter(({ zone }) => zone !== null && zone === candidate.zone);
  const compared = neighbours.length > 0 ? neighbours : listedShapes;
  for (const way of WAYS) {
    for (const other of compared) {
      const how = way(candidate, other, policy.limits.lookalikeDistance);
      if (how !== null)
        return { of: other.name, how: neighbours.length > 0 ? `${how}; both lie in ${visible(candidate.zone!)}` : how };
    }
  }
  return null;
}

type Shape = {
  name: string;
  skeleton: string;
  zone: string | null;
  ending: string;
  /** All before the public ending, as written and as drawn. */
  before: string;
  beforeSkeleton: string;
  /** The words of the name, drawn, split at dots and hyphens. */
  words: string[];
  wordsBefore: string[];
  joined: string;
  /** The labels in the characters a person is shown. */
  seen: string[];
  seenZone: string[];
};

/** A directory is replaced as a whole and never changed, so what its names look like is worked out once. */
const SHAPES = new WeakMap<Directory, Shape[]>();

function shapesOf(directory: Directory): Shape[] {
  const known = SHAPES.get(directory);
  if (known) return known;
  const shapes = directory.agencies.flatMap(({ domains }) => domains.map((domain) => shape(plain(domain))));
  SHAPES.set(directory, shapes);
  return shapes;
}

function shape(name: string): Shape {
  const { registrable: zone, ending, before } = partsOf(name);
  const drawn = skeleton(name);
  const beforeSkeleton = skeleton(before);
  return {
    name,
    skeleton: drawn,
    zone,
    ending,
    before,
    beforeSkeleton,
    words: drawn.split(/[.-]+/).filter(Boolean),
    wordsBefore: beforeSkeleton.split(/[.-]+/).filter(Boolean),
    joined: drawn.replace(/[.-]+/g, ''),
    seen: seen(name).split('.'),
    seenZone: zone === null ? [] : seen(zone).split('.'),
  };
}

/** Endings that only a State's own bodies are given: nobody registers a false name there. */
const GOVERNMENT =
  /^(gov|mil|int|europa\.eu|police\.uk|(gov|gob|gouv|gouvernement|govt|go|gv|gc|mil|police|fed|admin)\.[a-z]{2})$/;
const GLUED_LETTERS = 8;

type Way = (candidate: Shape, listed: Shape, limit: number) => string | null;

const WAYS: Way[] = [confusable, hyphenated, inside, nearly, nearZone, otherEnding, extraWord];

/** Drawn alike: characters of other scripts, digits for letters, `rn` for `m`. */
function confusable(candidate: Shape, listed: Shape): string | null {
  if (candidate.skeleton !== listed.skeleton && !candidate.skeleton.endsWith(`.${listed.skeleton}`)) return null;
  return `it is drawn like ${listed.name}: ${shown(candidate.name)}`;
}

/** The same letters with other hyphens or dots. */
function hyphenated(candidate: Shape, listed: Shape): string | null {
  if (candidate.joined !== listed.joined) return null;
  return `it is ${listed.name} with other hyphens or dots`;
}

/** The whole name, or the whole registered part, stands inside a name that ends elsewhere. */
function inside(candidate: Shape, listed: Shape): string | null {
  if (candidate.zone === listed.zone || GOVERNMENT.test(candidate.ending)) return null;
  if (contains(candidate.words, listed.words)) return `${listed.name} stands inside a name that ends elsewhere`;
  if (listed.joined.length >= GLUED_LETTERS && candidate.joined.includes(listed.joined))
    return `${listed.name} stands, written together, inside another name`;
  if (listed.zone !== null && `.${candidate.name}`.includes(`.${listed.zone}.`))
    return `${listed.zone}, the zone of ${listed.name}, stands inside a name that ends elsewhere`;
  return null;
}

/** A few letters away as a whole, or the end of it; short words allow fewer. */
function nearly(candidate: Shape, listed: Shape, limit: number): string | null {
  return away(candidate.seen.slice(-listed.seen.length), listed.seen, limit);
}

/** The part someone registered is a few letters away, whatever stands before it. */
function nearZone(candidate: Shape, listed: Shape, limit: number): string | null {
  return candidate.zone === listed.zone ? null : away(candidate.seenZone, listed.seenZone, limit);
}

function away(labels: string[], listed: string[], limit: number): string | null {
  const [one, other] = [labels.join('.'), listed.join('.')];
  if (one === other || other === '' || Math.abs(one.length - other.length) > limit) return null;
  const letters = distance(one, other);
  if (letters > allowed(labels, listed, limit)) return null;
  return `${visible(one)} is ${letters === 1 ? 'one letter' : `${letters} letters`} away from ${other}`;
}

/** A third of the letters of the shortest label that differs, and never more than the policy allows. */
function allowed(one: string[], other: string[], limit: number): number {
  if (one.length !== other.length) return limit;
  const lengths = one.flatMap((label, at) => (label === other[at] ? [] : [Math.min(label.length, other[at]!.length)]));
  return Math.min(limit, Math.floor(Math.min(...lengths) / 3));
}

const LONG_NAME_LETTERS = 10;

/** The same name under another ending: telling where the listed ending is a State's own, or the name is long. */
function otherEnding(candidate: Shape, listed: Shape): string | null {
  if (candidate.beforeSkeleton !== listed.beforeSkeleton || candidate.ending === listed.ending) return null;
  const official = GOVERNMENT.test(listed.ending) && !GOVERNMENT.test(candidate.ending);
  if (!official && listed.before.length < LONG_NAME_LETTERS) return null;
  return `it is ${listed.name} under another ending, .${visible(candidate.ending)}`;
}

/** Words that many agencies have in their name, so that sharing them says nothing. */
const COMMON = new Set(
  'police policia polizia polizei politie policie polisen sheriff sheriffs justice justicia court courts customs county city state province district office department dept agency ministry prosecutor prosecutors procura attorney inquiry investigation investigations federal national public safety crime security service services law enforcement government example'
    .split(' ')
    .map(skeleton),
);

/** All words of the listed name, in any order, with others or alone. */
function extraWord(candidate: Shape, listed: Shape): string | null {
  if (candidate.zone === listed.zone || GOVERNMENT.test(candidate.ending)) return null;
  if (listed.wordsBefore.every((word) => COMMON.has(word))) return null;
  if (!listed.wordsBefore.every((word) => candidate.wordsBefore.includes(word))) return null;
  const more = candidate.wordsBefore.length > listed.wordsBefore.length;
  if (!more && (listed.wordsBefore.length < 2 || candidate.beforeSkeleton === listed.beforeSkeleton)) return null;
  return `it has the words of ${listed.name}${more ? ' and another' : ' in another order'}`;
}

function contains(words: string[], wanted: string[]): boolean {
  if (wanted.length === 0) return false;
  return words.some((_, start) => wanted.every((word, index) => words[start + index] === word));
}

/** As the name system compares: ASCII letters in lower case, without a last dot. Other characters stay what they are. */
function plain(domain: string): string {
  return domain.replace(/[A-Z]/g, (letter) => letter.toLowerCase()).replace(/\.$/, '');
}

function partsOf(name: string): { registrable: string | null; ending: string; before: string } {
  const { domain, publicSuffix, isIp } = parse(name, { allowPrivateDomains: true, extractHostname: false });
  if (isIp || publicSuffix === null || domain === null)
    return {
      registrable: null,
      ending: publicSuffix ?? '',
      before: isIp ? name : name.split('.').slice(0, -1).join('.'),
    };
  return { registrable: domain, ending: publicSuffix, before: name.slice(0, -publicSuffix.length - 1) };
}

/** The name with its other characters, where it is written in the ASCII form of one (RFC 3492). */
function shown(name: string): string {
  const unicode = domainToUnicode(name);
  return unicode === '' || unicode === name ? `‘${visible(name)}’` : `‘${visible(unicode)}’ (${visible(name)})`;
}
