import { writeFile } from 'node:fs/promises'
import { allSeries } from '../k6/metrics.ts'
import type { Script } from './script.ts'
import type { Verdict } from './thresholds.ts'
import type { GeneratorFacts } from './watch-generator.ts'

/** What `handleSummary` is given. */
export type SummaryData = {
  readonly metrics: Readonly<Record<string, MetricSummary>>
  readonly state: { readonly testRunDurationMs: number }
  /** Of the stand-in only. */
  readonly generator: GeneratorFacts
}
type MetricSummary = {
  readonly type: string
  readonly contains: 'time' | 'default'
  readonly values: Readonly<Record<string, number>>
  readonly thresholds?: Readonly<Record<string, { readonly ok: boolean }>>
}

/** The run's metrics in k6's form; those without values and thresholds are left out. */
export function summarise(
  verdicts: readonly Verdict[],
  seconds: number,
  generator: GeneratorFacts,
): SummaryData {
  const metrics: Record<string, MetricSummary> = {}
  for (const series of allSeries()) {
    const own = verdicts.filter((verdict) => verdict.series === series)
    if (series.sink.samples() === 0 && own.length === 0) continue
    metrics[series.name] = {
      type: series.type,
      contains: series.isTime ? 'time' : 'default',
      values: series.sink.values(seconds),
      ...(own.length > 0 && {
        thresholds: Object.fromEntries(own.map(({ expression, ok }) => [expression, { ok }])),
      }),
    }
  }
  return { metrics, state: { testRunDurationMs: seconds * 1_000 }, generator }
}

/** Writes what the script's `handleSummary` makes of the data: to `stdout`, `stderr`, or into files; without one, a table. */
export async function writeSummary(script: Script, data: SummaryData): Promise<void> {
  const made = (await script.handleSummary?.(data)) ?? { stdout: table(data) }
  for (const [place, text] of Object.entries(made)) {
    if (place === 'stdout') process.stdout.write(String(text))
    else if (place === 'stderr') process.stderr.write(String(text))
    else await writeFile(place, String(text))
  }
}

function table({ metrics }: SummaryData): string {
  const lines = Object.entries(metrics).map(([name, { values, thresholds = {} }]) => {
    const shown = Object.entries(values).map(([key, value]) => `${key}=${Math.round(value * 1_000) / 1_000}`)
    const judged = Object.entries(thresholds).map(([expression, { ok }]) => `${ok ? '✓' : '✗'} ${expression}`)
    return `${name.padEnd(32)} ${[...shown, ...judged].join('  ')}\n`
  })
  return lines.join('')
}
