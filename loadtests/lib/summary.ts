// What `handleSummary` gives back: the figures as JSON lines, and all of it as a file for the report.

type Metric = { readonly values: Readonly<Record<string, number>> }
export type Summary = { readonly metrics: Readonly<Record<string, Metric>> }

/** A figure: what it is called, its metric, the value of that, and the unit. */
export type Figure = readonly [metric: string, of: string, value: string, unit: string]

/** What every load test reports. */
const common: readonly Figure[] = [
  ['requests', 'http_reqs', 'count', 'requests'],
  ['request_rate', 'http_reqs', 'rate', 'requests/s'],
  ['requests_failed', 'http_req_failed', 'rate', 'share'],
  ['request_p50', 'http_req_duration', 'med', 'ms'],
  ['request_p95', 'http_req_duration', 'p(95)', 'ms'],
  ['from_due_p50', 'from_due', 'med', 'ms'],
  ['from_due_p95', 'from_due', 'p(95)', 'ms'],
  ['start_delay_p95', 'start_delay', 'p(95)', 'ms'],
  ['dropped_iterations', 'dropped_iterations', 'count', 'iterations'],
  ['invariants_broken', 'invariants_broken', 'count', 'violations'],
]

/** JSON lines on the standard output, as the benches print theirs, and the summary itself where SUMMARY_FILE says. */
export function writeSummary(
  loadtest: string,
  summary: Summary,
  figures: readonly Figure[],
): Record<string, string> {
  const lines = [...common, ...figures].map(([metric, of, value, unit]) =>
    line(loadtest, metric, summary.metrics[of]?.values[value], unit),
  )
  const file = __ENV['SUMMARY_FILE']
  return { stdout: lines.join(''), ...(file !== undefined && { [file]: JSON.stringify(summary) }) }
}

/** Rounded to two decimals. */
function line(loadtest: string, metric: string, value: number | undefined, unit: string): string {
  return `${JSON.stringify({ loadtest, metric, value: Math.round((value ?? 0) * 100) / 100, unit })}\n`
}
