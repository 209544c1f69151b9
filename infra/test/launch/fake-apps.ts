import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { identityOf } from '../../src/processes/identity.ts'

/** How a fake app behaves. */
export type Manner = 'serves' | 'ignores SIGTERM' | 'dies at once' | 'dies once'

/** A folder with fake apps, the launchers started on it, and what all of them wrote down. */
export class Launchpad {
  readonly #root = mkdtempSync(join(tmpdir(), 'droplock-launch-'))
  readonly #events = join(this.#root, 'events')
  readonly #launchers: ChildProcess[] = []

  constructor(apps: Readonly<Record<string, Manner>>) {
    writeFileSync(this.#events, '')
    for (const [name, manner] of Object.entries(apps)) {
      const folder = join(this.#root, 'apps', name, 'src')
      mkdirSync(folder, { recursive: true })
      writeFileSync(join(folder, 'main.ts'), fakeApp(name, manner, this.#events))
    }
  }

  start(drainMsMax = 2_000): ChildProcess {
    const fixture = join(import.meta.dirname, 'launcher-fixture.ts')
    const args = [
      fixture,
      join(this.#root, 'apps'),
      join(this.#root, 'state'),
      this.#events,
      String(drainMsMax),
    ]
    const child = spawn(process.execPath, args, { stdio: 'ignore' })
    this.#launchers.push(child)
    return child
  }

  events(): readonly string[] {
    return readFileSync(this.#events, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
  }

  /** Waits until `times` events match. Gives the last of them. */
  async sees(pattern: RegExp, times = 1): Promise<RegExpExecArray> {
    const matches = () =>
      this.events()
        .map((event) => pattern.exec(event))
        .filter((match) => match !== null)
    await expect
      .poll(() => matches().length, { timeout: 40_000, message: String(pattern) })
      .toBeGreaterThanOrEqual(times)
    const last = matches().at(-1)
    if (last === undefined) throw new Error(`no event matches ${pattern}`)
    return last
  }

  async pidOf(app: string, times = 1): Promise<number> {
    return Number((await this.sees(new RegExp(`^${app} up (\\d+)`), times))[1])
  }

  async remove(): Promise<void> {
    for (const launcher of this.#launchers) {
      if (launcher.exitCode !== null || launcher.signalCode !== null) continue
      launcher.kill('SIGKILL')
      await once(launcher, 'exit')
    }
    // What a killed launcher left behind is ours to end.
    for (const event of this.events()) {
      const pid = Number(/ up (\d+)/.exec(event)?.[1] ?? 0)
      if (pid > 0 && identityOf(pid) !== undefined) process.kill(pid, 'SIGKILL')
    }
    rmSync(this.#root, { recursive: true, force: true })
  }
}

/** Listens on the ports it is given, writes down what happens to it, and behaves as told. */
function fakeApp(name: string, manner: Manner, events: string): string {
  const flag = `${events}.${name}`
  return `
import { appendFileSync, existsSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
const note = (text: string) => appendFileSync(${JSON.stringify(events)}, '${name} ' + text + '\\n')
process.on('SIGTERM', () => {
  note('drained')
  if (${manner !== 'ignores SIGTERM'}) process.exit(0)
})
note('up ' + process.pid)
if (${manner === 'dies at once'}) process.exit(3)
if (${manner === 'dies once'} && !existsSync(${JSON.stringify(flag)})) {
  writeFileSync(${JSON.stringify(flag)}, '')
  process.exit(3)
}
const own = ['PORT', 'DROPLOCK_SIM_EPP_PORT', 'DROPLOCK_SIM_CONTROL_PORT']
for (const variable of ${name === 'registry-sim'} ? own.slice(1) : own.slice(0, 1)) {
  const port = Number(process.env[variable] ?? 0)
  if (port > 0) createServer((socket) => socket.end()).listen(port, '127.0.0.1')
}
setInterval(() => undefined, 60_000)
`
}
