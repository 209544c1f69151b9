import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { repositoryRoot } from '../../src/paths.ts'
import { freePort } from '../../src/processes/port.ts'
import { jobs, type ObservedWorld } from './observed-world.ts'

const PROMETHEUS = '/usr/bin/prometheus'
/** Debian's package prometheus. */
export const hasPrometheus = existsSync(PROMETHEUS)

const folder = join(repositoryRoot, 'infra', 'monitoring')
const read = (path: string) => readFileSync(join(folder, path), 'utf8')

/** The ports of the installation guide. */
const usual: Readonly<Record<(typeof jobs)[number], string>> = {
  gateway: '8087',
  'console-api': '8088',
  worker: '8085',
  catcher: '8086',
  marketplace: '8089',
}

type Answer = {
  readonly status: string
  readonly error?: string
  readonly data: { readonly result: readonly { readonly value: readonly [number, string] }[] }
}

export type Prometheus = AsyncDisposable & {
  /** The values of an expression now; none while it starts. Throws where it is none. */
  readonly ask: (expression: string) => Promise<readonly string[]>
}

/** Starts Prometheus by the configuration that is shipped, with other ports and looks each second. */
export async function startPrometheus(ports: ObservedWorld['metricsPorts']): Promise<Prometheus> {
  const home = mkdtempSync(join(tmpdir(), 'droplock-prometheus-'))
  const port = await freePort(19_790)
  let config = read('prometheus.yml')
    .replaceAll('15s', '1s')
    .replace('alerts.yml', join(folder, 'alerts.yml'))
  for (const job of jobs) config = config.replace(`:${usual[job]}"`, `:${ports[job]}"`)
  writeFileSync(join(home, 'prometheus.yml'), config)
  const server = spawn(
    PROMETHEUS,
    [
      `--config.file=${join(home, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(home, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    { stdio: 'ignore' },
  )
  return {
    ask: async (expression) => {
      const url = `http://127.0.0.1:${port}/api/v1/query?query=${encodeURIComponent(expression)}`
      const response = await fetch(url).catch(() => undefined)
      if (response === undefined) return []
      const { status, error, data } = (await response.json()) as Answer
      if (status !== 'success') throw new Error(`${expression}: ${error}`)
      return data.result.map(({ value: [, text] }) => text)
    },
    [Symbol.asyncDispose]: async () => {
      server.kill('SIGKILL')
      rmSync(home, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}
