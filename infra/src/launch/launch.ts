import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { claim, release } from '../processes/claim.ts'
import type { Patience } from '../processes/watch-answers.ts'
import { type App, databaseVariables } from './apps.ts'
import { type AssignedPort, type Assignment, assignPorts } from './assign-ports.ts'
import { endOrphans, type LaunchedDatabase, makeRunRecord } from './launch-record.ts'
import type { Output } from './output.ts'
import { aborted, type Command, type SuperviseOptions } from './run-app.ts'
import { trustedByGateway } from './sandboxes.ts'
import { type FirstStart, supervise } from './supervise.ts'
import { hideLiveSettings, otherVariables } from './test-world.ts'

/** Longer than any app's own drain. */
const drainMsDefault = 25_000
const aliveMs = 60_000
/** Another program has to take a port in the second between our letting go of it and our app's listening. */
const assignmentsMax = 5
export type FailingApp = Extract<FirstStart, { kind: 'failing' }>
type LaunchPlan = {
  readonly apps: readonly App[]
  /** Where this checkout's launcher keeps its claim and its record. */
  readonly stateFolder: string
  readonly output: Output
  /** Starts or finds the database, migrated. */
  readonly openDatabase: () => Promise<LaunchedDatabase>
  /** Called once every app is up, or has failed so often that it is no longer waited for. */
  readonly ready: (ports: readonly AssignedPort[], failing: readonly FailingApp[]) => void
  readonly drainMsMax?: number
  readonly patience?: Patience
}
export type LaunchSignals = { readonly drain: AbortSignal; readonly hurry: AbortSignal }

/**
 * Runs everything until `drain` is aborted, then stops it in the opposite order: apps, simulated registry, database; never
 * anything that it did not start. An app that fails is started again, and the others run on. Throws when the database failed
 * for good; everything is stopped then too.
 */
export async function launch(plan: LaunchPlan, signals: LaunchSignals): Promise<void> {
  const { output, stateFolder, drainMsMax = drainMsDefault, patience } = plan
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
  const database = await plan.openDatabase()
  cleanup.defer(() => database.stop())

  const record = makeRunRecord(recordPath)
  const options = { output, record, drainMsMax, hurry: signals.hurry, ...(patience && { patience }) }
  const end = Promise.race([aborted(signals.drain), ...(database.failed ? [database.failed] : [])])
  // Whoever waits for it next hears of it.
  end.catch(() => undefined)
  const avoided = new Set<number>()
  for (let attempt = 1; !signals.drain.aborted; attempt += 1) {
    const taken = await runApps(plan, { database, options, avoided }, end)
    if (taken === undefined) break
    const { name, port } = taken
    if (attempt === assignmentsMax) throw new Error(`${name} got no port: another program took ${port} too`)
    avoided.add(port)
    output.say(`another program took port ${port} from ${name}; starting again with other ports`)
  }
}

type LaunchState = {
  readonly database: LaunchedDatabase
  readonly options: SuperviseOptions
  /** Ports that were another program's when an app of ours came to listen. */
  readonly avoided: ReadonlySet<number>
}

/**
 * Starts the apps, stage by stage, on ports of their own, runs them until `end` settles, and stops them. A port that turned
 * out to be another program's is given instead, once everything is stopped again.
 */
async function runApps(
  plan: LaunchPlan,
  { database, options, avoided }: LaunchState,
  end: Promise<void>,
): Promise<Extract<FirstStart, { kind: 'port_taken' }> | undefined> {
  await using running = new AsyncDisposableStack()
  const assignment = running.use(await assignPorts(plan.apps, avoided))
  const { ports } = assignment
  for (const { app, first, port } of ports)
    if (port !== first) plan.output.say(`port ${first} is busy: ${app} uses ${port}`)
  const variablesOf = await prepareWorlds(database, ports)
  const failing: FailingApp[] = []
  for (const stage of byStage(plan.apps)) {
    const group = await Promise.all(
      stage.map(async (app) => {
        await assignment.release(app.name)
        return supervise(commandOf(app, assignment, variablesOf(app)), options)
      }),
    )
    running.defer(async () => void (await Promise.all(group.map((app) => app.stop()))))
    const outcomes = await Promise.race([Promise.all(group.map(({ firstStart }) => firstStart)), end])
    if (outcomes === undefined) return sayStopping(plan.output)
    const taken = outcomes.find((outcome) => outcome.kind === 'port_taken')
    if (taken !== undefined) return taken
    failing.push(...outcomes.filter((outcome) => outcome.kind === 'failing'))
  }
  plan.ready(ports, failing)
  await end
  return sayStopping(plan.output)
}

/** The settings of each app: those of its world, and of the gateway what it needs to serve the test world too. */
async function prepareWorlds(
  { prepare, urls, test }: LaunchedDatabase,
  ports: readonly AssignedPort[],
): Promise<(app: App) => Command['env']> {
  const env = await prepare(ports)
  const testEnv = (await test?.prepare(ports)) ?? {}
  const ofGateway = trustedByGateway(process.env['TRUSTED_PROXIES'])
  return ({ name, isOfTestWorld }) => {
    if (test === undefined)
      return { ...env, ...databaseVariables(name, urls), ...(name === 'gateway' && ofGateway) }
    if (isOfTestWorld !== true)
      return {
        ...env,
        ...databaseVariables(name, urls),
        ...(name === 'gateway' && { ...ofGateway, ...otherVariables(test, testEnv) }),
      }
    const { DROPLOCK_AUTH_CODE_SECRET: secret, DROPLOCK_WEBHOOK_SECRET_KEY: key } = env
    return {
      ...hideLiveSettings(Object.keys(process.env)),
      ...testEnv,
      ...(secret !== undefined && { DROPLOCK_AUTH_CODE_SECRET: secret }),
      ...(key !== undefined && { DROPLOCK_WEBHOOK_SECRET_KEY: key }),
      ...databaseVariables(name, test.urls),
    }
  }
}

function sayStopping(output: Output): undefined {
  output.say('stopping')
}

function byStage(apps: readonly App[]): readonly (readonly App[])[] {
  const stages = [...new Set(apps.map((app) => app.stage))].toSorted((a, b) => a - b)
  return stages.map((stage) => apps.filter((app) => app.stage === stage))
}

/** An app sees its own ports; those whose variable carries an app's name are seen by all. */
function commandOf(app: App, { ports }: Assignment, common: Command['env']): Command {
  const own = ports.filter((port) => port.app === app.name)
  const seen = [...ports.filter(({ isPrivate }) => isPrivate !== true), ...own]
  const variables = seen.map(({ variable, port }) => [variable, String(port)] as const)
  return {
    name: app.name,
    main: app.main,
    env: { ...common, ...app.env, ...Object.fromEntries(variables) },
    ports: own.flatMap(({ port, count = 1 }) => Array.from({ length: count }, (_, index) => port + index)),
    healthPort: own.find(({ isHealth }) => isHealth === true)?.port,
  }
}
