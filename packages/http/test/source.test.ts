import { expect, test } from 'vitest'
import { sourceOf, trustProxies, UNKNOWN_SOURCE } from '../src/source.ts'

const proxies = trustProxies(['10.0.0.0/8', '2001:db8:aaaa::/48', '127.0.0.1'])
const none = trustProxies([])

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['::FFFF:c000:207', '192.0.2.7'],
  ['0:0:0:0:0:ffff:c000:0207', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:DB8:0001:0002::', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['64:ff9b::192.0.2.7', '64:ff9b:0:0::/64'],
  [undefined, UNKNOWN_SOURCE],
])('who connects from %s counts as %s', (peer, source) => {
  expect(sourceOf(peer, undefined, none)).toBe(source)
  expect(sourceOf(peer, '198.51.100.1', none)).toBe(source)
})

const of = (address: string) => sourceOf(address, undefined, none)

test('all addresses of one /64 are one source, those of the next are another', () => {
  expect(of('2001:db8:1:2::1')).toBe(of('2001:db8:1:2:ffff:ffff:ffff:ffff'))
  expect(of('2001:db8:1:2::1')).not.toBe(of('2001:db8:1:3::1'))
})

test.each([
  ['one proxy', '10.1.2.3', '192.0.2.7', '192.0.2.7'],
  ['two proxies', '10.1.2.3', '192.0.2.7, 10.9.9.9', '192.0.2.7'],
  ['one that came as IPv6', '::ffff:10.1.2.3', '192.0.2.7', '192.0.2.7'],
  ['one with IPv6', '2001:db8:aaaa::7', '2001:db8:1:2::9', '2001:db8:1:2::/64'],
  ['an address that the client wrote in front', '10.1.2.3', '198.51.100.1, 192.0.2.7', '192.0.2.7'],
  ['an address of ours that the client wrote', '10.1.2.3', '10.0.0.1, 192.0.2.7', '192.0.2.7'],
  ['one that writes ports', '10.1.2.3', '192.0.2.7:4711', '192.0.2.7'],
  ['one that writes ports of IPv6', '10.1.2.3', '[2001:db8:1:2::9]:4711', '2001:db8:1:2::/64'],
  ['one that maps', '10.1.2.3', '::ffff:c000:207', '192.0.2.7'],
  ['no header', '10.1.2.3', undefined, '10.1.2.3'],
  ['a header that is no address', '10.1.2.3', 'unknown', '10.1.2.3'],
  ['nobody but proxies', '10.1.2.3', '10.0.0.1', '10.0.0.1'],
])('behind %s the one who asks is the last that is no proxy', (_, peer, header, source) => {
  expect(sourceOf(peer, header, proxies)).toBe(source)
})

test.each(['10.0.0.0/33', '10.0.0', 'proxy.internal', '10.0.0.0/8/8', '10.0.0.0/', '2001:db8::/129'])(
  '%s is no proxy',
  (network) => {
    expect(() => trustProxies([network])).toThrow('is no address or network')
  },
)
