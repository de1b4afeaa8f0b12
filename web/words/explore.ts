/** Sentences of Explore. */
export const explore = {
  title: 'Explore',
  loading: 'Fetching the records',
  reading: (count: number) => `${count.toLocaleString('en-US')} records`,
  none: 'Nothing is here to look at. Import a return first; what the paper covers appears here.',
  import: 'Import a return',
  selected: (selected: number, all: number) =>
    selected === all
      ? `All ${all.toLocaleString('en-US')} records`
      : `${selected.toLocaleString('en-US')} of ${all.toLocaleString('en-US')} records`,
  more: (untimed: number, unplaced: number) =>
    [
      untimed > 0 ? `${untimed.toLocaleString('en-US')} without a time that can be placed` : '',
      unplaced > 0 ? `${unplaced.toLocaleString('en-US')} without a place` : '',
    ]
      .filter(Boolean)
      .join(', '),
  chips: 'Selected',
  everything: 'Nothing is left out. Brush a view to select.',
  remove: (what: string) => `Remove ${what}`,
  undo: 'Undo',
  redo: 'Redo',
  clear: 'Select everything',
  save: 'Keep this selection',
  saveName: 'Name for it',
  saved: 'Kept selections',
  link: 'Copy a link to it',
  linked: 'The link is copied. Whoever works in this matter can open it.',
  zone: 'Zone of all times here',
  when: 'When',
  kind: 'Kind',
  party: 'Account',
  source: 'Source',
  says: 'What it says',
  place: 'Place',
  noTime: 'no time that can be placed',
  timeline: 'When',
  timelineSays: (from: string, to: string, isPart = false) =>
    `Counts of records from ${from} to ${to}${isPart ? ', a part of all there is' : ''}. The same numbers are in the table below it; a part can be set by typing.`,
  stretch: 'Spread out this time',
  wholeTime: 'Show the whole time',
  root: 'heights are square roots of counts',
  from: (zone: string) => `From, in ${zone}`,
  to: (zone: string) => `To before, in ${zone}`,
  set: 'Select this time',
  rangeWrong:
    'Two times, the first before the second, such as 2017-03-04T00:00. A time that the clock skipped or repeated is written with its offset.',
  hours: 'Hours of the week',
  hoursSays: (zone: string) => `Records by hour of the week, in ${zone}. Fuller colour is more.`,
  hourOfDay: (hour: number) => `${hour}:00 on every day`,
  cell: (day: string, hour: number, count: number) =>
    `${day} ${String(hour).padStart(2, '0')}:00, ${count.toLocaleString('en-US')} records`,
  map: 'Map',
  mapSays: (inView: number, asShapes: boolean) =>
    inView === 0
      ? 'No selected record that states a place lies in this view.'
      : asShapes
        ? `${inView.toLocaleString('en-US')} records state a place in this view. A circle is an area with the radius the source states, a wedge a sector, a band a distance from an antenna, a square a counter. A broken line is what the source leaves open: how far, how wide, how often.`
        : `${inView.toLocaleString('en-US')} records state a place in this view; fuller colour is more. Each is the middle of an area, not a point. Zoom in to see the areas.`,
  attribution: 'Outlines: Natural Earth, US Census (public domain). Towns: GeoNames, CC BY 4.0.',
  outlines: 'Areas of a finding',
  noOutlines: 'none',
  noAreas: 'No finding drew areas of these records yet; ask for them first.',
  outline: (level: number, areaKm2: number, parts: number) =>
    `${Math.round(level * 100)} % area, ${level > 0.6 ? 'broken' : 'whole'} line: ${areaKm2.toLocaleString('en-US')} km² in ${parts === 1 ? 'one part' : `${parts} parts`}`,
  population: (population: string) => `People living in it: ${population}`,
  outlineSays: 'It says where records were likely made, as far as they state a place; not where a person was.',
  zoomIn: 'Closer',
  zoomOut: 'Farther',
  fit: 'All of them',
  onlyView: 'Only this view',
  table: (count: number, zone: string) => `Records: ${count.toLocaleString('en-US')}, times in ${zone}`,
  facets: 'Kinds, sources, accounts',
  record: 'One record, as it was stored',
  raw: 'The source’s own fields',
  original: 'In the original',
  timesTable: 'Counts over time',
  box: (west: number, south: number, east: number, north: number) =>
    `between ${south.toFixed(2)}° and ${north.toFixed(2)}° north, ${west.toFixed(2)}° and ${east.toFixed(2)}° east`,
};
