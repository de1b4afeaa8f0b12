/**
 * Categories of content: messages, posts, photos, searches. Each row is counted; what was written is not copied.
 *
 * Text stands in a record as its length and digest. Whether a post was public the record does not say.
 */
import type { Mention } from '../../record/record.ts';
import { type Account, accountsIn, isSubject } from './account.ts';
import { draft, field, mentioned, nameOf, type Outcome, timeIn, withoutContent } from './drafts.ts';
import type { Row } from './rows.ts';
import type { Section } from './section.ts';

/** Fields that are about the content. Every other field of a content row may hold some and is digested. */
const ABOUT = new Set([
  'id', 'storyid', 'author', 'user', 'owner', 'from', 'to', 'sender', 'recipient', 'recipients', 'time', 'timestamp',
  'sent', 'uploaded', 'taken', 'posted', 'created', 'datecreated', 'date', 'type', 'size', 'linkedmediafile', 'uploadip',
  'ispublished', 'carouselid', 'mobile', 'producttype', 'subscriptionevent', 'removedbysender', 'missed', 'duration',
  'thread', 'currentparticipants', 'pastparticipants', 'filter', 'source', 'privacy', 'attachments', 'image', 'video',
]); // biome-ignore format: a list

const PEOPLE = ['author', 'user', 'owner', 'from', 'to', 'sender', 'recipient', 'recipients'];
const ONCE = [
  'Id', 'Story Id', 'Title', 'Uploaded', 'Taken', 'Posted', 'Time', 'Timestamp', 'Caption', 'Upload Ip', 'Status', 'Date',
  'Search', 'Query', 'Is Published', 'Carousel Id', 'Album Name', 'Album', 'Image',
]; // biome-ignore format: a list

const POSTS = [
  'comments', 'likes', 'photos', 'videos', 'live_videos', 'archived_live_videos', 'archived_stories', 'wallposts',
  'status_updates', 'shares', 'posts_to_other_walls', 'notes', 'profile_picture', 'posts_and_replies', 'community_notes',
]; // biome-ignore format: a list

const MESSAGES = [
  'unified_messages',
  'reported_conversations',
  'reported_disappearing_messages',
  'direct_shares',
  'direct_stories',
];

export const CONTENT: Record<string, Section> = {
  searches: counted('search', 'DC-09', ['Search', 'Query', 'Time', 'Date']),
  ...Object.fromEntries(POSTS.map((id) => [id, counted(id.replaceAll('_', ' '), 'DC-13', [])])),
  ...Object.fromEntries(MESSAGES.map((id) => [id, messages()])),
};

function counted(name: string, category: string, labels: string[]): Section {
  return {
    category,
    labels: [
      ...ONCE,
      ...labels,
      'Linked Media File',
      'Author',
      'Text',
      'Tags',
      'Link',
      'Source',
      'Filter',
      'Location',
      'Comments',
    ],
    reads: { rows: { opens: ['Album', 'Image', 'Search'], firstOpens: true, once: ONCE, deeperBelongs: true } },
    draft(row, account) {
      const time = timeIn(row, account);
      if (typeof time === 'string') return time;
      const { row: bare, content } = withoutContent(row, ABOUT);
      const value = content.length > 0 ? content.join(' ') : field(row, 'linkedmediafile', 'id', 'storyid');
      return draft('fact', category, account, time, { name, value }, bare, mentioned(row, account, PEOPLE));
    },
  };
}

function messages(): Section {
  return {
    category: 'DC-12',
    labels: [
      'Thread', 'Current Participants', 'Past Participants', 'Author', 'Sent', 'Body', 'Attachments', 'Type', 'Size', 'URL',
      'Linked Media File:', 'Share', 'Date Created', 'Text', 'Product Type', 'Subscription Event', 'Story Id', 'Time',
    ], // biome-ignore format: a list
    reads: {
      rows: {
        opens: ['Author', 'Story Id'],
        once: ['Author', 'Sent', 'Body', 'Time', 'Timestamp', 'Story Id'],
        above: ['Thread', 'Current Participants', 'Past Participants'],
      },
    },
    draft: message,
  };
}

/** A message names its author as the provider keeps it; that says whose account, not who wrote. */
function message(row: Row, account: Account): Outcome {
  const time = timeIn(row, account);
  if (typeof time === 'string') return time;
  const authors = accountsIn(field(row, 'author') ?? '', account.service);
  const others = (label: string) =>
    accountsIn(field(row, label) ?? '', account.service).filter((who) => !isSubject(who, account));
  const own = authors.length > 0 && authors.every((who) => isSubject(who, account));
  const direction = authors.length === 0 || account.subjects.length === 0 ? undefined : own ? 'outbound' : 'inbound';
  const facing = own
    ? ['recipients', 'recipient', 'currentparticipants'].find((label) => others(label).length > 0)
    : 'author';
  const possible = facing === undefined || direction === undefined ? [] : others(facing);
  const counterpart = possible.length === 1 ? possible[0] : undefined;
  const { row: bare } = withoutContent(row, ABOUT);
  const mentions: Mention[] = mentioned(row, account, [...PEOPLE, 'currentparticipants', 'pastparticipants']);
  if (counterpart && facing) {
    for (const mention of mentions) {
      if (mention.fields[0] === nameOf(row, facing) && mention.who.value === counterpart.value)
        mention.column = 'counterpart';
    }
  }
  const values = { medium: 'message', direction, counterpart: counterpart?.value };
  return draft('contact', 'DC-12', account, time, values, bare, mentions);
}
