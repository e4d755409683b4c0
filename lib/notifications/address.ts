import { BlockList, isIP } from 'node:net'

// A webhook, and the address a browser gives for its push service, is a request that a user makes this server send: it
// must not lead into the network the server stands in (server-side request forgery).

const NOT_PUBLIC = new BlockList()
for (const [address, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const) {
  NOT_PUBLIC.addSubnet(address, prefix, 'ipv4')
}
for (const [address, prefix] of [
  // Unspecified, loopback, and the old way to write an IPv4 address; the new one (::ffff:…) BlockList understands.
  ['::', 96],
  // Translated and tunnelled IPv4, which may be private again.
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['2002::', 16],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['100::', 64],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
] as const) {
  NOT_PUBLIC.addSubnet(address, prefix, 'ipv6')
}

/** Whether an IP address is one of the public internet. */
export const isPublicAddress = (address: string): boolean => {
  const family = isIP(address)
  return family !== 0 && !NOT_PUBLIC.check(address, family === 6 ? 'ipv6' : 'ipv4')
}

/** The host of a URL as an IP address, when it is written as one. */
export function literalAddress({ hostname }: URL): string | null {
  const bare = hostname.replace(/^\[|\]$/g, '')
  return isIP(bare) ? bare : null
}

/** The URL, when something may be sent there as far as its text tells; the addresses of names are looked at when it is. */
export function sendableUrl(text: string, options: { allowPrivate: boolean; httpsOnly?: boolean }): URL | null {
  if (text.length > 2000 || !URL.canParse(text)) return null
  const url = new URL(text)
  const protocols = options.httpsOnly && !options.allowPrivate ? ['https:'] : ['https:', 'http:']
  if (!protocols.includes(url.protocol) || url.username || url.password) return null
  const address = literalAddress(url)
  if (address && !options.allowPrivate && !isPublicAddress(address)) return null
  return url
}
