import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { placeBackorder } from '@droplock/core/backorders/place'
import type { AccountContext, Context } from '@droplock/core/context'
import { newId } from '@droplock/core/new-id'
import { cloneDatabase } from '@droplock/core/testing/clone-database'
import { openBrowser } from '@droplock/infra/browser/open-browser'
import { publishNames } from '@droplock/infra/console/fixture/lists'
import { addCustomer, addPeople } from '@droplock/infra/console/fixture/people'
import { mainOf } from '@droplock/infra/environment/apps'
import {
  catcherEnv,
  host,
  ourClid,
  type SimulatedRegistry,
  simulatorEnv,
} from '@droplock/infra/environment/registries'
import { type PlannedEnding, simulatorAt } from '@droplock/infra/environment/simulator'
import { buildConsole } from '@droplock/infra/pages/build-pages'
import { freePort } from '@droplock/infra/processes/port'
import { holdsWithin } from '@droplock/infra/processes/wait-until'
import { seedDemo } from '@droplock/infra/seed/seed-demo'
import { browserOrReason, openWindows, type Windows } from './console.ts'

/** Our registry, and the zone whose names drop. */
export const registryId = 'sim-live'
const zone = 'live'

/** Away from the plans of environments. */
const FIRST_PORT = 18_700

/** As the catcher's own setting, so that a test need not wait for that of production. */
const quickCatcher = {
  DROPLOCK_LOG_LEVEL: 'error',
  DROPLOCK_AUTH_CODE_SECRET: 'a secret of this test which is long enough',
  DROPLOCK_LEASE_MS: '2000',
  DROPLOCK_LEASE_RENEW_MS: '250',
  DROPLOCK_LEASE_MARGIN_MS: '300',
  DROPLOCK_REFRESH_MS: '100',
  DROPLOCK_PREPARE_LEAD_MS: '10000',
  DROPLOCK_FIRE_LEAD_MS: '5000',
  DROPLOCK_CLOCK_EVERY_MS: '1000',
  DROPLOCK_MESSAGES_MS: '500',
}

const quickWorker = {
  DROPLOCK_LOG_LEVEL: 'error',
  DROPLOCK_DEMO: '1',
  DROPLOCK_SWEEP_CLOSE_MS: '100',
  DROPLOCK_REFUNDS_MS: '100',
}

export type LiveDrop = Windows & {
  readonly ctx: Context
  /** Lists the names for later, and orders them. */
  readonly order: (names: readonly string[]) => Promise<void>
  /** Has ordered names drop `inMs` from now; each ends at the registry as given. */
  readonly drop: (endings: Readonly<Record<string, PlannedEnding>>, inMs: number) => Promise<void>
  /** How many creates of ours have reached the registry. */
  readonly creates: () => Promise<number>
  /** Has the registry put a message into the queue of our account. */
  readonly notify: (message: object) => Promise<void>
  readonly startCatcher: () => Promise<ChildProcess>
  /** Starts the console's server, and waits until it answers, always at the same address. */
  readonly startConsoleApi: () => Promise<ChildProcess>
  readonly simulator: ChildProcess
  readonly close: () => Promise<void>
}

/** The console with a registry, a catcher and a worker, each a process of its own, and no names yet. */
export async function openLiveDrop(): Promise<LiveDrop> {
  await using cleanup = new AsyncDisposableStack()
  const found = await browserOrReason()
  if (typeof found === 'string') throw new Error(found)
  await buildConsole()
  const { db, urls, drop: dropDatabase } = await cloneDatabase()
  cleanup.defer(dropDatabase)
  const ctx = { db, newId }
  const folder = mkdtempSync(join(tmpdir(), 'droplock-live-drop-'))
  cleanup.defer(() => rmSync(folder, { recursive: true, force: true }))
  const registry = { ...planned, host, clid: ourClid, port: await freePort(FIRST_PORT + 95) }
  await seedDemo(ctx, { registries: [registry], allowed: true })
  await addPeople(ctx)
  const buyer = await addCustomer(ctx, 'Anchor Names', 'USD')
  const children: ChildProcess[] = []
  cleanup.defer(async () => void (await Promise.all(children.map(endHard))))
  const start: Start = (app, env) => {
    const child = spawn(process.execPath, [mainOf(app)], { stdio: ['ignore', 'ignore', 'inherit'], env })
    children.push(child)
    return child
  }
  start('worker', { DATABASE_URL: urls.worker, ...quickWorker })
  const server = await placeConsole(start, urls.console_api)
  const simulated = await startRegistry(start, registry, folder)
  const browser = await openBrowser(found)
  cleanup.defer(() => browser.close())
  const opened = cleanup.move()
  return {
    ctx,
    ...openWindows(browser, server.url),
    order: (names) => orderNames(ctx, buyer, names),
    drop: (endings, inMs) => dropNames(ctx, simulated.load, endings, inMs),
    creates: simulated.creates,
    notify: simulated.notify,
    startCatcher: async () =>
      start('catcher', { DATABASE_URL: urls.catcher, ...quickCatcher, ...catcherEnv([registry], folder) }),
    startConsoleApi: server.start,
    simulator: simulated.process,
    close: () => opened.disposeAsync(),
  }
}

type Start = (app: string, env: Readonly<Record<string, string>>) => ChildProcess

/** Where the console's server answers, however often it is started. */
async function placeConsole(start: Start, databaseUrl: string) {
  const port = await freePort(FIRST_PORT + 295)
  const url = `http://${host}:${port}`
  return {
    url,
    start: async () => {
      const child = start('console-api', {
        DATABASE_URL: databaseUrl,
        DROPLOCK_LOG_LEVEL: 'error',
        PORT: String(port),
      })
      await until('the console answers', () => isAnswered(`${url}/healthz`))
      return child
    },
  }
}

/** The simulator, once it answers. */
async function startRegistry(start: Start, registry: SimulatedRegistry, folder: string) {
  const control = await freePort(FIRST_PORT + 195)
  const child = start('registry-sim', {
    ...simulatorEnv([registry], folder),
    DROPLOCK_SIM_CONTROL_PORT: String(control),
    DROPLOCK_LOG_LEVEL: 'error',
  })
  const controlUrl = `http://${host}:${control}`
  const url = `${controlUrl}/registries/${registryId}`
  await until('the registry answers', () => isAnswered(`${url}/truth`))
  const { load, truth } = simulatorAt(controlUrl)
  return {
    process: child,
    load,
    creates: async () => {
      const arrivals = (await truth(registryId)).flatMap((name) => name.arrivals)
      return arrivals.filter(({ clID }) => clID === ourClid).length
    },
    notify: async (message: object) => {
      const answer = await fetch(`${url}/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ clid: ourClid, ...message }),
      })
      if (!answer.ok) throw new Error(`the registry answered ${answer.status}: ${await answer.text()}`)
    },
  }
}

async function isAnswered(url: string): Promise<boolean> {
  const answer = await fetch(url).catch(() => undefined)
  return answer?.ok === true
}

/** Orders close long enough before the window to be seen armed, and it is long enough to stop the registry in it. Seconds. */
const planned: Omit<SimulatedRegistry, 'host' | 'port' | 'clid'> = {
  id: registryId,
  zones: [zone],
  sessionsMax: 4,
  commandsPerSecondMax: 40,
  timing: { cutoffLeadSeconds: 10, dropLastsSeconds: 60, earlySeconds: 0, lateSeconds: 45, graceSeconds: 5 },
}

let lists = 0

const publish = (ctx: Context, names: readonly string[], purgeAt: Date) =>
  publishNames(ctx, { registryId, zone, names, source: `live-${(lists += 1)}.csv`, purgeAt })

async function orderNames(ctx: Context, buyer: AccountContext, names: readonly string[]): Promise<void> {
  await publish(ctx, names, new Date(Date.now() + 3_600_000))
  for (const name of names) await placeBackorder(buyer, { name, payment: 'balance' })
}

/** By a newer list, which brings the names forward: the duration of whatever came before does not matter. */
async function dropNames(
  ctx: Context,
  load: ReturnType<typeof simulatorAt>['load'],
  endings: Readonly<Record<string, PlannedEnding>>,
  inMs: number,
): Promise<void> {
  const purgeAt = new Date(Date.now() + inMs)
  await load(
    registryId,
    Object.entries(endings).map(([name, ending]) => ({ name, ending, purgeAt })),
    false,
  )
  const { kind } = await publish(ctx, Object.keys(endings), purgeAt)
  if (kind !== 'published') throw new Error(`the list that moves the names was ${kind}`)
}

/** Ends a process, also one that is stopped. */
export async function endHard(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}

async function until(what: string, condition: () => Promise<boolean>): Promise<void> {
  if (!(await holdsWithin({ everyMs: 50, msMax: 60_000 }, condition))) throw new Error(`not in time: ${what}`)
}
