/**
 * One syslog message after RFC 5424: its header, its structured data and what text follows.
 *
 * Field names are those of the standard. Nothing is lenient: a message of another shape is not one.
 */

export type SyslogMessage = {
  timestamp: string;
  hostname: string;
  appName: string;
  procId: string;
  msgId: string;
  elements: { id: string; params: [name: string, value: string][] }[];
  text: string;
};

// RFC 5424, 6: PRI is at most 191, VERSION is 1, and each name is printable ASCII without a space, or `-`.
const HEADER = /^<(\d{1,3})>1 ([!-~]{1,32}) ([!-~]{1,255}) ([!-~]{1,48}) ([!-~]{1,128}) ([!-~]{1,32}) /;
const PARAM = / ([!#-<>-\\^-~]{1,32})="((?:[^"\\\]]|\\[\s\S])*)"/y;
const NAME = /([!#-<>-\\^-~]{1,32})/y;

/** A message of a NAT is a few hundred characters; no limit would let one line cost any amount of work. */
const LENGTH_LIMIT = 65_536;

/** Null when `line` is not such a message, or longer than 65,536 characters. */
export function readSyslog(line: string): SyslogMessage | null {
  if (line.length > LENGTH_LIMIT) return null;
  const header = HEADER.exec(line);
  if (!header || Number(header[1]) > 191) return null;
  const [whole, , timestamp, hostname, appName, procId, msgId] = header as unknown as string[];
  const data = structuredData(line, whole!.length);
  if (!data) return null;
  const text = line.slice(data.next);
  if (text !== '' && !text.startsWith(' ')) return null;
  return {
    timestamp: timestamp!,
    hostname: hostname!,
    appName: appName!,
    procId: procId!,
    msgId: msgId!,
    elements: data.elements,
    text: text.slice(1).replace(/^\uFEFF/, ''),
  };
}

function structuredData(line: string, start: number): { elements: SyslogMessage['elements']; next: number } | null {
  if (line[start] === '-') return { elements: [], next: start + 1 };
  const elements: SyslogMessage['elements'] = [];
  let next = start;
  while (line[next] === '[') {
    NAME.lastIndex = next + 1;
    const id = NAME.exec(line)?.[1];
    if (id === undefined) return null;
    next = NAME.lastIndex;
    const params: [string, string][] = [];
    for (;;) {
      PARAM.lastIndex = next;
      const param = PARAM.exec(line);
      if (!param) break;
      params.push([param[1]!, unescaped(param[2]!)]);
      next = PARAM.lastIndex;
    }
    if (line[next] !== ']') return null;
    next += 1;
    elements.push({ id, params });
  }
  return elements.length === 0 ? null : { elements, next };
}

/** A backslash stands for itself before anything but a quote, a backslash and a closing bracket (RFC 5424, 6.3.3). */
function unescaped(value: string): string {
  return value.replace(/\\(["\\\]])/g, '$1');
}
