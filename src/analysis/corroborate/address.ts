/**
 * Addresses as SQL compares them: an IPv4 address as it stands, an IPv6 address by its /64, a prefix by its bits.
 *
 * An IPv6 /64 is one subscriber's (reference: inference, 4.1), so addresses below it are not told apart.
 */

/** Bits of a network that one subscriber or one gateway holds: 32 for an IPv4 address, 64 for IPv6. */
export type Level = { family: 4 | 6; bits: number };

const groups = (part: string) => `list_filter(string_split(${part}, ':'), lambda one: one <> '')`;

/** The first 64 bits of an IPv6 address as a number; null when it is none. */
function upper(ip: string): string {
  const [head, tail] = [groups(`split_part(${ip}, '::', 1)`), groups(`split_part(${ip}, '::', 2)`)];
  const eight = `case when contains(${ip}, '::') then list_concat(list_resize(${head}, 8 - len(${tail}), '0'), ${tail})
    else string_split(${ip}, ':') end`;
  return `try_cast('0x' || list_aggregate(list_transform((${eight})[1:4], lambda one: lpad(one, 4, '0')), 'string_agg', '') as ubigint)`;
}

function lower(ip: string): string {
  const part = (n: number) => `try_cast(split_part(${ip}, '.', ${n}) as ubigint)`;
  return `(${part(1)} * 16777216 + ${part(2)} * 65536 + ${part(3)} * 256 + ${part(4)})`;
}

const isV6 = (ip: string) => `contains(${ip}, ':')`;

/** Name of the network of `bits` bits that holds the address `ip`, an SQL expression without a prefix length. */
export function netOf(ip: string, { family, bits }: Level): string {
  if (family === 4) return bits === 32 ? ip : `'4/${bits}/' || (${lower(ip)} >> ${32 - bits})`;
  return `'6/${bits}/' || (${upper(ip)} >> ${64 - bits})`;
}

/** Names of the networks of each of these sizes that hold a login's address, as a list. */
export function netsOf(ip: string, levels: readonly Level[]): string {
  const listed = (family: 4 | 6) =>
    `[${levels.filter((level) => level.family === family).map((level) => netOf(ip, level)).join(', ')}]`; // biome-ignore format: one
  return `case when ${isV6(ip)} then ${listed(6)}::varchar[] else ${listed(4)}::varchar[] end`;
}

/** Address of a lease's `ip`, which may be a prefix. */
export const baseOf = (ip: string) => `split_part(${ip}, '/', 1)`;
export const familyOf = (ip: string) => `case when ${isV6(ip)} then 6 else 4 end`;

/** Bits of the network a lease's `ip` names, an IPv6 address or a longer prefix counting as its /64. */
export function bitsOf(ip: string): string {
  const written = `try_cast(nullif(split_part(${ip}, '/', 2), '') as integer)`;
  return `case when ${isV6(ip)} then least(coalesce(${written}, 128), 64) else coalesce(${written}, 32) end`;
}

/** Name of the network of a lease, at one of the sizes that occur. */
export function leaseNet(ip: string, bits: string, levels: readonly Level[]): string {
  const cases = levels.map(
    (level) => `when ${familyOf(ip)} = ${level.family} and ${bits} = ${level.bits} then ${netOf(baseOf(ip), level)}`,
  );
  return cases.length === 0 ? 'null::varchar' : `case ${cases.join(' ')} end`;
}

/** Private, shared, loopback and link-local addresses (RFC 1918, 6598, 4193, 4291): the same list as for places. */
export const isInsideSql = (ip: string) =>
  `regexp_matches(${ip}, '^(10\\.|127\\.|192\\.168\\.|169\\.254\\.|172\\.(1[6-9]|2[0-9]|3[01])\\.|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])\\.|f[cd][0-9a-f]{2}:|fe[89ab][0-9a-f]:|::1$)')`;

/** Whether a text can be an address: a masked one (`person 7`) is none. */
export const isAddressSql = (ip: string) =>
  `regexp_matches(${ip}, '^[0-9]+(\\.[0-9]+){3}(/[0-9]+)?$|^[0-9a-f:]*:[0-9a-f:]*(/[0-9]+)?$')`;
