import { Resolver } from 'node:dns/promises'
import { isIP, type LookupFunction } from 'node:net'
import { callbackify } from 'node:util'
import { isLoopbackAddress, isPublicAddress } from './judge-address.ts'

/** What is wrong about a URL: a stable word. `address`: the host is, or resolves to, an address that is not public. */
export type ForbiddenReason = 'scheme' | 'credentials' | 'port' | 'address' | 'unresolvable'

/** Thrown where a connection would lead to an address that is not allowed. */
export class ForbiddenUrl extends Error {
  override readonly name = 'ForbiddenUrl'
  readonly reason: ForbiddenReason

  constructor(reason: ForbiddenReason) {
    super(`the URL is not allowed: ${reason}`)
    this.reason = reason
  }
}

/** All addresses of a name, IPv4 and IPv6. Empty, or a throw: it has none. */
export type Resolve = (name: string) => Promise<readonly string[]>

export type GuardOptions = {
  /** For development: loopback is allowed too, also by `http`. */
  readonly allowsLoopback: boolean
  /** Left out: the resolver of the system, asked by DNS. */
  readonly resolve?: Resolve
}

/** Decides where webhooks may be sent. */
export type Guard = {
  /** What the URL itself says, without asking a resolver; undefined: it may be allowed. */
  readonly judge: (url: string) => ForbiddenReason | undefined
  /** As `judge`, and what its host resolves to now. A connection is checked again, by `lookup`. */
  readonly judgeResolved: (url: string) => Promise<ForbiddenReason | undefined>
  /** For a connection: the addresses of a name, all of which are allowed. Fails with ForbiddenUrl otherwise. */
  readonly lookup: LookupFunction
}

/** A server that does not answer is not waited for. Milliseconds. */
const DNS_MS_MAX = 2_000
const DNS_TRIES = 2

/**
 * By DNS and not by `getaddrinfo`: that occupies one of a few threads for as long as a dead server does not answer, and knows names of
 * this machine (`/etc/hosts`).
 */
export function resolveByDns(servers?: readonly string[]): Resolve {
  const resolver = new Resolver({ timeout: DNS_MS_MAX, tries: DNS_TRIES })
  if (servers !== undefined) resolver.setServers(servers)
  return async (name) => {
    const answers = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)])
    return answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []))
  }
}

/** Ports that `fetch` refuses to connect to (WHATWG Fetch, "bad port"): other protocols are spoken there. */
export const badPorts: ReadonlySet<number> = new Set([
  0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104,
  109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515,
  526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049,
  3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
])

/** RFC 6761 §6.3: never asked of a resolver. */
const isLocalhost = (name: string) => /^(?:.+\.)?localhost\.?$/.test(name)

export function openGuard({ allowsLoopback, resolve = resolveByDns() }: GuardOptions): Guard {
  const isAllowed = (address: string) =>
    isPublicAddress(address) || (allowsLoopback && isLoopbackAddress(address))

  const addressesOf = async (name: string): Promise<readonly string[]> => {
    if (isLocalhost(name)) return ['127.0.0.1', '::1']
    return resolve(name).catch(() => [])
  }

  /** Every address is checked: which one a connection takes is chosen later. */
  const resolveAllowed = async (name: string): Promise<readonly string[]> => {
    const addresses = await addressesOf(name)
    if (addresses.length === 0) throw new ForbiddenUrl('unresolvable')
    if (!addresses.every(isAllowed)) throw new ForbiddenUrl('address')
    return addresses
  }

  const resolveBack = callbackify(resolveAllowed)

  const judge = (url: string): ForbiddenReason | undefined => {
    if (!URL.canParse(url)) return 'unresolvable'
    const { protocol, username, password, port, hostname } = new URL(url)
    const host = hostOf(hostname)
    const isLoopback = isLocalhost(host) || isLoopbackAddress(host)
    if (protocol !== 'https:' && !(protocol === 'http:' && allowsLoopback && isLoopback)) return 'scheme'
    if (username !== '' || password !== '') return 'credentials'
    if (port !== '' && badPorts.has(Number(port))) return 'port'
    if (isIP(host) === 0 ? isLocalhost(host) && !allowsLoopback : !isAllowed(host)) return 'address'
    return undefined
  }

  return {
    judge,
    judgeResolved: async (url) => {
      const reason = judge(url)
      if (reason !== undefined) return reason
      const host = hostOf(new URL(url).hostname)
      if (isIP(host) !== 0) return undefined
      try {
        await resolveAllowed(host)
        return undefined
      } catch (error) {
        if (error instanceof ForbiddenUrl) return error.reason
        throw error
      }
    },
    lookup: (hostname, options, callback) => {
      resolveBack(hostname, (error, addresses) => {
        if (error !== null) return callback(error, '')
        const found = addresses.map((address) => ({ address, family: isIP(address) }))
        const [first] = found
        if (options.all === true) return callback(null, found)
        return callback(null, first?.address ?? '', first?.family)
      })
    },
  }
}

/** Without the brackets of an IPv6 address. A URL has every spelling of an IPv4 address as its four numbers already. */
function hostOf(hostname: string): string {
  return hostname.replace(/^\[(.*)\]$/, '$1')
}
