import type { FaultyProxy, Network } from '@droplock/epp/conformance/faulty-proxy'
import { between, type Random } from '../../../../apps/registry-sim/src/random.ts'
import type { Injection } from '../service/round.ts'

/** What a network does to a connection: `lastsMs` long, or as long as the work takes. */
type NetworkFault = {
  readonly begin: (proxy: FaultyProxy, random: Random) => () => void
  readonly lastsMs?: number
}

/** Less than a request may take, and more than most do. Milliseconds. */
const AWAY_MS = 3_000
const CUT_EVERY_MS = 150

const imposed =
  (network: (random: Random) => Network): NetworkFault['begin'] =>
  (proxy, random) => {
    proxy.impose(network(random))
    return () => proxy.impose({})
  }

const repeated =
  (act: (proxy: FaultyProxy) => void): NetworkFault['begin'] =>
  (proxy) => {
    act(proxy)
    const timer = setInterval(() => act(proxy), CUT_EVERY_MS)
    return () => clearInterval(timer)
  }

const both = (conditions: Network['up']) => ({ up: conditions, down: conditions }) as Network

export const faults = {
  latency: { begin: imposed(() => both({ delayMs: () => 150 })) },
  jitter: { begin: imposed((random) => both({ delayMs: () => between(random, 0, 300) })) },
  /** Octets per second of a bad line. */
  'little bandwidth': {
    begin: imposed(() => both({ octetsPerSecondMax: 24_000, sliceOctets: () => 1_200 })),
  },
  'one octet at a time': { begin: imposed(() => both({ sliceOctets: () => 1 })) },
  'pieces of any size': { begin: imposed((random) => both({ sliceOctets: () => between(random, 1, 40) })) },
  resets: { begin: repeated((proxy) => void proxy.resetAll()), lastsMs: AWAY_MS },
  'answers cut off': { begin: repeated((proxy) => proxy.cutNextAnswer()), lastsMs: AWAY_MS },
  'connections refused': { begin: imposed(() => ({ refuses: true })), lastsMs: AWAY_MS },
  'requests held back': { begin: imposed(() => ({ up: { silence: 'held' } })), lastsMs: AWAY_MS },
  'answers held back': { begin: imposed(() => ({ down: { silence: 'held' } })), lastsMs: AWAY_MS },
  'half-open, requests lost': { begin: imposed(() => ({ up: { silence: 'lost' } })), lastsMs: AWAY_MS },
  'half-open, answers lost': { begin: imposed(() => ({ down: { silence: 'lost' } })), lastsMs: AWAY_MS },
  /** As where a firewall has forgotten them: neither side ever learns of it. */
  'open connections gone silent': {
    begin: (proxy: FaultyProxy) => {
      proxy.silenceOpen()
      return () => undefined
    },
  },
} as const satisfies Readonly<Record<string, NetworkFault>>

export type FaultName = keyof typeof faults
export const faultNames = Object.keys(faults) as readonly FaultName[]

/** The fault on a connection, as a part of a round. */
export function injectionOf(
  name: FaultName,
  proxy: FaultyProxy,
  random: Random,
  phases: Injection['phases'],
): Injection {
  const { begin, lastsMs }: NetworkFault = faults[name]
  return {
    phases,
    inject: async () => {
      const end = begin(proxy, random)
      return async () => end()
    },
    ...(lastsMs !== undefined && { lastsMs }),
  }
}
