import { pathToFileURL } from 'node:url'
import { allSeries, defineMetric, definePart, type Series } from '../k6/metrics.ts'
import { readScenario, type Scenario } from './options.ts'
import { type RawThreshold, readSelector, readThreshold, type Threshold } from './thresholds.ts'

export type Entry = (data: unknown) => unknown

/** A k6 script, loaded. */
export type Script = {
  readonly scenarios: readonly Scenario[]
  readonly thresholds: readonly Threshold[]
  readonly entry: (name: string) => Entry
  readonly setup: Entry | undefined
  readonly teardown: Entry | undefined
  readonly handleSummary: Entry | undefined
}

/** The metrics that k6 itself fills. */
const builtIn = [
  ['checks', 'rate', false],
  ['iterations', 'counter', false],
  ['iteration_duration', 'trend', true],
  ['dropped_iterations', 'counter', false],
  ['http_reqs', 'counter', false],
  ['http_req_duration', 'trend', true],
  ['http_req_waiting', 'trend', true],
  ['http_req_failed', 'rate', false],
] as const

/** Loads a script, whose metrics define themselves. Throws on options that the stand-in does not understand. */
export async function loadScript(path: string): Promise<Script> {
  for (const [name, type, isTime] of builtIn) defineMetric(name, type, isTime)
  const loaded: Readonly<Record<string, unknown>> = await import(pathToFileURL(path).href)
  const options = asRecord(loaded['options'])
  const scenarios = Object.entries(asRecord(options['scenarios'])).map(([name, raw]) =>
    readScenario(name, asRecord(raw)),
  )
  if (scenarios.length === 0) throw new Error(`${path} has no options.scenarios`)
  const functionAt = (name: string): Entry | undefined => {
    const found = loaded[name]
    return isEntry(found) ? found : undefined
  }
  for (const { exec } of scenarios)
    if (functionAt(exec) === undefined) throw new Error(`${path} exports no ${exec}`)
  return {
    scenarios,
    thresholds: Object.entries(asRecord(options['thresholds'])).flatMap(([selector, list]) =>
      thresholdsOf(selector, list),
    ),
    entry: (name) => functionAt(name) ?? (() => undefined),
    setup: functionAt('setup'),
    teardown: functionAt('teardown'),
    handleSummary: functionAt('handleSummary'),
  }
}

function thresholdsOf(selector: string, list: unknown): readonly Threshold[] {
  const series = seriesOf(selector)
  const all: readonly unknown[] = Array.isArray(list) ? list : [list]
  return all.map((each) => {
    if (!isThreshold(each)) throw new Error(`a threshold of ${selector} is no expression`)
    return readThreshold(each, series)
  })
}

function isThreshold(value: unknown): value is RawThreshold {
  return typeof value === 'string' || typeof asRecord(value)['threshold'] === 'string'
}

function seriesOf(selector: string): Series {
  const { name, tags } = readSelector(selector)
  if (tags !== undefined) return definePart(name, tags)
  const found = allSeries().find((series) => series.name === name)
  if (found === undefined) throw new Error(`a threshold is about ${name}, which is no metric`)
  return found
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

function isEntry(value: unknown): value is Entry {
  return typeof value === 'function'
}
