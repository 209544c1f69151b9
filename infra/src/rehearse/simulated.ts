import type { DropDay } from '@droplock/core/order-of-service/read-drop-day'
import { limitsIn } from '@droplock/epp/profiles/registrar-config'
import { registryProfiles } from '@droplock/rules/registries'
import { z } from 'zod'
import { UsageError } from '../processes/arguments.ts'
import type { NameFate } from './judge.ts'
import type { Rehearsed, ShiftedDay } from './shift-day.ts'

/** Where the simulated registry runs: this machine, and nowhere else. */
export const HOST = '127.0.0.1'

/** Of every login there, good for nothing else. */
export const PASSWORD = 'sim-secret-1'

/** The ids of our accounts there, and of the rivals. */
export const oursAt = ({ contracts }: Pick<DropDay, 'contracts'>): readonly string[] =>
  contracts.map((_, index) => `us-${index + 1}`)
export const rivalsAt = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `rival-${index + 1}`)

/** Throws UsageError where a host is not on this machine: a rehearsal reaches no real registry. */
export function requireLoopback(hosts: readonly string[]): void {
  const other = hosts.find((host) => host !== HOST && host !== '::1' && host !== 'localhost')
  if (other !== undefined) throw new UsageError(`a rehearsal reaches no other machine, and not ${other}`)
}

/** A period of applications is as long as the answers to its creates take; that of a registry is hours. Milliseconds. */
export const PERIOD_MS = 15_000

/** More creates of a name than the truth keeps are counted. */
const ARRIVALS_MAX = 20_000

export const hasDropHost = ({ profile }: Pick<DropDay, 'profile'>): boolean =>
  registryProfiles[profile].dropHost === 'apart'

type Ports = { readonly epp: number; readonly drop: number }

/** The settings of the simulated registry: the profile's rules, and our limits. Each name has a moment of release of its own. */
export function simulatedRegistry(day: DropDay, ports: Ports, rivals: number) {
  const { registryId, profile, contracts, zones, names } = day
  const limits = contracts.map((contract) => {
    // All of the account, on whichever host.
    const { sessionsMax, commandsPerSecondMax, commandsPerMinuteMax, failedCreatesPerDayMax } = wholeOf(
      profile,
      contract,
    )
    return { sessionsMax, commandsPerSecondMax, commandsPerMinuteMax, failedCreatesPerDayMax }
  })
  const [first] = limits
  const accounts = [
    ...oursAt(day).map((clid, index) => ({ clid, limits: limits[index] })),
    ...rivalsAt(rivals).map((clid) => ({ clid, limits: first })),
  ]
  return {
    id: SIMULATED_ID,
    ...(profile !== 'generic' && { profile }),
    release: 'exact',
    port: ports.epp,
    ...(hasDropHost(day) && { dropPort: ports.drop }),
    zones: zones.map(({ name }) => name),
    ownClid: oursAt(day)[0] ?? registryId,
    accounts: accounts.map((account) => ({ ...account, password: PASSWORD })),
    rivals: [],
    arrivalsPerNameMax: ARRIVALS_MAX,
    ...(names.some(({ orderKey }) => orderKey === 'hidden') && { infoOfOthers: 'refused' }),
    ...(names.some(({ release }) => release === 'applications') && { dropzone: { periodMs: PERIOD_MS } }),
    fee: { currency: 'USD', standardMinor: Number(FEE_MINOR) },
  }
}

/** Of the registry in the control API. */
export const SIMULATED_ID = 'rehearsal'

export const FEE_MINOR = 800n

/** Both phases of an account together. */
function wholeOf(...of: Parameters<typeof limitsIn> extends [unknown, ...infer Rest] ? Rest : never) {
  const [everyday, drop] = [limitsIn('everyday', ...of), limitsIn('drop', ...of)]
  if (registryProfiles[of[0]].dropHost === 'same') return drop
  return {
    ...drop,
    sessionsMax: everyday.sessionsMax + drop.sessionsMax,
    commandsPerSecondMax: everyday.commandsPerSecondMax + drop.commandsPerSecondMax,
  }
}

/** How long before its window a name of a batch was updated last, and by how much names differ. Milliseconds. */
const UPDATED_BEFORE_MS = 35 * 86_400_000
const UPDATED_APART_MS = 60_000

export type SimulatedRegistry = {
  /** Has the names drop, from `startMs` on. */
  readonly load: (day: ShiftedDay, startMs: number) => Promise<void>
  /** Whether somebody has logged in. */
  readonly isUsed: () => Promise<boolean>
  readonly fates: () => Promise<ReadonlyMap<string, NameFate>>
  /** How often our accounts broke a rule, of any kind. Questions about names of others, which some registries refuse, break none. */
  readonly violations: (ours: ReadonlySet<string>) => Promise<number>
}

const truth = z.object({
  name: z.string(),
  releasedAt: z.string().nullable(),
  winner: z.object({ clID: z.string() }).nullable(),
  arrivals: z.array(z.object({ clID: z.string(), at: z.string(), code: z.number().optional() })),
})
const use = z.object({
  accounts: z.array(
    z.object({ clid: z.string(), sessions: z.int(), violations: z.record(z.string(), z.number()) }),
  ),
})
const loaded = z.object({ refused: z.array(z.object({ name: z.string(), code: z.string() })) })

/** The control API at `url`. */
export function simulatedRegistryAt(url: string): SimulatedRegistry {
  const at = (path: string) => `${url}/registries/${SIMULATED_ID}/${path}`
  const readUse = async () => use.parse(await (await sent(at('violations'))).json()).accounts
  return {
    load: async (day, startMs) => {
      for (const { fromMs, toMs } of openingsOf(day))
        await post(at('openings'), { fromAt: iso(startMs + fromMs), openMs: toMs - fromMs })
      const names = namesOf(day.rehearsed, startMs)
      if (names.length === 0) return
      const { refused } = loaded.parse(await post(at('names'), { ownShare: 0, names }))
      const [first] = refused
      if (first !== undefined) throw new Error(`the simulator refuses ${first.name}: ${first.code}`)
    },
    isUsed: async () => (await readUse()).some(({ sessions }) => sessions > 0),
    fates: async () => {
      const lines = (await (await sent(at('truth'))).text()).trim()
      const truths = lines === '' ? [] : lines.split('\n').map((line) => truth.parse(JSON.parse(line)))
      return new Map(truths.map((each) => [each.name, fateOf(each)]))
    },
    violations: async (ours) =>
      (await readUse())
        .filter(({ clid }) => ours.has(clid))
        .flatMap(({ violations }) => Object.entries(violations))
        .filter(([rule]) => rule !== 'infoOfOthers')
        .reduce((sum, [, count]) => sum + count, 0),
  }
}

function fateOf({ releasedAt, winner, arrivals }: z.output<typeof truth>): NameFate {
  return {
    releasedMs: releasedAt === null ? null : Date.parse(releasedAt),
    winner: winner?.clID ?? null,
    creates: arrivals.map(({ clID, at, code }) => ({ clid: clID, atMs: Date.parse(at), code })),
  }
}

/** Names of a batch were updated one after another, in the order in which they are released. Lists say when the window begins. */
function namesOf(rehearsed: readonly Rehearsed[], startMs: number) {
  const released = rehearsed.toSorted((one, other) => one.releaseMs - other.releaseMs)
  return released.map(({ name, fromMs, releaseMs }, index) => ({
    name: name.name,
    kind: name.isPremium ? 'premium' : 'normal',
    rivals: [],
    priorClid: 'registrar-12',
    purgeAt: iso(startMs + releaseMs),
    updatedAt: iso(startMs - UPDATED_BEFORE_MS + UPDATED_APART_MS * index),
    ...(name.releaseAt === null && { listedAt: iso(startMs + fromMs) }),
  }))
}

/** The windows in which a server is open that is open for windows only. */
function openingsOf({ rehearsed }: ShiftedDay) {
  const windows = rehearsed.filter(({ name }) => name.release === 'open_window')
  return [...new Map(windows.map((one) => [`${one.fromMs} ${one.toMs}`, one])).values()]
}

const iso = (atMs: number) => new Date(atMs).toISOString()

async function post(url: string, body: unknown): Promise<unknown> {
  const answer = await sent(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return answer.json()
}

async function sent(url: string, request: RequestInit = {}): Promise<Response> {
  const answer = await fetch(url, request)
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`)
  return answer
}
