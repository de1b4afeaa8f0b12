/** What a finding looks like: a picture where there is one for its question, else its result as it is. */
import type { Finding } from '../../analysis/finding.ts';
import type { Block } from '../../document/document.ts';
import { areasDrawn } from './areas.ts';
import { corroborationDrawn } from './corroboration.ts';
import { hoursDrawn } from './hours.ts';
import { resultListed } from './result.ts';
import { timelineDrawn } from './timeline.ts';

const DRAWN: Record<string, (finding: Finding, id: string) => Block[]> = {
  areas: areasDrawn,
  corroboration: corroborationDrawn,
  hours: hoursDrawn,
  timeline: timelineDrawn,
};

export function drawn(finding: Finding, id: string): Block[] {
  return (DRAWN[finding.question] ?? resultListed)(finding, id);
}
