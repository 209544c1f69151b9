import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, onTestFinished } from 'vitest'
import { repositoryRoot } from '../../src/paths.ts'

/** Everything is up within this on a busy machine. Milliseconds. */
export const timeout = 120_000

type Started = {
  readonly npm: ChildProcess
  readonly state: string
  readonly said: readonly string[]
  readonly sees: (pattern: RegExp) => Promise<RegExpExecArray>
}

/** The real `npm start`, with all its apps, in a separate state folder. */
export function startByNpm(env: Readonly<Record<string, string>> = {}): Started {
  const state = mkdtempSync(join(tmpdir(), 'droplock-start-'))
  chmodSync(state, 0o755)
  const clean = Object.entries(process.env).filter(([name]) => !/^(DROPLOCK|DATABASE)_/.test(name))
  const path = `${dirname(process.execPath)}${delimiter}${process.env['PATH'] ?? ''}`
  const npm = spawn('npm', ['start'], {
    cwd: repositoryRoot,
    env: { ...Object.fromEntries(clean), PATH: path, DROPLOCK_STATE_FOLDER: state, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said: string[] = []
  for (const stream of [npm.stdout, npm.stderr])
    createInterface({ input: stream }).on('line', (line) => said.push(messageOf(line)))
  onTestFinished(async () => {
    await stopped(npm)
    rmSync(state, { recursive: true, force: true })
  })
  const sees = async (pattern: RegExp) => {
    const find = () => said.map((line) => pattern.exec(line)).find((match) => match !== null)
    await expect.poll(find, { timeout, message: String(pattern) }).toBeTruthy()
    const found = find()
    if (!found) throw new Error(`not said: ${pattern}`)
    return found
  }
  return { npm, state, said, sees }
}

/** Of a line of the launcher or an app, what a person reads first. */
function messageOf(line: string): string {
  try {
    const { app, msg }: { app?: string; msg?: string } = JSON.parse(line)
    return `${app}: ${msg}`
  } catch {
    return line
  }
}

/** Ends it as a person does, and waits until it has. */
export async function stopped(npm: ChildProcess): Promise<void> {
  if (npm.exitCode !== null || npm.signalCode !== null) return
  const ended = once(npm, 'exit')
  npm.kill('SIGTERM')
  await ended
}

type RunningApp = { readonly name: string; readonly pid: number }

/** The apps that it runs now. */
export function appsOf(state: string): readonly RunningApp[] {
  return JSON.parse(readFileSync(join(state, 'apps.json'), 'utf8'))
}

export function pidsOf(state: string): readonly number[] {
  return appsOf(state).map(({ pid }) => pid)
}
