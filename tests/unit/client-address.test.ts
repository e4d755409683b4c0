import { expect, test } from 'vitest'
import { clientAddress, PEER_HEADER } from '@/lib/client-address'

const from = (peer: string, forwarded?: string) => ({ [PEER_HEADER]: peer, 'x-forwarded-for': forwarded })

test('nobody chooses their own address: without a trusted proxy it is the connection’s', () => {
  expect(clientAddress(from('10.0.0.1', '1.2.3.4'), 0)).toBe('10.0.0.1')
  expect(clientAddress(from('::ffff:10.0.0.1'), 0)).toBe('10.0.0.1')
})

test('behind proxies it is what the outermost of them saw, whatever the client wrote before', () => {
  expect(clientAddress(from('10.0.0.1', '6.6.6.6, 1.2.3.4'), 1)).toBe('1.2.3.4')
  expect(clientAddress(from('10.0.0.1', '6.6.6.6, 1.2.3.4, 10.0.0.2'), 2)).toBe('1.2.3.4')
})

test.each([
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0DB8:0001:0002::1', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '::1'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['64:ff9b::1.2.3.4', '64:ff9b:0:0::/64'],
])('of %s the network counts: %s', (address, network) => {
  expect(clientAddress(from(address), 0)).toBe(network)
})

test.each([
  ['', undefined],
  ['unknown', undefined],
  ['1.2.3.4:80', undefined],
  ['', '1.2.3.4'],
])('what is no address is none: %j, %j', (peer, forwarded) => {
  expect(clientAddress(from(peer, forwarded), 0)).toBeNull()
  expect(clientAddress(from('10.0.0.1', `${peer}`), 1)).toBeNull()
})
