import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { SecondRow } from '../run/record-seconds.ts'
import { createSink } from '../run/sinks.ts'
import { limitOf, useWithinLoad } from './limit.ts'
import { delaysAfterRelease, type Plot } from './plots.ts'
import type { RunData } from './read-run.ts'
import type { ThresholdResult, Verdict } from './verdict.ts'

const require = createRequire(import.meta.url)
const ofPackage = (file: string) => readFileSync(require.resolve(file), 'utf8')
const beside = (file: string) => readFileSync(new URL(file, import.meta.url), 'utf8')

const verdictWords = {
  passed: 'Passed',
  crossed: 'Threshold crossed',
  refused: 'Refused as a result',
} as const

/** The report of a run as one page, which needs no other file and no network. */
export function writePage(data: RunData, verdict: Verdict, plots: readonly Plot[]): string {
  const { run } = data
  const title = `Load test ${run.loadtest}`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
<style>${ofPackage('uplot/dist/uPlot.min.css')}
${beside('page.css')}</style>
</head>
<body>
<header>
<h1>${escape(run.loadtest)} <span class="verdict ${verdict.kind}">${verdictWords[verdict.kind]}</span></h1>
<p class="facts">${factsOf(data).map(escape).join(' · ')}</p>
</header>
<main>
${reasons(verdict)}
<section class="figures">${figures(data)}</section>
<section class="plots">
${plots.map(plotCard).join('\n')}
</section>
<section class="tables">
${thresholdTable(verdict.thresholds)}
<div>
${requestTable(data.seconds)}
${processTable(data, verdict)}
</div>
</section>
</main>
<script>${ofPackage('uplot/dist/uPlot.iife.min.js')}</script>
<script type="application/json" id="plots">${JSON.stringify(plots).replaceAll('<', '\\u003c')}</script>
<script type="module">${beside('page.js')}</script>
</body>
</html>
`
}

function factsOf({ run }: RunData): readonly string[] {
  const { rule, machine } = run
  return [
    ...(run.mix === undefined ? [] : [`mix ${run.mix}`]),
    new Date(run.startedAt).toISOString().replace('T', ' ').slice(0, 16).concat(' UTC'),
    `${rule['perSecond']} per second`,
    `${rule['names']} names`,
    `${rule['seconds']} s`,
    `${rule['accounts']} resellers`,
    `${rule['streams']} streams`,
    run.engine === 'k6' ? 'k6' : `stand-in for k6, Node ${machine.node}`,
    `${machine.cores} cores ${machine.processor}, ${machine.memoryGb} GB`,
  ]
}

function reasons({ reasons: all }: Verdict): string {
  if (all.length === 0) return ''
  const items = all.map((reason) => `<li>${escape(reason)}</li>`).join('')
  return `<section class="reasons"><p>The load generator was at its limit, so these figures are not those of the service:</p><ul>${items}</ul></section>`
}

type Figure = readonly [label: string, value: string]

function figures({ metrics, truth }: RunData): string {
  const delays = delaysAfterRelease(truth)
  const first = (of: string) => {
    const sink = createSink('trend')
    for (const delay of delays) sink.add(delay)
    return delays.length === 0 ? undefined : sink.valueOf(of, 0)
  }
  const value = (metric: string, of: string) => metrics[metric]?.values[of]
  const all: readonly (readonly [label: string, value: number | undefined, unit: string])[] = [
    ['Requests', value('http_reqs', 'count'), ''],
    ['Requests per second', value('http_reqs', 'rate'), ''],
    ['Failed', percent(value('http_req_failed', 'rate')), '%'],
    ['From due, median', value('from_due', 'med'), 'ms'],
    ['From due, 95 %', value('from_due', 'p(95)'), 'ms'],
    ['From due, 99 %', value('from_due', 'p(99)'), 'ms'],
    ['Result by stream, 95 %', value('event_p95{via:sse,result:decided}', 'value'), 'ms'],
    ['First create, median', first('med'), 'ms'],
    ['First create, 99 %', first('p(99)'), 'ms'],
    ['Dropped iterations', value('dropped_iterations', 'count') ?? 0, ''],
    ['Broken invariants', value('invariants_broken', 'count'), ''],
  ]
  return all
    .flatMap(([label, number, unit]): Figure[] =>
      number === undefined
        ? []
        : [[label, `${amount(number)}${unit === '' ? '' : `<small> ${unit}</small>`}`]],
    )
    .map(([label, shown]) => `<div><strong>${shown}</strong><span>${escape(label)}</span></div>`)
    .join('')
}

function plotCard({ title, note, unit }: Plot, index: number): string {
  return `<figure><figcaption><h2>${escape(title)} <small>${escape(unit)}</small></h2><p>${escape(note)}</p></figcaption><div class="plot" data-plot="${index}"></div></figure>`
}

function thresholdTable(thresholds: readonly ThresholdResult[]): string {
  const rows = thresholds
    .map(
      ({ metric, expression, ok, value }) =>
        `<tr class="${ok ? 'ok' : 'crossed'}"><td>${ok ? '✓' : '✗'}</td><td><code>${escape(metric)}</code></td><td><code>${escape(expression)}</code></td><td class="number">${value === undefined ? '' : amount(value)}</td></tr>`,
    )
    .join('')
  return `<figure><figcaption><h2>Thresholds</h2></figcaption><table><thead><tr><th></th><th>Metric</th><th>Threshold</th><th class="number">Value</th></tr></thead><tbody>${rows}</tbody></table></figure>`
}

function requestTable(seconds: readonly SecondRow[]): string {
  const rows = seconds
    .filter(({ at, metric }) => at === 0 && metric === 'http_req_duration')
    .toSorted((one, other) => other.count - one.count)
    .map(
      ({ label, count, p50 = 0, p95 = 0, p99 = 0, max = 0 }) =>
        `<tr><td>${escape(label)}</td>${[count, p50, p95, p99, max].map((value) => `<td class="number">${amount(value)}</td>`).join('')}</tr>`,
    )
    .join('')
  return `<figure><figcaption><h2>Requests</h2><p>Whole run with its preparation, from when a request was sent. Milliseconds.</p></figcaption><table><thead><tr><th>Request</th><th class="number">Count</th><th class="number">50 %</th><th class="number">95 %</th><th class="number">99 %</th><th class="number">Largest</th></tr></thead><tbody>${rows}</tbody></table></figure>`
}

/** What was used of the machine by whom, and what limited the rate. */
function processTable(data: RunData, { kind }: Verdict): string {
  const uses = useWithinLoad(data)
  const { cores } = data.run.machine
  const limit = limitOf(uses, cores, kind)
  if (limit === undefined) return ''
  const total = uses.reduce((sum, { mean }) => sum + mean, 0)
  const cells = (values: readonly number[]) =>
    values.map((value) => `<td class="number">${amount(value)}</td>`).join('')
  const lines = uses.map(
    ({ app, mean, largest, memoryMb }) =>
      `<tr><td>${escape(app)}</td>${cells([mean, largest, memoryMb])}</tr>`,
  )
  const note = `${limit} Of ${cores} cores ${amount(total)} were used on average within the load, without its preparation. Memory in MiB.`
  return `<figure><figcaption><h2>Processes</h2><p>${escape(note)}</p></figcaption><table><thead><tr><th>Process</th><th class="number">Cores, mean</th><th class="number">Largest</th><th class="number">Memory, largest</th></tr></thead><tbody>${lines.join('')}</tbody></table></figure>`
}

const percent = (share: number | undefined) => (share === undefined ? undefined : 100 * share)

/** Three digits that matter, and all of a large number. */
function amount(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2
  return value.toLocaleString('en', { maximumFractionDigits: digits })
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
