import { z } from 'zod'
import { ourClid } from './registries.ts'

/** What the simulated registry does with a name. What comes of it for us, the service finds out. */
export type PlannedEnding =
  | 'uncontested'
  | 'contested_late'
  | 'contested_at_once'
  | 'premium'
  | 'withdrawn_before'
  | 'withdrawn_at_drop'
  | 'unreleased'
  | 'refused'

/** A name that is to drop. */
export type DropPlan = {
  readonly name: string
  readonly purgeAt: Date
  readonly ending: PlannedEnding
  /** It expired at our own registrar, and so carries our client id before the purge. */
  readonly formerlyOurs?: boolean
}

const truthSchema = z.object({
  name: z.string(),
  winner: z.object({ clID: z.string(), crDate: z.string() }).nullable(),
  arrivals: z.array(z.object({ clID: z.string(), code: z.number().optional() })),
})
/** What became of a name at its registry. */
export type Truth = z.output<typeof truthSchema>

const violationsSchema = z.object({
  accounts: z.array(
    z.object({
      clid: z.string(),
      violations: z.record(z.string(), z.number()),
      used: z.record(z.string(), z.number()),
    }),
  ),
})
const loadedSchema = z.object({
  loaded: z.number(),
  refused: z.array(z.object({ name: z.string(), code: z.string() })),
})

/** How the batch of a daily registry runs. Milliseconds. */
export type Pace = { readonly paceMs: number; readonly driftMsMax: number; readonly jitterMsMax: number }

export type Simulator = {
  /** Puts names into pending deletion, each with its planned ending. Throws when the simulator refuses one. */
  readonly load: (registryId: string, names: readonly DropPlan[], isDaily: boolean) => Promise<void>
  /** Schedules the batch of a day: every one of the names, loaded before. */
  readonly schedule: (registryId: string, names: readonly DropPlan[], pace: Pace) => Promise<void>
  readonly truth: (registryId: string) => Promise<readonly Truth[]>
  /** How often our account exceeded a limit of the registry, of any kind. */
  readonly violations: (registryId: string) => Promise<number>
}

/** The simulator's control API at `url`. */
export function simulatorAt(url: string): Simulator {
  const at = (registryId: string, path: string) => `${url}/registries/${registryId}/${path}`
  return {
    load: async (registryId, names, isDaily) => {
      if (names.length === 0) return
      const body = { ownShare: 0, names: names.map((name) => specOf(name, isDaily)) }
      const { refused } = loadedSchema.parse(await post(at(registryId, 'names'), body))
      const [first] = refused
      if (first !== undefined) throw new Error(`the simulator refuses ${first.name}: ${first.code}`)
    },
    schedule: async (registryId, names, pace) => {
      const [first] = names
      if (first === undefined) return
      const body = { startAt: first.purgeAt.toISOString(), names: names.map(({ name }) => name), ...pace }
      await post(at(registryId, 'batches'), body)
    },
    truth: async (registryId) => {
      const lines = (await get(at(registryId, 'truth'))).trim()
      return lines === '' ? [] : lines.split('\n').map((line) => truthSchema.parse(JSON.parse(line)))
    },
    violations: async (registryId) => {
      const { accounts } = violationsSchema.parse(JSON.parse(await get(at(registryId, 'violations'))))
      const ours = accounts.find(({ clid }) => clid === ourClid)
      return Object.values(ours?.violations ?? {}).reduce((sum, count) => sum + count, 0)
    },
  }
}

/** Delays of rivals after the purge, and of a restoration before or after it. Milliseconds. */
const atOnceMs = 1
const lateMs = 1_500
const restoredBeforeMs = 3_000
const restoredAfterMs = 200

function specOf({ name, ending, formerlyOurs, purgeAt }: DropPlan, isDaily: boolean) {
  return {
    name,
    rivals: rivalsOf(ending),
    kind: kindOf(ending),
    ...(!isDaily && { purgeAt: purgeAt.toISOString() }),
    ...(formerlyOurs && { priorClid: ourClid }),
    ...(ending === 'withdrawn_before' && { restoreAt: shifted(purgeAt, -restoredBeforeMs) }),
    ...(ending === 'withdrawn_at_drop' && { restoreAt: shifted(purgeAt, restoredAfterMs) }),
  }
}

function rivalsOf(ending: PlannedEnding) {
  if (ending === 'contested_at_once') return [{ clid: 'rival-a', delayMs: atOnceMs }]
  return ending === 'contested_late' ? [{ clid: 'rival-b', delayMs: lateMs }] : []
}

function kindOf(ending: PlannedEnding) {
  switch (ending) {
    case 'withdrawn_before':
    case 'withdrawn_at_drop':
      return 'withdrawn'
    case 'premium':
    case 'unreleased':
    case 'refused':
      return ending
    default:
      return 'normal'
  }
}

const shifted = (at: Date, ms: number) => new Date(at.getTime() + ms).toISOString()

async function post(url: string, body: unknown): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`)
  return response.json()
}

async function get(url: string): Promise<string> {
  const response = await fetch(url)
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`)
  return response.text()
}
