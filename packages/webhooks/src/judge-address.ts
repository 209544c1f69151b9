import ipaddr from 'ipaddr.js'

type Network = [ipaddr.IPv4 | ipaddr.IPv6, number]

const networks = (...texts: readonly string[]): readonly Network[] =>
  texts.map((text) => ipaddr.parseCIDR(text))

/** All that is global unicast in IPv6 (RFC 4291 §2.4, IANA): outside are ULA, link-local, NAT64, IPv4-mapped and -compatible and more. */
const globalUnicast = ipaddr.parseCIDR('2000::/3') as [ipaddr.IPv6, number]

/**
 * Not public, although the library has them as plain unicast: the platform service of a cloud, IETF protocol assignments (with Teredo),
 * documentation (RFC 9637), and 6to4, which leads to any IPv4 address.
 */
const refused = networks('168.63.129.16/32', '2001::/23', '3fff::/20', '2002::/16')

const loopback = networks('127.0.0.0/8', '::1/128')

function isWithin(address: ipaddr.IPv4 | ipaddr.IPv6, all: readonly Network[]): boolean {
  return all.some(
    ([network, bits]) => network.kind() === address.kind() && address.match([network, bits] as never),
  )
}

/**
 * Whether an address is public: a host on the Internet, and none of ours. `text` is an IPv4 or IPv6 address as a resolver or a URL has
 * it; anything else is not public, an address with a zone among them.
 */
export function isPublicAddress(text: string): boolean {
  if (text.includes('%') || !ipaddr.isValid(text)) return false
  const address = ipaddr.parse(text)
  if (address.range() !== 'unicast' || isWithin(address, refused)) return false
  return address.kind() === 'ipv4' || (address as ipaddr.IPv6).match(globalUnicast)
}

/** Whether an address is one of this machine alone: 127.0.0.0/8 or ::1. */
export function isLoopbackAddress(text: string): boolean {
  return !text.includes('%') && ipaddr.isValid(text) && isWithin(ipaddr.parse(text), loopback)
}
