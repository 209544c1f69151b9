import type { Arrivals } from './arrivals.ts'

/** A scenario as the runner needs it. Times in milliseconds. */
export type Scenario = {
  readonly name: string
  readonly executor: string
  readonly exec: string
  readonly startMs: number
  readonly gracefulMs: number
  readonly tags: Readonly<Record<string, string>>
  readonly shape: Shape
}

export type Shape =
  | (Arrivals & { readonly kind: 'arrivals'; readonly vusMax: number })
  | { readonly kind: 'iterations'; readonly vus: number; readonly total: number; readonly lastsMs: number }

type Raw = Readonly<Record<string, unknown>>

/** k6's defaults. */
const gracefulStop = '30s'
const maxDuration = '10m'

/** Reads one entry of `options.scenarios`. Throws on an executor or a value that is not understood. */
export function readScenario(name: string, raw: Raw): Scenario {
  const executor = textOf(raw, 'executor')
  return {
    name,
    executor,
    exec: typeof raw['exec'] === 'string' ? raw['exec'] : 'default',
    startMs: durationOf(raw, 'startTime', '0s'),
    gracefulMs: durationOf(raw, 'gracefulStop', gracefulStop),
    tags: Object.fromEntries(Object.entries(raw['tags'] ?? {}).map(([key, value]) => [key, String(value)])),
    shape: shapeOf(name, executor, raw),
  }
}

function shapeOf(name: string, executor: string, raw: Raw): Shape {
  switch (executor) {
    case 'constant-arrival-rate': {
      const rate = numberOf(raw, 'rate') / (durationOf(raw, 'timeUnit', '1s') / 1_000)
      const stages = [{ rate, lastsMs: durationOf(raw, 'duration') }]
      return { kind: 'arrivals', startRate: rate, stages, vusMax: vusOf(raw) }
    }
    case 'ramping-arrival-rate': {
      const unit = durationOf(raw, 'timeUnit', '1s') / 1_000
      const stages = listOf(raw, 'stages').map((stage) => ({
        rate: numberOf(stage, 'target') / unit,
        lastsMs: durationOf(stage, 'duration'),
      }))
      return { kind: 'arrivals', startRate: numberOf(raw, 'startRate', 0) / unit, stages, vusMax: vusOf(raw) }
    }
    case 'shared-iterations': {
      const total = numberOf(raw, 'iterations', 1)
      return {
        kind: 'iterations',
        vus: numberOf(raw, 'vus', 1),
        total,
        lastsMs: durationOf(raw, 'maxDuration', maxDuration),
      }
    }
    case 'constant-vus': {
      const lastsMs = durationOf(raw, 'duration')
      return { kind: 'iterations', vus: numberOf(raw, 'vus', 1), total: Number.POSITIVE_INFINITY, lastsMs }
    }
    default:
      throw new Error(`scenario ${name}: the stand-in for k6 has no executor ${executor}`)
  }
}

function vusOf(raw: Raw): number {
  return numberOf(raw, 'maxVUs', numberOf(raw, 'preAllocatedVUs'))
}

function textOf(raw: Raw, key: string): string {
  const value = raw[key]
  if (typeof value !== 'string') throw new Error(`${key} is missing`)
  return value
}

function numberOf(raw: Raw, key: string, otherwise?: number): number {
  const value = raw[key] ?? otherwise
  if (typeof value !== 'number' || !(value >= 0)) throw new Error(`${key} is no number`)
  return value
}

function durationOf(raw: Raw, key: string, otherwise?: string): number {
  const value = raw[key] ?? otherwise
  if (typeof value !== 'string' && typeof value !== 'number') throw new Error(`${key} is missing`)
  return durationMs(value)
}

function listOf(raw: Raw, key: string): readonly Raw[] {
  const value = raw[key]
  if (!Array.isArray(value)) throw new Error(`${key} is no list`)
  return value
}

const unitsMs: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** A duration as k6 writes it (`1m30s`, `500ms`, or a number of milliseconds), in milliseconds. Throws on anything else. */
export function durationMs(text: string | number): number {
  if (typeof text === 'number') return text
  if (/^\d+$/.test(text)) return Number(text)
  if (!/^(?:\d+(?:\.\d+)?(?:ms|s|m|h|d))+$/.test(text)) throw new Error(`'${text}' is no duration`)
  const parts = text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)
  return [...parts].reduce((sum, [, number, unit]) => sum + Number(number) * (unitsMs[unit ?? ''] ?? 0), 0)
}
