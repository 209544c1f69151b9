import { join } from 'node:path'
import type { RegistryOptions } from '../../../registry-sim/src/registry/settings.ts'
import { type Dropping, drawNames, namesFor } from './draw-names.ts'
import type { Processes } from './processes.ts'
import { CLOCK_SKEW_MS, LIMITS, lastsMs, RIVALS, type RivalKind, type Scenario, US } from './scenarios.ts'

/** Who sends under our account: the catcher or, to compare, a rival. */
export type Sender = 'catcher' | RivalKind

/** One registry in a process of its own, with its rivals and what sends under our account, at one distance. */
export type LanePlan = {
  /** Of the registry, and of its zone: another one in each round, but the same for all senders. */
  readonly id: string
  readonly scenario: Scenario
  readonly roundTripMs: number
  readonly sender: Sender
  readonly seed: number
}

export type Lane = LanePlan & {
  readonly names: readonly Dropping[]
  /** The registry in the control API. */
  readonly url: string
  readonly control: string
  readonly caFile: string
  /** The port of the proxy, through which all clients connect. */
  readonly port: number
}

const PASSWORD = 'sim-secret-1'
/** More than the attempts of all for one name. */
const ARRIVALS_PER_NAME_MAX = 20_000

function registryOf({ id, scenario }: LanePlan): RegistryOptions {
  const { release, order, greetingInSeconds } = scenario
  return {
    id,
    zones: [id],
    release,
    batchOrder: order,
    releaseWithinMs: lastsMs(scenario),
    svDateInSeconds: greetingInSeconds,
    clockSkewMs: CLOCK_SKEW_MS,
    arrivalsPerNameMax: ARRIVALS_PER_NAME_MAX,
    rivals: [],
    accounts: [US, ...RIVALS].map((clid) => ({ clid, password: PASSWORD, limits: LIMITS })),
  }
}

/** Starts the registry and the proxy of a lane. Lanes with one id have the same registry, with the same draws. */
export async function startLane(processes: Processes, plan: LanePlan, folder: string): Promise<Lane> {
  const { id, scenario, seed, roundTripMs } = plan
  const control = await processes.startUntil('registry-sim/src/main.ts', 'control', {
    DROPLOCK_LOG_LEVEL: 'info',
    DROPLOCK_SIM_SEED: String(seed),
    DROPLOCK_SIM_CONTROL_PORT: '0',
    DROPLOCK_SIM_TLS_FOLDER: folder,
    DROPLOCK_SIM_REGISTRIES: JSON.stringify([registryOf(plan)]),
  })
  const url = `${control}/registries/${id}`
  const { registries } = await readJson<{ registries: { port: number }[] }>(`${control}/registries`)
  const args = [String(registries[0]?.port), String(roundTripMs)]
  const port = await processes.startUntil('catcher/bench/catch/proxy.ts', 'port', {}, args)
  if (scenario.greetingOffMs !== 0)
    await postJson(`${url}/faults`, { kind: 'skewed_sv_date', skewMs: scenario.greetingOffMs })
  return {
    ...plan,
    names: drawNames(scenario, seed).map((each) => ({ ...each, label: `${each.label}.${id}` })),
    url,
    control,
    caFile: join(folder, 'ca.pem'),
    port: Number(port),
  }
}

/** Starts the rivals in one process; and under our account one of their kind, where no catcher sends. */
export function startRivals(processes: Processes, lane: Lane, earlyMs: number): void {
  const { scenario, sender, seed } = lane
  const rivals: { clid: string; kind: RivalKind }[] = RIVALS.map((clid) => ({ clid, kind: scenario.rivals }))
  if (sender !== 'catcher') rivals.push({ clid: US, kind: sender })
  const lateMs = Math.ceil(lastsMs(scenario)) + 5_000
  const settings = rivals.map(({ clid, kind }) => ({
    clid,
    knowsOrder: kind !== 'loop',
    timesCommands: kind === 'timed',
    names: namesFor(lane.names, clid),
  }))
  processes.start('registry-sim/src/rivals/main.ts', {
    DROPLOCK_RIVAL_CONTROL: lane.control,
    DROPLOCK_RIVAL_REGISTRY: lane.id,
    DROPLOCK_RIVAL_CA_FILE: lane.caFile,
    DROPLOCK_RIVAL_PASSWORD: PASSWORD,
    DROPLOCK_RIVAL_SEED: String(seed),
    DROPLOCK_RIVAL_EARLY_MS: String(earlyMs),
    DROPLOCK_RIVAL_LATE_MS: String(lateMs),
    DROPLOCK_RIVALS: JSON.stringify(settings.map((each) => ({ ...each, port: lane.port }))),
  })
}

/** Starts a catcher for our account at the registry of this lane, with its default settings. */
export function startCatcher(processes: Processes, lane: Lane, databaseUrl: string, folder: string): void {
  const credentials = { [accountOf(lane)]: { password: PASSWORD, caFile: lane.caFile } }
  processes.start('catcher/src/main.ts', {
    DATABASE_URL: databaseUrl,
    DROPLOCK_EPP_CREDENTIALS: JSON.stringify(credentials),
    DROPLOCK_JOURNAL_FOLDER: join(folder, `${lane.id}-journal`),
  })
}

export const accountOf = ({ id }: Pick<Lane, 'id'>): string => `${id}/${US}`

/** Throws when the simulator refuses it. */
export async function readJson<Body>(url: string): Promise<Body> {
  const answer = await fetch(url)
  const text = await answer.text()
  if (!answer.ok) throw new Error(`the simulator answered ${answer.status}: ${text}`)
  const body: Body = JSON.parse(text)
  return body
}

/** Throws when the simulator refuses it. */
export async function postJson(url: string, body: unknown): Promise<unknown> {
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`the simulator answered ${answer.status}: ${text}`)
  return JSON.parse(text)
}
