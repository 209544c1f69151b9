import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { claim, release } from '../processes/claim.ts'
import { portAnswers } from '../processes/port.ts'
import type { App } from './apps.ts'
import { type AssignedPort, assignPorts } from './assign-ports.ts'
import type { Output } from './output.ts'
import { endOrphans, makeRunRecord } from './run-record.ts'
import { aborted, type Supervised, type Surroundings, supervise } from './supervise.ts'

/** Longer than any app's own drain. */
const drainMsDefault = 15_000
/** The slowest app is up in two seconds on a small machine. */
const readyMsMax = 60_000
const aliveMs = 60_000

export type LaunchedDatabase = {
  readonly url: string
  /** Variables for all apps that go with what is in the database. */
  readonly env: Readonly<Record<string, string>>
  readonly stop: () => Promise<void>
}
export type LaunchPlan = {
  readonly apps: readonly App[]
  /** Where this checkout's launcher keeps its claim and its record. */
  readonly stateFolder: string
  readonly output: Output
  /** Starts or finds the database, migrated and seeded. */
  readonly openDatabase: (ports: readonly AssignedPort[]) => Promise<LaunchedDatabase>
  /** Called once all apps answer. */
  readonly ready: (ports: readonly AssignedPort[]) => void
  readonly drainMsMax?: number
}
export type LaunchSignals = { readonly drain: AbortSignal; readonly hurry: AbortSignal }

/**
 * Runs everything until `drain` is aborted, then stops it in the opposite order: apps, simulated registry, database; never
 * anything that it did not start. Throws when an app was given up or did not get ready; everything is stopped then too.
 */
export async function launch(plan: LaunchPlan, signals: LaunchSignals): Promise<void> {
  const { apps, output, stateFolder, drainMsMax = drainMsDefault } = plan
  await using cleanup = new AsyncDisposableStack()
  // Waiting for a signal alone does not keep a process alive.
  const alive = setInterval(() => undefined, aliveMs)
  cleanup.defer(() => clearInterval(alive))
  const place = join(stateFolder, 'launcher')
  mkdirSync(stateFolder, { recursive: true })
  claim(place)
  cleanup.defer(() => release(place))
  const recordPath = join(stateFolder, 'apps.json')
  const orphans = await endOrphans(recordPath, drainMsMax)
  if (orphans.length > 0) output.say(`ended what a killed launcher left running: ${orphans.join(', ')}`)

  const ports = await assignPorts(apps)
  for (const { app, first, port } of ports)
    if (port !== first) output.say(`port ${first} is busy: ${app} uses ${port}`)
  const database = await plan.openDatabase(ports)
  cleanup.defer(() => database.stop())

  const around: Surroundings = { output, record: makeRunRecord(recordPath), drainMsMax, hurry: signals.hurry }
  const all: Supervised[] = []
  for (const stage of byStage(apps)) {
    if (signals.drain.aborted) return
    const group = stage.map((app) => supervise({ ...app, env: environmentOf(app, ports, database) }, around))
    all.push(...group)
    cleanup.defer(async () => void (await Promise.all(group.map((app) => app.stop()))))
    await untilReady(stage, ports, [aborted(signals.drain), ...all.map((app) => app.givenUp)])
  }
  if (!signals.drain.aborted) plan.ready(ports)
  await Promise.race([aborted(signals.drain), ...all.map((app) => app.givenUp)])
  output.say('stopping')
}

function byStage(apps: readonly App[]): readonly (readonly App[])[] {
  const stages = [...new Set(apps.map((app) => app.stage))].toSorted((a, b) => a - b)
  return stages.map((stage) => apps.filter((app) => app.stage === stage))
}

/** An app sees its own ports; the simulator's, which carry its name, are seen by all. */
function environmentOf(
  app: App,
  ports: readonly AssignedPort[],
  database: LaunchedDatabase,
): Record<string, string> {
  const seen = ports.filter((port) => port.app === app.name || port.variable !== 'PORT')
  const variables = seen.map(({ variable, port }) => [variable, String(port)] as const)
  return { DATABASE_URL: database.url, ...database.env, ...app.env, ...Object.fromEntries(variables) }
}

/** Waits until the apps listen, or until one of `ends` settles first. */
async function untilReady(
  apps: readonly App[],
  ports: readonly AssignedPort[],
  ends: Promise<void>[],
): Promise<void> {
  const over = new AbortController()
  const signal = AbortSignal.any([over.signal, AbortSignal.timeout(readyMsMax)])
  const theirs = ports.filter(({ app }) => apps.some(({ name }) => name === app))
  const listening = Promise.all(theirs.map(({ port }) => portAnswers(port, signal)))
  try {
    await Promise.race([listening, ...ends])
  } finally {
    over.abort()
  }
}
