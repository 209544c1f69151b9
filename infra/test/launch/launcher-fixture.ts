import { appendFileSync } from 'node:fs'
import { findApps } from '../../src/launch/apps.ts'
import { launch } from '../../src/launch/launch.ts'
import { makeOutput } from '../../src/launch/output.ts'
import { stopSignals } from '../../src/launch/stop-signals.ts'

// A launcher with fake apps and a fake database, for tests to signal and to kill.
const [appsFolder = '', stateFolder = '', events = '', drainMsMax = ''] = process.argv.slice(2)
const output = makeOutput(process.stdout, false)
const openDatabase = async () => ({
  url: 'postgres://nowhere',
  env: {},
  stop: async () => appendFileSync(events, 'database stopped\n'),
})
const ready = (ports: readonly { app: string; port: number }[]) => {
  appendFileSync(events, `ready ${ports.map(({ app, port }) => `${app}:${port}`).join(' ')}\n`)
}

try {
  const apps = findApps(appsFolder, [])
  const plan = { apps, stateFolder, output, openDatabase, ready, drainMsMax: Number(drainMsMax) }
  await launch(plan, stopSignals(output))
} catch (error) {
  appendFileSync(events, `launcher: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
