import { type Environment, type EnvironmentPlan, startEnvironment } from '../environment/environment.ts'
import { ourClid } from '../environment/registries.ts'
import type { PlannedRegistry } from '../environment/specs.ts'
import type { Output } from '../launch/output.ts'
import { type BurstRule, burstLines, ordinaryList, publishList, zones } from './lists.ts'
import { stallSettling } from './stall-settling.ts'

/** Settings of a script. */
type Env = Readonly<Record<string, string>>

/** A started scenario. `defer` gets what is to be ended before the environment is. */
type Start = (
  burst: BurstRule,
  output: Output,
  stop: AbortSignal,
) => Promise<AsyncDisposable & { readonly environment: Environment; readonly env: Env }>

/** Each scenario, and what starts everything that its script needs. */
export const scenarios = { claims: startClaims, 'drop-burst': startBurst } as const satisfies Record<
  string,
  Start
>
export type ScenarioName = keyof typeof scenarios

/** Names of other days: more than a scenario claims, and enough to be searched. */
const ORDINARY_COUNT = 3_000

const claimsPlan = {
  name: 'loadtest',
  firstPort: 18_800,
  durable: true,
  registries: [
    {
      // Nothing drops while names are claimed, so no registry has to answer.
      id: 'loadtest',
      sessionsMax: 1,
      commandsPerSecondMax: 1,
      zones,
      timing: {
        cutoffLeadSeconds: 60,
        dropLastsSeconds: 60,
        earlySeconds: 0,
        lateSeconds: 0,
        graceSeconds: 0,
      },
    },
  ],
  apps: { gateway: {} },
} as const satisfies EnvironmentPlan

/** Names of the coming days, and a gateway to claim them at. */
async function startClaims(_: BurstRule, output: Output, stop: AbortSignal) {
  const environment = await startEnvironment(claimsPlan, output, stop)
  await publishList(environment.ctx, 'loadtest', ordinaryList(new Date(), ORDINARY_COUNT))
  return started(environment, resellerEnv(environment))
}

/**
 * Limits of our account, which the simulator enforces. A name takes some five commands: `info` before, creates, `info`
 * after; at 25 names in a second the reserve is as much again.
 */
const burstRegistry = {
  id: 'burst',
  sessionsMax: 6,
  commandsPerSecondMax: 250,
  zones,
  // Every name is decided at once; the long window is for a machine that stalls, which would miss names and so measure
  // something else.
  timing: { cutoffLeadSeconds: 3, dropLastsSeconds: 1, earlySeconds: 0, lateSeconds: 10, graceSeconds: 5 },
} as const satisfies PlannedRegistry
const BURST_ZONE: (typeof zones)[number] = 'com'

const burstPlan = {
  name: 'loadtest',
  firstPort: 18_820,
  durable: true,
  registries: [burstRegistry],
  apps: { 'registry-sim': {}, gateway: {}, 'console-api': {}, worker: {}, catcher: {} },
} as const satisfies EnvironmentPlan

/** Orders have so long before the first of them closes: a part that is always there, and one for each name. */
const ORDER_MS_MIN = 5_000
const ORDER_MS_PER_NAME = 20
/** A machine that starts slowly orders slowly. */
const ORDER_SHARE_OF_START = 0.5

/** Everything that a drop takes, and the names that drop; orders are open until shortly before. */
async function startBurst(burst: BurstRule, output: Output, stop: AbortSignal) {
  const fromMs = performance.now()
  const environment = await startEnvironment(burstPlan, output, stop)
  const firstAt = new Date(
    Date.now() +
      burstRegistry.timing.cutoffLeadSeconds * 1_000 +
      ORDER_MS_MIN +
      ORDER_MS_PER_NAME * burst.names +
      ORDER_SHARE_OF_START * (performance.now() - fromMs),
  )
  const list = ordinaryList(new Date(), ORDINARY_COUNT) + burstLines(burst, BURST_ZONE, firstAt)
  await publishList(environment.ctx, burstRegistry.id, list)
  const operator = environment.staff.find(({ roles }) => roles.includes('operator'))
  const env = {
    ...resellerEnv(environment),
    REGISTRY: `${environment.urlOf('registry-sim')}/registries/${burstRegistry.id}`,
    CLID: ourClid,
    CONSOLE: environment.urlOf('console-api'),
    STAFF_EMAIL: operator?.email ?? '',
    STAFF_PASSWORD: operator?.password ?? '',
  }
  const endStall =
    burst.stallMs === 0 ? undefined : stall(environment.databaseUrl, burst, firstAt, output, stop)
  return started(environment, env, endStall)
}

function resellerEnv({ urlOf, resellers }: Environment) {
  return { GATEWAY: urlOf('gateway'), API_KEYS: resellers.map(({ apiKey }) => apiKey).join(',') }
}

function started(environment: Environment, env: Env, end: () => Promise<void> = async () => undefined) {
  const dispose = async () => {
    await end()
    await environment[Symbol.asyncDispose]()
  }
  return { environment, env, [Symbol.asyncDispose]: dispose }
}

/** Injects the fault. Returns what ends it. */
function stall(
  databaseUrl: string,
  { stallMs }: BurstRule,
  firstAt: Date,
  { say }: Output,
  stop: AbortSignal,
): () => Promise<void> {
  say(`a fault: nothing is settled for ${stallMs} ms from the first drop on`)
  const ended = new AbortController()
  const stalled = stallSettling(databaseUrl, firstAt, stallMs, AbortSignal.any([stop, ended.signal]))
  // A fault that fails shows as a run that passes, so the reason is said.
  stalled.catch((error: unknown) => say(`the fault failed: ${String(error)}`))
  return async () => {
    ended.abort()
    await stalled.catch(() => undefined)
  }
}
