import { writeFileSync } from 'node:fs'
import { Client } from 'pg'

// Loaded before a gateway: counts its statements by their text, and how long each was waited for. Written at its end, to the
// file that BENCH_STATEMENTS names, with the time the process itself worked.

export type Measured = {
  readonly statements: readonly { readonly text: string; readonly count: number; readonly ms: number }[]
  readonly cpuMs: number
}

const seen = new Map<string, { count: number; ms: number }>()
let startedAt = process.cpuUsage()

const query = Client.prototype.query
// What is called with a callback is of the pool's own; kysely and the use cases await.
Client.prototype.query = function measured(this: Client, ...args: unknown[]) {
  const startedMs = performance.now()
  const asked: unknown = Reflect.apply(query, this, args)
  if (asked instanceof Promise)
    void asked.finally(() => note(textOf(args[0]), startedMs)).catch(() => undefined)
  return asked
} as typeof query

process.on('SIGUSR2', () => {
  seen.clear()
  startedAt = process.cpuUsage()
})

process.on('exit', () => {
  const { user, system } = process.cpuUsage(startedAt)
  const statements = [...seen].map(([text, figures]) => ({ text, ...figures }))
  const measured: Measured = { statements, cpuMs: (user + system) / 1_000 }
  writeFileSync(process.env['BENCH_STATEMENTS'] ?? '/dev/null', JSON.stringify(measured))
})

function note(text: string, startedMs: number): void {
  const figures = seen.get(text) ?? { count: 0, ms: 0 }
  figures.count += 1
  figures.ms += performance.now() - startedMs
  seen.set(text, figures)
}

function textOf(asked: unknown): string {
  if (typeof asked === 'string') return asked
  return typeof asked === 'object' && asked !== null && 'text' in asked ? String(asked.text) : 'unknown'
}
