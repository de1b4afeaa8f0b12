/**
 * How sure the desk can be of who asks, in four levels, and how sure it must be for what is asked.
 *
 * A mailbox of the agency is needed for every level and enough for none above the first: mailboxes are stolen. What the
 * request says of itself raises nothing. The levels are this project's own (its legal reference, section 4.2).
 */
import { microsFrom } from '../base/interval.ts';
import { type Agency, agencyOf, type Directory } from '../instrument/agency.ts';
import type { LegalRequest } from '../instrument/legal-request.ts';
import { within } from '../instrument/mail-domain.ts';
import type { Policy } from '../instrument/policy.ts';
import { assuranceOf, type Level } from '../instrument/rules/assurance.ts';
import { domainOf } from './mailbox.ts';

export const LEVELS: { level: Level; name: string; needs: string }[] = [
  { level: 0, name: 'unknown', needs: 'nothing that counts, or something that speaks against it' },
  { level: 1, name: 'official mailbox', needs: "the agency's own domain, and DMARC passed at our own server; or the portal" },
  { level: 2, name: 'vetted account', needs: 'a portal account of a vetted agency, or the decentralised IT system' },
  { level: 3, name: 'called back', needs: "the agency's number in the directory was called and confirmed this very matter" },
  { level: 4, name: 'two people', needs: 'called back, and checked by another person; or a qualified signature over the decentralised IT system' },
]; // biome-ignore format: a table

export type Assurance = {
  level: Level;
  because: string[];
  /** What would raise it, or what speaks against it. */
  missing: string[];
};

export function levelOf(request: LegalRequest, directory: Directory): Assurance {
  const agency = agencyOf(directory, request.requester);
  const against = contrary(request, agency);
  if (against.length > 0) return { level: 0, because: [], missing: against };
  const because: string[] = [];
  const missing: string[] = [];
  const check = (holds: boolean, yes: string, no: string): boolean => {
    (holds ? because : missing).push(holds ? yes : no);
    return holds;
  };
  const overSystem = request.channel === 'dits';
  const { auth } = request.requester;

  const mailbox =
    overSystem ||
    check(
      hasOfficialMailbox(request, agency),
      `the address is of ${agency?.name}`,
      'an address of a domain the directory lists for the agency',
    );
  const sent = sentBy(request, check);
  const account =
    overSystem ||
    (request.channel === 'portal' &&
      check(
        auth.credential === 'ok' && agency !== null,
        'sent from a vetted portal account',
        'a portal account of a vetted agency',
      ));
  const called = calledBack(request, agency, check);
  const second = called && secondPerson(request, check);
  const signed =
    overSystem &&
    check(request.eu?.qes === true, 'a qualified signature over the decentralised IT system', 'a qualified signature');

  let level: Level = 0;
  if (mailbox && sent) level = 1;
  if (mailbox && account) level = 2;
  if (mailbox && called) level = 3;
  if ((level === 3 && second) || signed) level = 4;
  return { level, because, missing };
}

type Check = (holds: boolean, yes: string, no: string) => boolean;

function contrary({ requester, channel }: LegalRequest, agency: Agency | null): string[] {
  const { auth, callback } = requester;
  const domain = requester.email === undefined ? null : domainOf(requester.email);
  return [
    ...(auth.credential === 'suspended' || agency?.credential === 'suspended'
      ? ["the agency's credential is suspended"]
      : []),
    ...(auth.lookalikeOf !== null ? [`the domain could be taken for ${auth.lookalikeOf}`] : []),
    ...(auth.freeMail === true ? ['the address is a mailbox anyone can open'] : []),
    ...(auth.dmarc === 'fail' ? ['DMARC failed: the domain did not send it'] : []),
    ...(auth.replyToDiffers === true ? ['answers would go to another domain'] : []),
    ...(callback?.answer === 'denied' ? ['when called, the agency said it is not theirs'] : []),
    ...(channel === 'email' && requester.email !== undefined && domain === null ? ['the address cannot be read'] : []),
  ];
}

/** Of the agency it says to be: an address of another listed agency is not its own. */
function hasOfficialMailbox({ requester }: LegalRequest, agency: Agency | null): boolean {
  const domain = requester.email === undefined ? null : domainOf(requester.email);
  if (agency === null || domain === null || !requester.auth.domainInDirectory) return false;
  return within(domain, agency.domains);
}

/** Whether the way it came shows that the mailbox sent it. */
function sentBy({ channel, requester: { auth } }: LegalRequest, check: Check): boolean {
  switch (channel) {
    case 'portal':
      return check(true, 'it came through the portal', '');
    case 'dits':
      return check(true, 'it came over the decentralised IT system', '');
    case 'email': {
      const passed = check(auth.dmarc === 'pass', 'DMARC passed at our own server', 'a DMARC result of our own server');
      const answers = check(auth.replyToDiffers === false, 'answers go where it came from', 'to know where answers go');
      return passed && answers;
    }
    default:
      return check(false, '', `${channel} does not show who sent it`);
  }
}

/** A number counts that the directory gives for this agency, called once the request was here. */
function calledBack(
  { requester: { callback }, receivedAt }: LegalRequest,
  agency: Agency | null,
  check: Check,
): boolean {
  if (callback === null) return check(false, '', "a call to the agency's number in the directory");
  const [called, received] = [microsFrom(callback.at), microsFrom(receivedAt)];
  const why =
    callback.numberSource !== 'directory'
      ? 'the number called was taken from the request'
      : agency === null || !sameNumber(callback.number, agency.phone)
        ? "the number called is not the agency's in the directory"
        : called === null || received === null || called < received
          ? 'the call was before the request arrived'
          : callback.answer !== 'confirmed'
            ? 'nobody confirmed the matter when called'
            : callback.by.trim() === ''
              ? 'it is not said who called'
              : null;
  return check(why === null, `${callback.by} called ${agency?.name}, who confirmed this matter`, why ?? '');
}

function secondPerson({ requester: { callback, secondVerifier } }: LegalRequest, check: Check): boolean {
  const name = secondVerifier === null ? '' : person(secondVerifier);
  if (name === '') return check(false, '', 'a second person who checks it');
  return check(
    name !== person(callback?.by ?? ''),
    `${secondVerifier} checked it as well`,
    'a second person: whoever called cannot be the second',
  );
}

const person = (name: string): string => name.normalize('NFKC').replace(/\s+/g, ' ').trim().toLowerCase();
const sameNumber = (one: string, other: string): boolean => one.replace(/[^\d+]/g, '') === other.replace(/[^\d+]/g, '');

/** The level without which what is asked is not handed over: the rules' own, so that desk and rules cannot differ. */
export function floorOf(request: LegalRequest, policy: Policy): { level: Level; because: string[] } {
  const { floor, because } = assuranceOf(request, policy);
  return { level: floor, because };
}

/**
 * What is needed, what there is, and what is missing between the two. A paper that came by post and gives no address has no
 * mailbox to look at: there the call-back decides.
 */
export function assuranceFor(
  request: LegalRequest,
  directory: Directory,
  policy: Policy,
): { floor: Level; level: Level; because: string[]; missing: string[] } {
  const ruled = assuranceOf(request, policy);
  const hasMailbox = request.requester.email !== undefined || request.channel === 'email';
  const found = hasMailbox ? levelOf(request, directory) : { level: ruled.level, because: [], missing: ruled.missing };
  const missing = found.level >= ruled.floor ? [] : found.missing.length > 0 ? found.missing : ruled.missing;
  return { floor: ruled.floor, level: found.level, because: [...ruled.because, ...found.because], missing };
}
