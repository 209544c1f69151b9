import { appendFileSync } from 'node:fs'
import { ofEachApp } from '@droplock/core/database/app-roles'
import { type App, findApps } from '../../src/launch/apps.ts'
import { type FailingApp, launch } from '../../src/launch/launch.ts'
import { makeOutput } from '../../src/launch/output.ts'
import { stopSignals } from '../../src/launch/stop-signals.ts'

// A launcher with fake apps and a fake database, for tests to signal and to kill.
const [appsFolder = '', stateFolder = '', events = '', drainMsMax = '', portOffset = ''] =
  process.argv.slice(2)
const note = (text: string) => appendFileSync(events, `${text}\n`)
const output = makeOutput(process.stdout, false)
const openDatabase = async () => ({
  url: 'postgres://nowhere',
  urls: ofEachApp(() => 'postgres://nowhere'),
  prepare: async () => ({}),
  stop: async () => note('database stopped'),
})
const ready = (ports: readonly { app: string; port: number }[], failing: readonly FailingApp[]) => {
  const places = ports.map(({ app, port }) => `${app}:${port}`)
  note(`ready ${[...places, ...failing.map(({ name }) => `without ${name}`)].join(' ')}`)
}
/** Short, so that tests are; long enough for a machine on which several of them run. */
const patience = { everyMs: 50, answerMsMax: 1_500, missesMax: 3 }

/** Ports of this test alone: several run at once. */
function moved({ ports, ...app }: App): App {
  return { ...app, ports: ports.map((port) => ({ ...port, first: port.first + Number(portOffset) })) }
}

note(`launcher runs as ${process.pid}`)
try {
  const apps = findApps(appsFolder, []).map(moved)
  const noted = { ...output, say: (text: string) => note(`said: ${text}`) }
  const plan = {
    apps,
    stateFolder,
    output: noted,
    openDatabase,
    ready,
    drainMsMax: Number(drainMsMax),
    patience,
  }
  await launch(plan, stopSignals(noted, process.env['npm_lifecycle_event'] === 'start'))
} catch (error) {
  note(`launcher: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 1
}
note('launcher ended')
