/** Whether the parts of a profile agree with each other, as far as a schema of single fields cannot say. */
import { hasTwoDigitYear, holdsDay, holdsTimeOfDay } from '../reading/shape-grammar.ts';
import type { Profile } from './profile.ts';
import { type Role, TIME_ROLES } from './roles.ts';

type Trouble = { path: string[]; message: string };
type Shaped = Omit<Profile, 'profile'>;

export function profileTroubles(profile: Shaped): Trouble[] {
  return [...columnTroubles(profile), ...pairTroubles(profile)];
}

function columnTroubles(profile: Shaped): Trouble[] {
  const troubles: Trouble[] = [];
  for (const [header, column] of Object.entries(profile.columns)) {
    const at = (field: string, message: string) => troubles.push({ path: ['columns', header, field], message });
    const timed = column.role.some((role) => (TIME_ROLES as readonly string[]).includes(role));
    if (column.time !== undefined && !timed) at('time', 'a time shape on a column that holds no time');
    if (column.zone !== undefined && !timed) at('zone', 'a zone on a column that holds no time');
    if (column.quantile !== undefined && !column.role.includes('radius')) at('quantile', 'only a radius has one');
    if (column.role.includes('ignore') && column.role.length > 1) at('role', 'ignore stands alone');
    for (const shape of column.time ?? []) {
      const clock = column.role.includes('clock');
      if (!clock && !holdsDay(shape)) at('time', `${shape} has no day; use the roles date and clock`);
      if (clock && !holdsTimeOfDay(shape)) at('time', `${shape} has no time of day`);
      if (hasTwoDigitYear(shape) && profile.firstYear === undefined) {
        at('time', `${shape} has a year of two digits; declare firstYear`);
      }
    }
  }
  return troubles;
}

function pairTroubles(profile: Shaped): Trouble[] {
  const troubles: Trouble[] = [];
  const count = (role: Role) => Object.values(profile.columns).filter((column) => column.role.includes(role)).length;
  const say = (path: string, message: string) => troubles.push({ path: [path], message });
  if (count('time') > 0 && count('date') > 0) say('columns', 'both time and date: a row happens once');
  if (count('clock') > 0 && count('date') === 0) say('columns', 'a clock needs a date');
  if (count('time') + count('date') === 0 && profile.kind !== 'fact')
    say('columns', 'no column has the role time or date');
  for (const role of [...TIME_ROLES, 'zone', 'paid-zone', 'amount', 'latitude', 'longitude', 'coordinates'] as Role[]) {
    if (count(role) > 1) say('columns', `two columns have the role ${role}`);
  }
  if (count('latitude') !== count('longitude')) say('columns', 'latitude and longitude come together');
  if (count('latitude') + count('coordinates') > 0 && profile.placeKind === undefined) {
    say('placeKind', 'needed with coordinates: a device fix, an agent, a sector and an address are used differently');
  }
  return troubles;
}
