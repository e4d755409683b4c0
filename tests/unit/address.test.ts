import { expect, test } from 'vitest'
import { isPublicAddress, sendableUrl } from '@/lib/notifications/address'

test('an address of the own network is told however it is written', () => {
  const own = [
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '169.254.169.254',
    '172.31.255.255',
    '192.168.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:10.0.0.1',
    '::ffff:7f00:1',
    '::127.0.0.1',
    '64:ff9b::a00:1',
    '2002:a00:1::',
    'fc00::1',
    'fe80::1',
    'ff02::1',
    'no address',
  ]
  expect(own.filter(isPublicAddress)).toEqual([])
  const open = ['8.8.8.8', '172.32.0.1', '100.128.0.1', '2a00:1450:4001::1', '::ffff:8.8.8.8']
  expect(open.filter((address) => !isPublicAddress(address))).toEqual([])
})

test('a webhook leads to http(s), into the open, and carries no password', () => {
  const closed = { allowPrivate: false }
  const bad = [
    'ftp://example.org/',
    'file:///etc/passwd',
    'https://user:password@example.org/',
    'http://127.1/',
    'http://0x7f000001/',
    'http://2130706433/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'x',
    '',
  ]
  expect(bad.filter((url) => sendableUrl(url, closed))).toEqual([])
  expect(sendableUrl('http://example.org:8080/hook', closed)?.port).toBe('8080')
  expect(sendableUrl('http://example.org/', { ...closed, httpsOnly: true })).toBeNull()
  expect(sendableUrl('http://127.0.0.1/', { allowPrivate: true })).not.toBeNull()
})
