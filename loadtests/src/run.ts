import { resolve } from 'node:path'
import { readEnvironment } from './config.ts'
import { currentIteration } from './k6/context.ts'
import { runScenario } from './run/run-scenario.ts'
import { loadScript, type Script } from './run/script.ts'
import { summarise, writeSummary } from './run/summary.ts'
import { judge } from './run/thresholds.ts'

// `node --import hook.ts run.ts SCRIPT`: runs a k6 script where k6 is not installed, with its exit codes.

/** k6's own: thresholds are crossed · the script cannot be run. */
const thresholdsCode = 99
const scriptCode = 107

const warn = (line: string) => {
  process.stderr.write(`${line}\n`)
}

async function main(path: string): Promise<number> {
  defineGlobals()
  const script = await loadScript(resolve(path))
  // Cloned as k6 does it: by way of JSON.
  const data: unknown = JSON.parse(JSON.stringify((await script.setup?.(undefined)) ?? null))
  const startedMs = performance.now()
  await runAll(script, data)
  const seconds = (performance.now() - startedMs) / 1_000
  await script.teardown?.(data)
  const verdicts = judge(script.thresholds, seconds)
  await writeSummary(script, summarise(verdicts, seconds))
  const crossed = verdicts.filter(({ ok }) => !ok)
  for (const { series, expression } of crossed) warn(`threshold crossed: ${series.name} ${expression}`)
  return crossed.length === 0 ? 0 : thresholdsCode
}

async function runAll(script: Script, data: unknown): Promise<void> {
  const abort = new AbortController()
  let vus = 0
  const newVu = () => ++vus
  const runs = script.scenarios.map((scenario) =>
    runScenario({ scenario, entry: script.entry(scenario.exec), data, newVu, warn, abort }),
  )
  await Promise.all(runs).catch((error: unknown) => {
    if (!abort.signal.aborted) throw error
    warn(`aborted: ${String(abort.signal.reason)}`)
  })
}

/** What every k6 script finds without importing it. */
function defineGlobals(): void {
  Object.defineProperties(globalThis, {
    __ENV: { value: readEnvironment() },
    __VU: { get: () => currentIteration().vu },
    __ITER: { get: () => currentIteration().iterationInVu },
  })
}

try {
  const [path] = process.argv.slice(2)
  if (path === undefined) throw new Error('usage: run.ts SCRIPT')
  process.exitCode = await main(path)
} catch (error) {
  warn(error instanceof Error && error.stack !== undefined ? error.stack : String(error))
  process.exitCode = scriptCode
}
