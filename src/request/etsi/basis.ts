/** What an order is for and where its data goes: offences and proceeding (section G), service, delivery (section L). */
import type { DemandInput } from '../../instrument/legal-request.ts';
import type { EtsiNotes } from './notes.ts';
import { type Parts, type Sections, without } from './sections.ts';
import { wordsIn } from './words.ts';
import { below, child, down, wordOf } from './xml.ts';

export function basisOf(sections: Sections, notes: EtsiNotes): DemandInput['basis'] {
  const offences = sections.all('G', /^Offence$/).map((one) => {
    const leaf = (name: RegExp) => below(one, ({ name: own }) => name.test(own))[0];
    return without({
      text: notes.text(leaf(/^(Description|Nature|Name)$/)),
      statute: notes.text(leaf(/Provision/)),
      maxPenaltyMonths: notes.months(leaf(/^MaximumPenaltyMonths$/)),
      listed: notes.yes(leaf(/^Listed$/)) === true,
      from: notes.day(leaf(/^CommittedFrom$/)),
      to: notes.day(leaf(/^CommittedTo$/)),
    });
  });
  const proceeding = sections.first('G', /^(Proceeding|ProceedingType|TypeOfProceedings?)$/);
  const written = wordsIn(wordOf(proceeding) ?? '');
  const purpose = offences[0]?.text;
  return without({
    offences,
    purpose,
    proceeding: /sentence|execution|detention/.test(written)
      ? ('sentence' as const)
      : /crim/.test(written)
        ? ('criminal' as const)
        : undefined,
  });
}

export function serviceOf({ authorisation, sections }: Parts, notes: EtsiNotes): string | undefined {
  const named =
    notes.text(sections.first('E', /^(ServiceName|NameOfService)$/)) ??
    notes.text(sections.first('B', /^(ServiceName|NameOfServiceProvider)$/));
  const provider = down(authorisation, 'AuthorisationCSPID/CSPID');
  const id = [notes.text(child(provider, 'CountryCode')), notes.text(child(provider, 'UniqueIdentifier'))]
    .filter(Boolean)
    .join(' ');
  if (id !== '' && named === undefined) notes.add(provider!.place, `Service provider concerned: ${id}`);
  return named;
}

/** Where Section L has the data sent, as far as the tasks say; several places are named one after the other. */
export function deliveryOf({ tasks, sections }: Parts, notes: EtsiNotes): string | undefined {
  const places = tasks.flatMap(({ element }) =>
    below(element, ({ name }) => name === 'LDDeliveryDestination').map((destination) => {
      const endpoint = down(destination, 'DeliveryAddress/EndpointID');
      const other = below(child(destination, 'DeliveryAddress'), ({ children }) => children.length === 0).filter(
        (one) => !endpoint?.children.includes(one),
      );
      const who = wordOf(child(destination, 'LDDeliveryProfile'));
      const where = [
        notes.text(child(endpoint, 'CountryCode')),
        notes.text(child(endpoint, 'UniqueIdentifier')),
        ...other.map((one) => notes.text(one)),
      ];
      return [where.filter(Boolean).join(' '), who && `(${wordsIn(who)})`].filter(Boolean).join(' ');
    }),
  );
  const written = sections.all('L', /^AuthorityCompetences$/).map((one) => wordsIn(notes.text(one) ?? ''));
  const all = [...new Set(places.length > 0 ? places : written)].filter((one) => one !== '');
  const text = all.join('; ');
  if (text.length > 20_000) notes.add('Section L', 'It names more places of delivery than a demand can hold.');
  return text === '' || text.length > 20_000 ? undefined : text;
}
