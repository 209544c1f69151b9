import type { IncomingMessage } from 'node:http'
import { BlockList, isIP, SocketAddress } from 'node:net'

/** Where a request comes from, as far as it can be trusted. An app's `fetch` gets it beside the request. */
export type Asker = {
  /** An IPv4 address, or the /64 of an IPv6 one: a household and any cheap server have 2^64 addresses. */
  readonly source: string
  /** Node's request; absent in tests without a server. */
  readonly incoming?: IncomingMessage | undefined
}

/** The source of a request whose connection is not known, as in a test without a server. */
export const UNKNOWN_SOURCE = 'unknown'

/** More hops than any real chain of proxies; the rest of the header is not read. */
const HOPS_MAX = 10

export type TrustedProxies = {
  /** Whether the address is one of our own proxies. */
  readonly has: (address: string | undefined) => boolean
}

/** Reads addresses and networks (`192.0.2.7`, `10.0.0.0/8`, `2001:db8::/32`). Throws on a text that is neither. */
export function trustProxies(networks: readonly string[]): TrustedProxies {
  const list = new BlockList()
  for (const network of networks) {
    const [, address = '', bits] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(network) ?? []
    const family = familyOf(address)
    const bitsMax = family === 'ipv4' ? 32 : 128
    const bitsGiven = Number(bits ?? bitsMax)
    if (family === undefined || bitsGiven > bitsMax) throw new Error(`${network} is no address or network`)
    list.addSubnet(address, bitsGiven, family)
  }
  return {
    has: (address) => {
      const known = address === undefined ? undefined : unmapped(address)
      const family = known === undefined ? undefined : familyOf(known)
      return known !== undefined && family !== undefined && list.check(known, family)
    },
  }
}

/**
 * The address of the connection, or, if that is one of our own proxies, the last address in `X-Forwarded-For` that is not. What a
 * client writes into the header is further left and is never read. No other header is read: our proxies do not set `Forwarded`
 * (RFC 7239) or `X-Real-IP`.
 */
export function sourceOf(
  peer: string | undefined,
  forwardedFor: string | undefined,
  proxies: TrustedProxies,
): string {
  let address = peer
  const hops = forwardedFor === undefined ? [] : forwardedFor.split(',').slice(-HOPS_MAX)
  while (proxies.has(address)) {
    const hop = withoutPort(hops.pop()?.trim() ?? '')
    if (isIP(hop) === 0) break
    address = hop
  }
  return address === undefined ? UNKNOWN_SOURCE : networkOf(unmapped(address))
}

/** The source that `listen` gave to the app's `fetch`; absent in tests without a server. */
export function sourceFrom(env: Partial<Asker> | undefined): string {
  return env?.source ?? UNKNOWN_SOURCE
}

/** A source as an address that can be sent on: of an IPv6 network its first, which has the same source again. */
export function addressOfSource(source: string): string {
  return source.replace('/64', '')
}

/** An IPv4 address as it is, an IPv6 one without its lower half. */
function networkOf(address: string): string {
  if (!address.includes(':')) return address
  const [head = '', tail] = (address.split('%', 1)[0] ?? '').split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  // An IPv4 address at the end stands for two groups, and they are in the lower half.
  const rightGroups = right.length + (right.at(-1)?.includes('.') === true ? 1 : 0)
  const zeros = tail === undefined ? 0 : Math.max(8 - left.length - rightGroups, 0)
  const groups = [...left, ...Array.from({ length: zeros }, () => '0'), ...right]
  const upper = groups.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16))
  return `${upper.join(':')}::/64`
}

/** An IPv4 address written as IPv6 (RFC 4291 §2.5.5.2), in any spelling, counts as the IPv4 address. */
function unmapped(address: string): string {
  if (isIP(address) !== 6 || address.includes('%')) return address
  const { address: usual } = new SocketAddress({ address, family: 'ipv6' })
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(usual)?.[1] ?? address
}

/** Some proxies write the port too: `192.0.2.7:4711`, `[2001:db8::1]:4711`. */
function withoutPort(hop: string): string {
  return /^\[([^\]]+)\](?::\d+)?$/.exec(hop)?.[1] ?? /^([\d.]+):\d+$/.exec(hop)?.[1] ?? hop
}

function familyOf(address: string): 'ipv4' | 'ipv6' | undefined {
  const version = isIP(address)
  return version === 4 ? 'ipv4' : version === 6 ? 'ipv6' : undefined
}
