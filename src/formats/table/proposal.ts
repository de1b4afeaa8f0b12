/** What is proposed for a table, and what is asked about it. */
import type { Layout } from './layout.ts';
import type { Role } from './roles.ts';

/** `about` is a header text or a field of the profile; each option is a value for it. */
export type Question = { about: string; asks: string; options: string[] };

export type ProposedColumn = { role: Role | Role[]; type?: string; time?: string; zone?: string; unit?: string };

/** A profile once its questions are answered. */
export type ProposedProfile = {
  profile: string;
  format: 'table';
  sheet?: string;
  delimiter?: string;
  kind?: string;
  category?: string;
  decimal?: string;
  zone?: string;
  columns: Record<string, ProposedColumn>;
};

export type Proposal = { profile: ProposedProfile; questions: Question[]; notes: string[] };

/** A proposal in the making. `zoned`: its times name their own zone. */
export type ProposalDraft = {
  layout: Layout;
  columns: Map<string, ProposedColumn & { zoned?: boolean }>;
  questions: Question[];
  notes: string[];
  decimal?: string;
};

/** Asks each thing once. */
export function ask({ questions }: ProposalDraft, about: string, asks: string, options: string[]): void {
  if (!questions.some((question) => question.about === about && question.asks === asks))
    questions.push({ about, asks, options });
}
