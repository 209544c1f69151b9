import parse from 'parse-prometheus-text-format'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openProcesses, type Processes } from './start-app.ts'

let processes: Processes
beforeAll(async () => {
  processes = await openProcesses()
})
afterAll(() => processes[Symbol.asyncDispose]())

/** They start side by side. */
const apps = [
  [
    'registry-sim',
    'registry_sim',
    'registry simulator ready',
    ['droplock_sim_commands_total', 'droplock_sim_names'],
  ],
  [
    'worker',
    'worker',
    'health is served',
    ['droplock_worker_run_duration_seconds', 'droplock_queue_waiting', 'droplock_database_connections'],
  ],
  [
    'catcher',
    'catcher',
    'health is served',
    ['droplock_catcher_lease_held', 'droplock_catcher_sessions', 'droplock_database_connections'],
  ],
  [
    'gateway',
    'gateway',
    'metrics are served',
    ['droplock_http_request_duration_seconds', 'droplock_event_streams_open'],
  ],
  ['console-api', 'console_api', 'metrics are served', ['droplock_http_request_duration_seconds']],
] as const

/** What every process measures of itself. */
const ownFigures = [
  'process_cpu_seconds_total',
  'process_resident_memory_bytes',
  'nodejs_eventloop_lag_seconds',
  'nodejs_heap_size_used_bytes',
]

type Family = { readonly name: string; readonly metrics: readonly unknown[] }

async function readMetrics(
  url: string,
): Promise<{ readonly text: string; readonly families: readonly Family[] }> {
  const answer = await fetch(`${url}/metrics`)
  expect(answer.status).toBe(200)
  expect(answer.headers.get('Content-Type')).toMatch(/^text\/plain; version=0\.0\.4/)
  const text = await answer.text()
  return { text, families: parse(text) }
}

describe.concurrent.each(apps)('the process %s', (app, settings, served, figures) => {
  test('serves its figures in the format of Prometheus, at its private port alone', async () => {
    const isPublic = served === 'metrics are served'
    const metricsPort = isPublic ? { DROPLOCK_METRICS_PORT: '0' } : {}
    const { start, envOf } = processes
    const said = isPublic ? [served, 'listening'] : [served]
    const urlOf = await start(app, { ...envOf(settings), ...metricsPort }, said)
    if (isPublic) {
      const url = urlOf('listening')
      expect((await fetch(`${url}/metrics`)).headers.get('Content-Type')).not.toMatch(/version=0\.0\.4/)
      for (const path of ['/v1/listings', '/api/session', '/no/such/path', '/another'])
        await fetch(`${url}${path}`)
    }
    const { text, families } = await readMetrics(urlOf(served))
    const names = families.map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining([...ownFigures, ...figures]))
    expect(names.length).toBe(new Set(names).size)
    // Clients choose paths, and each would be a series for ever.
    expect(text).not.toContain('/no/such/path')
  })
})
