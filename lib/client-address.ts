import { isIPv4, isIPv6 } from 'node:net'

/** The header in which our own server puts the other end of the connection; whatever a client sends in it is overwritten. */
export const PEER_HEADER = 'x-obmen-peer'

/**
 * Where a request comes from: the other end of the connection, or behind `trustedProxies` proxies what the outermost of
 * them saw. Anybody can write the rest of X-Forwarded-For. An IPv6 client has a whole /64, so that is what counts.
 */
export function clientAddress(headers: Readonly<Record<string, unknown>>, trustedProxies: number): string | null {
  const said = trustedProxies > 0 ? headers['x-forwarded-for'] : headers[PEER_HEADER]
  const list = typeof said === 'string' ? said.split(',') : []
  const address = list.at(-Math.max(1, trustedProxies))?.trim() ?? ''
  const v4 = address.replace(/^::ffff:(?=[\d.]+$)/i, '')
  if (isIPv4(v4) || v4 === '::1') return v4
  return isIPv6(address) ? `${network(address)}::/64` : null
}

/** The first four groups of an IPv6 address, as they are when nothing is left out. */
function network(address: string): string {
  const [head = '', tail] = (address.split('%')[0] ?? '').toLowerCase().split('::')
  const groups = (part: string) => (part === '' ? [] : part.split(':'))
  // A dotted quad at the end stands for two groups.
  const length = (part: string[]) => part.length + (part.at(-1)?.includes('.') ? 1 : 0)
  const left = groups(head)
  const right = tail === undefined ? [] : groups(tail)
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - length(left) - length(right))
  return [...left, ...Array<string>(zeros).fill('0'), ...right]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')
}
