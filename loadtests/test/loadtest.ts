import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { Ran } from './support.ts'

export const root = join(import.meta.dirname, '..', '..')
const infra = join(root, 'infra', 'src')

/** Thresholds for a machine that does much else; times are not what is tested here. */
export const patient = ['--visible-ms-max', '30000', '--answer-ms-max', '30000', '--accept-busy']
/** In a few seconds everything grows. */
export const anyGrowth = ['--growth-max', '9', '--drift-max', '50']
export const rateOf = (perSecond: number, minutes: string) => [
  '--rate',
  String(perSecond),
  '--minutes',
  minutes,
]
export const few = ['--accounts', '5', '--streams', '7']

/** The command as it is typed, with its own database and apps. It ends when the tests do, however they end. */
export async function loadtest(options: readonly string[], path = process.env['PATH']): Promise<Ran> {
  const withParent = join(infra, 'processes', 'with-parent.ts')
  const args = ['--import', withParent, join(infra, 'loadtest.ts'), ...options]
  const env = { ...process.env, PATH: path }
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
  let out = ''
  let err = ''
  child.stdout?.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr?.on('data', (chunk: Buffer) => (err += chunk.toString()))
  const code = await new Promise<number | null>((resolve) => {
    child.once('close', resolve)
  })
  return { code, out, err }
}

export function crossed({ err }: Ran): readonly string[] {
  return [...err.matchAll(/threshold crossed: (.*)$/gm)].map(([, threshold]) => threshold ?? '')
}

export function valueOf({ out }: Ran, metric: string): number | undefined {
  const lines = out
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line))
  return lines.find((line) => line.metric === metric)?.value
}

export function reportOf({ err }: Ran): string {
  const [, path = ''] = /the report: (.*)$/m.exec(err) ?? []
  return readFileSync(path, 'utf8')
}

export function expectPassed(ran: Ran): void {
  expect(crossed(ran), ran.err).toEqual([])
  expect(ran.code, ran.err).toBe(0)
  expect(valueOf(ran, 'invariants_broken')).toBe(0)
  expect(reportOf(ran)).toContain('<span class="verdict')
}
