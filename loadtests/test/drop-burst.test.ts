import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { expect, test } from 'vitest'
import {
  anyGrowth,
  crossed,
  expectPassed,
  few,
  loadtest,
  patient,
  rateOf,
  reportOf,
  root,
  valueOf,
} from './loadtest.ts'

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
    // Long enough that every app is looked at five times in a fifth of it, also where the machine stands still for a while.
    ['soak', ...rateOf(20, '0.6'), ...few, ...patient, ...anyGrowth],
    [folder, process.env['PATH']].join(delimiter),
  )
  expect(ran.err).toContain('k6 runs the script')
  expectPassed(ran)
  expect(valueOf(ran, 'claims_won')).toBeGreaterThan(0)
})
