import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { writePage } from '../src/report/page.ts'
import { plotsOf } from '../src/report/plots.ts'
import { type RunData, readRun } from '../src/report/read-run.ts'
import { judgeRun } from '../src/report/verdict.ts'

const run = {
  loadtest: 'steady',
  engine: 'k6',
  startedAt: '2026-11-29T10:00:00.000Z',
  rule: { perSecond: 10, names: 5, seconds: 4, accounts: 2, streams: 3 },
  machine: { cores: 2, processor: 'one', memoryGb: 24, node: 'v24.21.0' },
} as const

const firstMs = Date.parse('2026-11-29T10:00:05.000Z')

/** A line of `k6 run --out json`. */
function point(
  metric: string,
  value: number,
  afterMs: number,
  tags: Readonly<Record<string, string>>,
): string {
  // k6 writes its local time, to the nanosecond.
  const time = new Date(firstMs + afterMs + 2 * 3_600_000).toISOString().replace('Z', '123456+02:00')
  return JSON.stringify({ type: 'Point', metric, data: { time, value, tags } })
}

function folderOf(metrics: object, samples: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'droplock-loadtest-'))
  writeFileSync(join(folder, 'run.json'), JSON.stringify(run))
  writeFileSync(join(folder, 'summary.json'), JSON.stringify({ metrics }))
  const declared = ['http_req_duration', 'from_due'].map((metric) =>
    JSON.stringify({ type: 'Metric', metric, data: { type: 'trend' } }),
  )
  writeFileSync(join(folder, 'samples.json.gz'), gzipSync([...declared, ...samples].join('\n')))
  return folder
}

test('the samples that k6 wrote are drawn by second and request', async () => {
  const samples = [
    point('http_req_duration', 10, 0, { name: 'search', scenario: 'storm' }),
    point('http_req_duration', 30, 400, { name: 'search', scenario: 'storm' }),
    point('http_req_duration', 50, 2_000, { name: 'listing', scenario: 'storm' }),
    point('http_req_duration', 60, 2_100, { name: 'listing', scenario: 'storm' }),
    point('undeclared', 1, 0, {}),
  ]
  const data = await readRun(folderOf({}, samples))
  const plots = plotsOf(data)
  expect(plots.map(({ title }) => title)).toEqual(['Duration of requests', 'Requests per second'])
  expect(plots[0]).toMatchObject({
    xs: [0, 1, 2],
    lines: [
      { label: 'listing', values: [null, null, 60] },
      { label: 'search', values: [30, null, null] },
    ],
  })
  expect(plots[1]?.lines[1]).toEqual({ label: 'search', values: [2, 0, 0] })
})

const threshold = (ok: boolean) => ({
  type: 'trend',
  values: { 'p(95)': 300, 'p(99)': 400 },
  thresholds: { 'p(95)<250': { ok } },
})

const kindOf = async (metrics: object) => judgeRun(await readRun(folderOf(metrics, []))).kind

test('a run is passed, crossed, or refused; under k6 by what the scripts measured of it', async () => {
  expect(await kindOf({ from_due: threshold(true) })).toBe('passed')
  expect(await kindOf({ from_due: threshold(false) })).toBe('crossed')
  expect(await kindOf({ start_delay: { type: 'trend', values: { 'p(99)': 80 } } })).toBe('refused')
  expect(await kindOf({ dropped_iterations: { type: 'counter', values: { count: 1 } } })).toBe('refused')
})

const usageAt = (second: number, cpu: number) => ({
  at: firstMs + 1_000 * second,
  app: 'generator',
  cpu,
  memoryMb: 100,
})

test('what k6 takes of the machine is judged too', async () => {
  const data = await readRun(folderOf({}, []))
  const busy: RunData = { ...data, resources: [usageAt(0, 1.9), usageAt(1, 1.9), usageAt(2, 0.4)] }
  expect(judgeRun(busy).reasons).toEqual(['the generator was at its limit for 67 % of the time'])
  expect(judgeRun({ ...data, resources: [usageAt(0, 1.2), usageAt(1, 1.2)] }).kind).toBe('passed')
})

const row = (second: number, metric: string) => ({
  at: firstMs / 1_000 + second,
  metric,
  type: 'trend' as const,
  label: '',
  count: 1,
})

test('what limited the rate is judged by the load alone, not by its preparation', async () => {
  const data = await readRun(folderOf({}, []))
  const seconds = [row(0, 'http_req_duration'), row(2, 'from_due'), row(3, 'from_due')]
  const saying = (app: string, ...cpus: readonly number[]) => {
    const resources = cpus.map((cpu, second) => ({ ...usageAt(second, cpu), app }))
    const ran: RunData = { ...data, seconds, resources }
    return writePage(ran, judgeRun(ran), [])
  }
  const held = saying('worker', 2, 2, 0.2, 0.4, 2)
  expect(held).toContain('Limited by nothing: the rate was held. Of 2 cores 0.3 were used on')
  expect(saying('other programs', 0, 0, 1.8, 2, 0)).toContain(
    'Limited by the processor: 1.90 of 2 cores were used, 1.90 of them by other programs.',
  )
  expect(saying('worker', 0, 0, 1, 1, 0)).toContain(
    'Limited by the processor time of worker, whose one thread used 1.00 cores.',
  )
})

const at = (ms: number) => new Date(firstMs + ms).toISOString()

test('delays and margins come from what reached the registry after the release', async () => {
  const data = await readRun(folderOf({}, []))
  const truth = [
    {
      name: 'ours.com',
      releasedAt: at(0),
      winner: { clID: 'droplock', crDate: at(4) },
      // The first came too early, and is no delay.
      arrivals: [
        { at: at(-3), clID: 'droplock' },
        { at: at(4), clID: 'droplock' },
      ],
    },
    {
      name: 'lost.com',
      releasedAt: at(100),
      winner: { clID: 'rival-a', crDate: at(101) },
      arrivals: [
        { at: at(101), clID: 'rival-a' },
        { at: at(112), clID: 'droplock' },
      ],
    },
    { name: 'withdrawn.com', releasedAt: null, winner: null, arrivals: [{ at: at(9), clID: 'droplock' }] },
  ]
  const [creates, margins] = plotsOf({ ...data, truth })
  expect(creates?.title).toBe('First create after the release')
  expect(new Set(creates?.lines[0]?.values)).toEqual(new Set([4, 12]))
  expect(margins?.title).toBe('Loss margins')
  expect(new Set(margins?.lines[0]?.values)).toEqual(new Set([11]))
})

test('words of a run are shown as they are, and run nothing', async () => {
  const name = '</script><script>alert(1)</script>'
  const samples = [point('http_req_duration', 10, 0, { name }), point('http_req_duration', 10, 0, { name })]
  const data = await readRun(folderOf({ 'from_due{scenario:<b>}': threshold(true) }, samples))
  const page = writePage(data, judgeRun(data), plotsOf(data))
  expect(page).not.toContain(name)
  expect(page).not.toContain('<b>')
  expect(page).toContain('from_due{scenario:&lt;b>}')
})
