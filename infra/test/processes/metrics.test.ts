import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { AppRole } from '@droplock/core/database/app-roles'
import { type Clone, cloneDatabase } from '@droplock/core/testing/clone-database'
import parse from 'parse-prometheus-text-format'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { repositoryRoot } from '../../src/paths.ts'

let clone: Clone
let folder: string
const children: ChildProcess[] = []

beforeAll(async () => {
  clone = await cloneDatabase()
  folder = mkdtempSync(join(tmpdir(), 'droplock-metrics-'))
  // Read when the catcher starts; there is no account to connect to.
  writeFileSync(join(folder, 'no-ca.pem'), '')
})
afterAll(async () => {
  for (const child of children) {
    const exited = once(child, 'exit')
    if (child.kill('SIGKILL')) await exited
  }
  rmSync(folder, { recursive: true })
  await clone.drop()
})

type LogEvent = Readonly<Record<string, unknown>>

/** Starts an app as it is run, and waits until it has logged all these events. */
async function start(app: string, env: Readonly<Record<string, string>>, said: readonly string[]) {
  const main = join(repositoryRoot, 'apps', app, 'src', 'main.ts')
  const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  children.push(child)
  const events = new Map<string, LogEvent>()
  for await (const line of createInterface({ input: child.stdout })) {
    const event: LogEvent = JSON.parse(line)
    events.set(String(event['msg']), event)
    if (said.every((each) => events.has(each)))
      return (msg: string) => String(events.get(msg)?.['url'] ?? events.get(msg)?.['control'])
  }
  throw new Error(`${app} ended without logging ${said.join(' and ')}`)
}

const simEnv = () => ({
  DROPLOCK_SIM_TLS_FOLDER: folder,
  DROPLOCK_SIM_CONTROL_PORT: '0',
  DROPLOCK_SIM_EPP_PORT: '0',
})
const onDatabase = (app: AppRole) => () => ({
  DATABASE_URL: clone.urls[app],
  PORT: '0',
  DROPLOCK_HEALTH_PORT: '0',
})
const catcherEnv = () => ({
  ...onDatabase('catcher')(),
  DROPLOCK_JOURNAL_FOLDER: join(folder, 'journal'),
  DROPLOCK_EPP_CREDENTIALS: JSON.stringify({
    'no/account': { password: 'secret', caFile: join(folder, 'no-ca.pem') },
  }),
})

/** They start side by side. */
const apps = [
  ['registry-sim', simEnv, 'registry simulator ready', ['droplock_sim_commands_total', 'droplock_sim_names']],
  [
    'worker',
    onDatabase('worker'),
    'health is served',
    ['droplock_worker_run_duration_seconds', 'droplock_queue_waiting', 'droplock_database_connections'],
  ],
  [
    'catcher',
    catcherEnv,
    'health is served',
    ['droplock_catcher_lease_held', 'droplock_catcher_sessions', 'droplock_database_connections'],
  ],
  [
    'gateway',
    onDatabase('gateway'),
    'metrics are served',
    ['droplock_http_request_duration_seconds', 'droplock_event_streams_open'],
  ],
  [
    'console-api',
    onDatabase('console_api'),
    'metrics are served',
    ['droplock_http_request_duration_seconds'],
  ],
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

describe.concurrent.each(apps)('the process %s', (app, env, served, figures) => {
  test('serves its figures in the format of Prometheus, at its private port alone', async () => {
    const isPublic = served === 'metrics are served'
    const metricsPort = isPublic ? { DROPLOCK_METRICS_PORT: '0' } : {}
    const urlOf = await start(app, { ...env(), ...metricsPort }, isPublic ? [served, 'listening'] : [served])
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
