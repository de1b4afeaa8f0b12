/** Something a reader of a message noticed, for the person who reviews it. A note decides nothing. */
export type Note = {
  what:
    | 'sender'
    | 'reply-to'
    | 'authentication'
    | 'header'
    | 'text'
    | 'attachment'
    | 'agency'
    | 'structured demand'
    | 'emergency'
    | 'number';
  /** The field or the part it is about, as a person would look for it. */
  place: string;
  says: string;
};
