import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { expect, test } from 'vitest'
import type { Ran } from './support.ts'

const root = join(import.meta.dirname, '..', '..')
const infra = join(root, 'infra', 'src')

/** Thresholds for a machine that does much else; times are not what is tested here. */
const patient = ['--visible-ms-max', '30000', '--answer-ms-max', '30000', '--accept-busy']
/** In a few seconds everything grows. */
const anyGrowth = ['--growth-max', '9', '--drift-max', '50']
const rateOf = (perSecond: number, minutes: string) => ['--rate', String(perSecond), '--minutes', minutes]
const few = ['--accounts', '5', '--streams', '7']

/** The command as it is typed, with its own database and apps. It ends when the tests do, however they end. */
async function loadtest(options: readonly string[], path = process.env['PATH']): Promise<Ran> {
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

function crossed({ err }: Ran): readonly string[] {
  return [...err.matchAll(/threshold crossed: (.*)$/gm)].map(([, threshold]) => threshold ?? '')
}

function valueOf({ out }: Ran, metric: string): number | undefined {
  const lines = out
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line))
  return lines.find((line) => line.metric === metric)?.value
}

function reportOf({ err }: Ran): string {
  const [, path = ''] = /the report: (.*)$/m.exec(err) ?? []
  return readFileSync(path, 'utf8')
}

function expectPassed(ran: Ran): void {
  expect(crossed(ran), ran.err).toEqual([])
  expect(ran.code, ran.err).toBe(0)
  expect(valueOf(ran, 'invariants_broken')).toBe(0)
  expect(reportOf(ran)).toContain('<span class="verdict')
}

test('a publication passes: hundreds of claims on names that go live meanwhile, repeated ones answered alike', async () => {
  const ran = await loadtest(['publication', ...rateOf(40, '0.2'), '--names', '100', ...few, ...patient])
  expectPassed(ran)
  expect(valueOf(ran, 'claims_retried')).toBeGreaterThan(0)
  expect(valueOf(ran, 'listings_won')).toBe(valueOf(ran, 'claims_won'))
})

test('a cut-off passes: names are claimed before, at and after it, and nobody late is secured', async () => {
  const ran = await loadtest(['cutoff', ...rateOf(16, '0.1'), ...few, ...patient])
  expectPassed(ran)
  expect(valueOf(ran, 'claims_sent_late')).toBeGreaterThan(0)
  expect(valueOf(ran, 'claims_won_late')).toBe(0)
})

const burst = ['drop-burst', '--names', '20', '--rate', '20', ...few]

test('a drop passes: every result reaches its reseller by stream, by webhook and by asking', async () => {
  const ran = await loadtest([...burst, ...patient])
  expectPassed(ran)
  for (const metric of ['names_decided', 'sse_seen', 'webhook_seen']) expect(valueOf(ran, metric)).toBe(20)
  expect(reportOf(ran)).toContain('First create after the release')
})

test('a stall of the settlements fails the run by the thresholds of its latency, and by no other', async () => {
  const ran = await loadtest([...burst, '--stall-ms', '6000', ...patient, '--visible-ms-max', '1000'])
  expect(crossed(ran), ran.err).toEqual([
    'answer_to_visible{result:successful} p(95)<1000',
    'answer_to_visible{result:failed} p(95)<1000',
    'event_p95{via:sse,result:decided} value<1000',
    'event_p95{via:webhook,result:decided} value<1000',
  ])
  expect(ran.code).toBe(99)
  expect(valueOf(ran, 'invariants_broken')).toBe(0)
})

test('a steady load passes, and its report needs nothing from elsewhere', async () => {
  const ran = await loadtest(['steady', ...rateOf(30, '0.1'), ...few, ...patient])
  expectPassed(ran)
  expect(ran.err).toContain('its stand-in under Node runs the script')
  const report = reportOf(ran)
  expect(report).not.toMatch(/(src|href)\s*=\s*"/)
  expect(report).not.toMatch(/@import|url\(/)
})

test('k6 runs the script where it is on the path, and a soak judges what grows', async () => {
  // There is no k6 where these tests run: what stands on the path is a program of its name that understands its command line.
  const folder = mkdtempSync(join(tmpdir(), 'droplock-loadtest-'))
  const source = join(root, 'loadtests', 'src')
  const k6 = join(folder, 'k6')
  writeFileSync(
    k6,
    `#!/bin/sh
[ "$1" = version ] && exit 0
[ "$1 $2 $3" = 'run --quiet --out' ] || exit 64
exec '${process.execPath}' --import '${join(source, 'hook.ts')}' '${join(source, 'run.ts')}' "$5"
`,
  )
  chmodSync(k6, 0o755)
  const ran = await loadtest(
    ['soak', ...rateOf(20, '0.1'), ...few, ...patient, ...anyGrowth],
    [folder, process.env['PATH']].join(delimiter),
  )
  expect(ran.err).toContain('k6 runs the script')
  expectPassed(ran)
  expect(valueOf(ran, 'claims_won')).toBeGreaterThan(0)
})
