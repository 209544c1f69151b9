import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { repositoryRoot } from '../../src/paths.ts'
import { decodeOtlp, hasOtlp } from './decode-otlp.ts'
import { jobs, type ObservedWorld, startObservedWorld } from './observed-world.ts'
import { hasPrometheus, startPrometheus } from './prometheus.ts'

// The alert rules, the dashboards and the traces, against the running service, by Prometheus itself and by the decoder of OpenTelemetry where they
// are installed.

const folder = join(repositoryRoot, 'infra', 'monitoring')
const read = (path: string) => readFileSync(join(folder, path), 'utf8')

type Panel = { readonly title: string; readonly targets: readonly { readonly expr: string }[] }
type Expression = { readonly of: string; readonly text: string }

const dashboards = readdirSync(join(folder, 'dashboards'))
const panels: readonly Expression[] = dashboards
  .filter((file) => file !== 'cluster.json')
  .flatMap((file) =>
    (JSON.parse(read(join('dashboards', file))).panels as readonly Panel[]).flatMap(({ title, targets }) =>
      targets.map(({ expr }) => ({ of: `${file}: ${title}`, text: expr })),
    ),
  )
/** Each alert's expression, which may go over several lines. */
const rules: readonly Expression[] = [
  ...read('alerts.yml').matchAll(/- alert: (\w+)\n\s+expr: (?:>-\n)?([\s\S]*?)\n\s+(?:for|labels):/g),
].map(([, of = '', text = '']) => ({ of, text }))

let observed: ObservedWorld
beforeAll(async () => {
  observed = await startObservedWorld()
}, 300_000)
afterAll(() => observed?.[Symbol.asyncDispose]())

/** Names of metrics of ours or of Node's own in a PromQL expression, with the labels that it asks for. */
function seriesIn({ text }: Expression) {
  return [...text.matchAll(/\b((?:droplock|nodejs|process)_\w+)(?:\{([^}]*)\})?/g)].map(
    ([, name = '', labels = '']) => ({
      name: name.replace(/_(?:bucket|count|sum)$/, ''),
      labels: [...labels.matchAll(/(\w+)\s*[=!]/g)]
        .map(([, label = '']) => label)
        .filter((label) => label !== 'job'),
    }),
  )
}

/** What all processes measure at this moment, as text. */
async function readMetrics(): Promise<string> {
  const texts = await Promise.all(
    jobs.map(async (job) => (await fetch(`http://127.0.0.1:${observed.metricsPorts[job]}/metrics`)).text()),
  )
  return texts.join('\n')
}

/** Whether there is a metric of this name, and a time series of it that has all these labels. */
function isMeasured(text: string, name: string, labels: readonly string[]): boolean {
  if (labels.length === 0) return text.includes(`# HELP ${name} `)
  const lines = [...text.matchAll(new RegExp(`^${name}(?:_bucket|_count|_sum)?(?:\\{(.*)\\})? `, 'gm'))]
  return lines.some(([, own = '']) => labels.every((label) => own.includes(`${label}="`)))
}

test('every metric, and every label, that an alert or a dashboard names is one that a process has', async () => {
  const text = await readMetrics()
  const asked = [...rules, ...panels].flatMap((each) =>
    seriesIn(each).map((series) => ({ of: each.of, ...series })),
  )
  expect(rules.length).toBeGreaterThan(10)
  expect(asked.length).toBeGreaterThan(40)
  expect(asked.filter(({ name, labels }) => !isMeasured(text, name, labels))).toEqual([])
  expect(isMeasured(text, 'droplock_ready', ['kind'])).toBe(false)
})

describe.skipIf(!hasPrometheus)('Prometheus', () => {
  test('accepts the rules and the configuration, and the rules fire as their own tests say', () => {
    for (const args of [
      ['check', 'config', 'prometheus.yml'],
      ['check', 'rules', 'alerts.yml'],
      ['test', 'rules', 'alerts.test.yml'],
    ]) {
      const { status, stdout, stderr } = spawnSync('/usr/bin/promtool', args, {
        cwd: folder,
        encoding: 'utf8',
      })
      expect({ args, status, said: status === 0 ? '' : stdout + stderr }).toEqual({
        args,
        status: 0,
        said: '',
      })
    }
  })

  test('scrapes every process by that configuration, and finds data for every panel of the dashboards', async () => {
    await using prometheus = await startPrometheus(observed.metricsPorts)
    const { ask } = prometheus
    await expect.poll(() => ask('up'), { timeout: 60_000, interval: 250 }).toEqual(jobs.map(() => '1'))
    // A rate needs two readings that differ, so there is a little traffic while it is looked.
    const order = () =>
      fetch(`${observed.world.environment.urlOf('gateway')}/v1/backorders`, { method: 'POST' })
    const empty = async () => {
      await order()
      const answers = await Promise.all(
        panels.map(async ({ of, text }) => ({ of, results: await ask(text) })),
      )
      return answers.filter(({ results }) => results.length === 0).map(({ of }) => of)
    }
    await expect.poll(empty, { timeout: 60_000, interval: 500 }).toEqual(['drop-day.json: Next window'])
    // Nothing is wrong, so nothing fires: also not what would fire where a series is missing.
    expect(await ask('ALERTS{alertstate="firing"}')).toEqual([])
    // A scrape that took too long leaves a gap.
    await expect.poll(() => ask('droplock_ready == 1'), { timeout: 60_000 }).toHaveLength(jobs.length)
  })
})

/** The order that was made on the pages: what the marketplace was asked, what the gateway answered it, and the statements of that. */
function traceOfOrder() {
  const spans = decodeOtlp(observed.exported())
  const asked = spans.find(
    ({ service, name }) => service === 'droplock-marketplace' && name.startsWith('POST /api/'),
  )
  const answered = spans.find(
    ({ service, name, parent }) =>
      service === 'droplock-gateway' && name === 'POST /v1/backorders' && parent === asked?.span,
  )
  const statements = spans.filter(({ parent, attributes }) => {
    return answered !== undefined && parent === answered.span && attributes['db.system.name'] === 'postgresql'
  })
  return { asked, answered, statements }
}

describe.skipIf(!hasOtlp)('traces', () => {
  test('an order on the pages is one trace from the marketplace to the statements of the gateway', async () => {
    await expect
      .poll(() => traceOfOrder().statements.length, { timeout: 30_000, interval: 500 })
      .toBeGreaterThan(0)
    const { asked, answered, statements } = traceOfOrder()
    expect(answered?.trace).toBe(asked?.trace)
    expect(answered?.attributes).toMatchObject({
      'http.request.method': 'POST',
      'http.response.status_code': '201',
    })
    expect(new Set(statements.map(({ trace }) => trace))).toEqual(new Set([asked?.trace]))
  })

  test('every process sends its own, creates among them, and no value of a statement', async () => {
    const services = () => new Set(decodeOtlp(observed.exported()).map(({ service }) => service))
    await expect
      .poll(() => [...services()].toSorted(), { timeout: 30_000, interval: 500 })
      .toEqual(jobs.map((job) => `droplock-${job}`).toSorted())
    const spans = decodeOtlp(observed.exported())
    expect(
      spans
        .filter(({ name }) => name === 'EPP create')
        .map(({ attributes }) => attributes['droplock.epp.code']),
    ).toContain('1000')
    const texts = spans.flatMap(({ attributes }) => attributes['db.query.text'] ?? [])
    expect(texts.length).toBeGreaterThan(100)
    expect(texts.filter((text) => text.includes('round-1-'))).toEqual([])
  })
})
