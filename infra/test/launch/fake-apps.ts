import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { expect } from 'vitest'
import { repositoryRoot } from '../../src/paths.ts'
import { identityOf } from '../../src/processes/identity.ts'
import { holdsWithin } from '../../src/processes/wait-until.ts'

/** How a fake app behaves. */
export type Manner =
  | 'serves'
  | 'ignores SIGTERM'
  | 'dies at once'
  | 'dies once'
  | 'blocks once'
  | 'waits for another program once'

/** More than the ports of all apps, which lie in two ranges of thirty. */
const portsOfPad = 100
/** Far from `npm start`. */
let padsMade = 110

/** A folder with fake apps, the launchers started on it, and the events that all of them noted. */
export class Launchpad {
  readonly #root = mkdtempSync(join(tmpdir(), 'droplock-launch-'))
  readonly #events = join(this.#root, 'events')
  readonly #launchers: ChildProcess[] = []
  /** Its ports are so many above those of `npm start`. */
  readonly portOffset = (padsMade += 1) * portsOfPad

  constructor(apps: Readonly<Record<string, Manner>>) {
    writeFileSync(this.#events, '')
    for (const [name, manner] of Object.entries(apps)) {
      const folder = join(this.#root, 'apps', name, 'src')
      mkdirSync(folder, { recursive: true })
      writeFileSync(join(folder, 'main.ts'), fakeApp(name, manner, this.#events))
    }
  }

  /** `state` names the checkout: two launchers of one exclude each other. */
  start({ drainMsMax = 2_000, state = 'state' } = {}): ChildProcess {
    const child = spawn(process.execPath, this.#args(drainMsMax, state), { stdio: 'ignore' })
    this.#launchers.push(child)
    return child
  }

  /** By the real npm, with the script that this repository starts by. npm leads a process group, as in a terminal. */
  startByNpm(): ChildProcess {
    const { scripts }: { scripts: { start: string } } = JSON.parse(
      readFileSync(join(repositoryRoot, 'package.json'), 'utf8'),
    )
    const words = this.#args(2_000, 'state').map((word) => `'${word}'`)
    const start = scripts.start.replace('infra/src/start.ts', words.join(' '))
    expect(start).toContain(`node '${import.meta.dirname}`)
    const description = { name: 'pad', version: '1.0.0', scripts: { start } }
    writeFileSync(join(this.#root, 'package.json'), JSON.stringify(description))
    const path = `${dirname(process.execPath)}${delimiter}${process.env['PATH'] ?? ''}`
    const child = spawn('npm', ['start'], {
      cwd: this.#root,
      env: { ...process.env, PATH: path },
      stdio: 'ignore',
      detached: true,
    })
    this.#launchers.push(child)
    return child
  }

  #args(drainMsMax: number, state: string): readonly string[] {
    const fixture = join(import.meta.dirname, 'launcher-fixture.ts')
    return [
      fixture,
      join(this.#root, 'apps'),
      join(this.#root, state),
      this.#events,
      String(drainMsMax),
      String(this.portOffset),
    ]
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
    const isSeen = await holdsWithin({ everyMs: 50, msMax: 40_000 }, () => matches().length >= times)
    if (!isSeen) throw new Error(`${pattern} was not noted; noted was ${this.events().join('; ')}`)
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
      const pid = Number(/ (?:up|runs as) (\d+)/.exec(event)?.[1] ?? 0)
      if (pid > 0 && identityOf(pid) !== undefined) process.kill(pid, 'SIGKILL')
    }
    rmSync(this.#root, { recursive: true, force: true })
  }
}

/** Listens on the ports it is given, notes what happens to it, and behaves as given. */
function fakeApp(name: string, manner: Manner, events: string): string {
  const flag = `${events}.${name}`
  return `
import { appendFileSync, existsSync, writeFileSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import { connect } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
const note = (text: string) => appendFileSync(${JSON.stringify(events)}, '${name} ' + text + '\\n')
process.on('SIGTERM', () => {
  note('drained')
  if (${manner !== 'ignores SIGTERM'}) process.exit(0)
})
const port = (variable: string) => Number(process.env[variable] ?? 0)
const own = port('PORT') || port('DROPLOCK_HEALTH_PORT')
note('up ' + process.pid + ' on ' + own)
if (${manner === 'dies at once'}) process.exit(3)
if (${manner === 'dies once'} && !existsSync(${JSON.stringify(flag)})) {
  writeFileSync(${JSON.stringify(flag)}, '')
  process.exit(3)
}
const health = (request: unknown, response: ServerResponse) => {
  response.end('ok')
  if (${manner === 'blocks once'} && !existsSync(${JSON.stringify(flag)})) {
    writeFileSync(${JSON.stringify(flag)}, '')
    for (;;);
  }
}
const listen = (port: number) => {
  if (port > 0) createServer(health).listen(port, '127.0.0.1')
}
const taken = (port: number) =>
  new Promise((resolve) => connect(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false)))
if (${manner === 'waits for another program once'} && !existsSync(${JSON.stringify(flag)})) {
  writeFileSync(${JSON.stringify(flag)}, '')
  while (!(await taken(own))) await wait(5)
}
if (${name === 'registry-sim'}) {
  listen(port('DROPLOCK_SIM_EPP_PORT'))
  listen(port('DROPLOCK_SIM_EPP_PORT') + 1)
  listen(port('DROPLOCK_SIM_EPP_PORT') + 2)
  listen(port('DROPLOCK_SIM_CONTROL_PORT'))
} else {
  listen(own)
  listen(port('DROPLOCK_METRICS_PORT'))
}
setInterval(() => undefined, 60_000)
`
}
