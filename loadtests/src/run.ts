import { createWriteStream, readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { finished } from 'node:stream/promises'
import { readEnvironment, standInSettings } from './config.ts'
import { currentIteration } from './k6/context.ts'
import { freezeDeep } from './k6/data.ts'
import { TestAborted } from './k6/execution.ts'
import { defineMetric, observeSamples } from './k6/metrics.ts'
import { recordSeconds } from './run/record-seconds.ts'
import { reasonsToRefuse, refusedCode } from './run/refuse-result.ts'
import { runScenario } from './run/run-scenario.ts'
import { loadScript, type Script } from './run/script.ts'
import { summarise, writeSummary } from './run/summary.ts'
import { findAbort, judge } from './run/thresholds.ts'
import { type GeneratorWatch, watchGenerator } from './run/watch-generator.ts'

// `node --import hook.ts run.ts SCRIPT`: runs a k6 script where k6 is not installed, with its exit codes.

/** k6's own: thresholds are crossed · the script cannot be run · the script ended the run. */
const thresholdsCode = 99
const scriptCode = 107
const abortedCode = 108

/** As often as k6 looks whether a threshold ends the run. Milliseconds. */
const JUDGE_EVERY_MS = 2_000

const warn = (line: string) => {
  process.stderr.write(`${line}\n`)
}

async function main(path: string): Promise<number> {
  const closeFiles = defineGlobals(path)
  const script = await loadScript(path)
  closeFiles()
  const endSeconds = writeSeconds()
  // As k6 does it: by way of JSON. Its virtual users have a copy each; here they share one that nobody can change.
  const data: unknown = freezeDeep(JSON.parse(JSON.stringify((await script.setup?.(undefined)) ?? null)))
  const watch = watchGenerator()
  const startedMs = performance.now()
  const aborted = await runAll(script, data, watch)
  const seconds = (performance.now() - startedMs) / 1_000
  const generator = {
    ...watch.facts(),
    droppedIterations: defineMetric('dropped_iterations', 'counter').sink.valueOf('count', seconds),
  }
  await script.teardown?.(data)
  await endSeconds()
  const verdicts = judge(script.thresholds, seconds)
  await writeSummary(script, summarise(verdicts, seconds, generator))
  const crossed = verdicts.filter(({ ok }) => !ok)
  for (const { series, expression } of crossed) warn(`threshold crossed: ${series.name} ${expression}`)
  const { acceptBusy } = standInSettings()
  const reasons = acceptBusy ? [] : reasonsToRefuse(generator)
  for (const reason of reasons) warn(`refused as a result: ${reason}`)
  if (reasons.length > 0) return refusedCode
  if (crossed.length > 0) return thresholdsCode
  return aborted ? abortedCode : 0
}

/** Whether the script itself ended the run before its time. */
async function runAll(script: Script, data: unknown, { late }: GeneratorWatch): Promise<boolean> {
  const abort = new AbortController()
  const startedMs = performance.now()
  const judging = setInterval(() => {
    const crossed = findAbort(script.thresholds, performance.now() - startedMs)
    if (crossed === undefined) return
    abort.abort(new Error(`the threshold ${crossed.series.name} ${crossed.expression} is crossed`))
  }, JUDGE_EVERY_MS)
  let vus = 0
  const newVu = () => ++vus
  const runs = script.scenarios.map((scenario) =>
    runScenario({ scenario, entry: script.entry(scenario.exec), data, newVu, warn, abort, late }),
  )
  try {
    await Promise.all(runs)
    return false
  } catch (error) {
    if (!abort.signal.aborted) throw error
    warn(`aborted: ${String(abort.signal.reason)}`)
    return abort.signal.reason instanceof TestAborted
  } finally {
    clearInterval(judging)
  }
}

/** Writes the run second by second where that is asked for. Returns what ends it. */
function writeSeconds(): () => Promise<void> {
  const { secondsFile: path } = standInSettings()
  if (path === undefined) return async () => undefined
  const file = createWriteStream(path)
  const recorder = recordSeconds((row) => file.write(`${JSON.stringify(row)}\n`))
  observeSamples((sample) => recorder.record(Date.now(), sample))
  return async () => {
    recorder.end()
    file.end()
    await finished(file)
  }
}

/** What every k6 script finds without importing it. Returns what ends the time in which files can be opened. */
function defineGlobals(path: string): () => void {
  let isLoading = true
  const open = (file: string) => {
    if (!isLoading) throw new Error('files are opened while the script loads')
    return readFileSync(resolve(dirname(path), file), 'utf8')
  }
  Object.defineProperties(globalThis, {
    open: { value: open },
    __ENV: { value: readEnvironment() },
    __VU: { get: () => currentIteration().vu },
    __ITER: { get: () => currentIteration().iterationInVu },
  })
  return () => {
    isLoading = false
  }
}

try {
  const [path] = process.argv.slice(2)
  if (path === undefined) throw new Error('usage: run.ts SCRIPT')
  process.exitCode = await main(resolve(path))
} catch (error) {
  warn(error instanceof Error && error.stack !== undefined ? error.stack : String(error))
  process.exitCode = scriptCode
}
