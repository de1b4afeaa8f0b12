/**
 * What a certificate says of itself as a European order: the States it joins, its deadline, whom it was notified to,
 * the ticks of its sections B, C, G, H and K.
 */
import type { DemandInput } from '../../instrument/legal-request.ts';
import type { Authority } from './authority.ts';
import type { EtsiNotes } from './notes.ts';
import { type Carriage, type Parts, type Sections, without } from './sections.ts';
import { type Deadline, deadlineOf, wordsIn } from './words.ts';
import { child, down, wordOf } from './xml.ts';

export type Eu = NonNullable<DemandInput['eu']>;

export function europeanOf(
  parts: Parts,
  issuing: Authority,
  validating: Authority,
  notes: EtsiNotes,
  carriage: Carriage,
): Eu {
  const { header, authorisation, sections } = parts;
  const flags = (child(authorisation, 'AuthorisationFlags')?.children ?? []).map((one) => wordOf(one) ?? '');
  const deadline = deadlineIn(parts, notes);
  const emergency = flags.includes('IsEmergency') || deadline === 'emergency';
  const owner = notes.country(child(authorisation, 'CountryCode'));
  const issuingState = notes.country(down(header, 'SenderIdentifier/CountryCode')) ?? owner;
  if (authorisation && owner !== undefined && owner !== issuingState)
    notes.add(authorisation.place, `The order is owned in ${owner}, the message was sent from ${issuingState}.`);
  const notified = sections.first('K', /^EnforcingAuthority$/);
  const notifiedEA = flags.includes('EnforcingAuthorityNotified') || notified !== undefined;
  const enforcingState =
    notes.country(sections.first('K', /Country/)) ?? notes.country(down(header, 'ReceiverIdentifier/CountryCode'));
  const mayInform = notes.yes(sections.first('H', /MayInform/));
  if (flags.includes('DelayInformingUser')) notes.add('Section H', 'The issuing authority delays telling the user.');
  const reasons = notes.text(sections.first('C', /Reason|Justification/));
  const fallback = notes.yes(sections.first('B', /^EmergencyCase$/));
  const addresseeType = wordsIn(notes.text(sections.first('B', /TypeOfAddressee|AddresseeType/)) ?? '');
  const domestic = domesticIn(deadline, notifiedEA, issuingState, sections, notes);
  return without({
    ia: issuing.name,
    iaRole: issuing.role,
    va: validating.name,
    vaRole: validating.role,
    issuingState,
    enforcingState,
    ...domestic,
    addresseeKind: /representative/.test(addresseeType)
      ? ('legal representative' as const)
      : /other/.test(addresseeType) || fallback
        ? ('other establishment' as const)
        : /establishment/.test(addresseeType)
          ? ('designated establishment' as const)
          : undefined,
    emergencyFallback: fallback === true,
    notifiedEA,
    qes: carriage.qualifiedSignature === true,
    emergency,
    emergencyGround: emergency ? reasons : undefined,
    exPostValidation:
      emergency && issuing.emergency && validating.name === undefined ? validationIn(sections, notes) : undefined,
    toProcessor:
      notes.yes(sections.first('G', /^AddressedToProcessor$|^Processor$/)) === true ||
      sections.first('G', /^ProcessorGround$/) !== undefined,
    processorGround: processorIn(sections, notes),
    publicAuthorityState: notes.country(sections.first('G', /^PublicAuthority(State|Country)$/)),
    privileged: notes.yes(sections.first('G', /Privilege/)) === true,
    transport: carriage.transport ?? 'alternative',
    sentenceMonths: notes.months(sections.first('G', /^SentenceMonths$/)),
    inAbsentia: notes.yes(sections.first('G', /^InAbsentia$/)) === true,
    absconded: notes.yes(sections.first('G', /^Absconded$/)),
    mayInform: mayInform === true,
  });
}

function deadlineIn({ authorisation, sections }: Parts, notes: EtsiNotes): Deadline | null {
  const stated = [
    child(authorisation, 'AuthorisationPriority'),
    ...sections.all('C', /^WithinTenDays$|^Value$/),
  ].filter((one) => one !== undefined);
  const read = stated.map((element) => ({ element, word: wordOf(element) ?? '' })).filter(({ word }) => word !== '');
  const found = read.map(({ element, word }) => {
    const name =
      /^WithinTenDays$/.test(element.name) && /^(true|1)$/i.test(word) ? 'within ten days' : deadlineOf(word);
    if (name === null) notes.add(element.place, `This deadline is not known: ${word}`);
    return name;
  });
  const kinds = [...new Set(found.filter((one) => one !== null))];
  if (kinds.length > 1) notes.add('Section C', `More than one deadline is ticked: ${kinds.join(', ')}.`);
  return kinds.find((one) => one === 'emergency') ?? kinds.find((one) => one === 'end of ten days') ?? kinds[0] ?? null;
}

/**
 * Where the offence was and where the person lives. A certificate that asks for the data within ten days and names no
 * enforcing authority says thereby that both are of the issuing State (Article 8(2)), unless it says otherwise.
 */
function domesticIn(
  deadline: Deadline | null,
  notifiedEA: boolean,
  issuingState: string | undefined,
  sections: Sections,
  notes: EtsiNotes,
): Pick<Eu, 'offenceState' | 'residenceState'> {
  const offenceState = notes.country(sections.first('G', /^(PlaceOfOffence|OffenceState|OffenceCountry)$/));
  const residenceState = notes.country(sections.first('E', /^(Residence|ResidenceState|CountryOfResidence)$/));
  if (
    deadline === 'within ten days' &&
    !notifiedEA &&
    issuingState !== undefined &&
    (!offenceState || !residenceState)
  ) {
    notes.add(
      'Sections C and K',
      `The data is due within ten days and no enforcing authority is named. By Article 8(2) that is for an offence ` +
        `in the issuing State and a person living there: ${issuingState} was entered where it states none.`,
    );
    return { offenceState: offenceState ?? issuingState, residenceState: residenceState ?? issuingState };
  }
  return { offenceState, residenceState };
}

function validationIn(sections: Sections, notes: EtsiNotes): Eu['exPostValidation'] {
  const written = wordsIn(notes.text(sections.first('I', /ExPostValidation/)) ?? '');
  if (written === '') return undefined;
  const found = (['not sought', 'sought', 'given', 'refused'] as const).find((one) => written.includes(one));
  return found ?? (/^(true|1)$/.test(written) ? 'sought' : undefined);
}

function processorIn(sections: Sections, notes: EtsiNotes): Eu['processorGround'] {
  const element = sections.first('G', /^ProcessorGround$/);
  const written = wordsIn(notes.text(element) ?? '');
  if (/identif/.test(written)) return 'controller cannot be identified';
  if (/detriment|harm|prejudice/.test(written)) return 'detriment to the investigation';
  if (written !== '') notes.add(element!.place, `This ground is not known: ${written}`);
  return undefined;
}
