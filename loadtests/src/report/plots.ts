import type { SecondRow } from '../run/record-seconds.ts'
import type { Notification } from '../side-car/figures.ts'
import { OTHERS, type Usage } from '../side-car/watch-processes.ts'
import type { NameTruth, RunData } from './read-run.ts'

/** A plot of lines over one axis. */
export type Plot = {
  readonly title: string
  /** What is shown, and how to read it. */
  readonly note: string
  /** `time`: seconds since the start. `share`: percent of all values, which are sorted. */
  readonly axis: 'time' | 'share'
  readonly unit: string
  readonly xs: readonly number[]
  readonly lines: readonly { readonly label: string; readonly values: readonly (number | null)[] }[]
}

/** More points than this are not seen on a screen. */
const POINTS_MAX = 600
const OUR_CLID = 'droplock'

/** The plots of a run, those without any value left out. */
export function plotsOf(data: RunData): readonly Plot[] {
  const axis = timeAxis(data)
  const rows = data.seconds.filter(({ at }) => at > 0)
  return [
    latency(axis, rows, 'from_due', 'Time from when a request was due', dueNote),
    latency(axis, rows, 'http_req_duration', 'Duration of requests', durationNote),
    counts(axis, rows),
    outcomes(axis, rows, data.notifications),
    firstCreates(data.truth),
    lossMargins(data.truth),
    notified(data.notifications),
    usage(
      axis,
      data.resources,
      'cpu',
      'Processor time',
      'cores',
      'Of one core, by process. All of the database are one, and so is whatever else the machine did.',
    ),
    usage(
      axis,
      data.resources,
      'memoryMb',
      'Memory',
      'MiB',
      'Resident memory by process; what those of the database share is counted once.',
    ),
  ].filter(({ lines }) => lines.some(({ values }) => values.some((value) => value !== null)))
}

const dueNote =
  '95th percentile of each second, by scenario. It counts from when an iteration was due, so that a stall of the server shows in full.'
const durationNote =
  '95th percentile of each second, by request. It counts from when a request was sent, as k6 measures it.'

type TimeAxis = {
  readonly xs: readonly number[]
  /** The place of a second since the epoch among them. */
  readonly placeOf: (second: number) => number
  readonly secondsPerPoint: number
}

function timeAxis({ seconds, resources }: RunData): TimeAxis {
  const all = [
    ...seconds.map(({ at }) => at).filter((at) => at > 0),
    ...resources.map(({ at }) => Math.floor(at / 1_000)),
  ]
  const first = all.reduce((low, at) => Math.min(low, at), Number.POSITIVE_INFINITY)
  const last = all.reduce((high, at) => Math.max(high, at), 0)
  const secondsPerPoint = Math.max(1, Math.ceil((last - first + 1) / POINTS_MAX))
  const points = all.length === 0 ? 0 : Math.floor((last - first) / secondsPerPoint) + 1
  return {
    xs: Array.from({ length: points }, (_, index) => index * secondsPerPoint),
    placeOf: (second) => Math.floor((second - first) / secondsPerPoint),
    secondsPerPoint,
  }
}

type Combine = (before: number | null, value: number) => number
const largest: Combine = (before, value) => Math.max(before ?? value, value)
const sum: Combine = (before, value) => (before ?? 0) + value

/** One line for each label, of values at seconds since the epoch. `empty` is where there is none. */
function linesOver(
  { xs, placeOf }: TimeAxis,
  values: Iterable<{ readonly label: string; readonly second: number; readonly value: number }>,
  combine: Combine,
  empty: number | null,
): Plot['lines'] {
  const lines = new Map<string, (number | null)[]>()
  for (const { label, second, value } of values) {
    const line = lines.get(label) ?? xs.map(() => null)
    lines.set(label, line)
    const place = placeOf(second)
    if (place >= 0 && place < line.length) line[place] = combine(line[place] ?? null, value)
  }
  return [...lines]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([label, line]) => ({ label, values: line.map((value) => round(value ?? empty)) }))
}

/** Requests that come now and then, before and after the load, are not drawn. */
const SHARE_DRAWN_MIN = 0.005

function drawnLabels(rows: readonly SecondRow[], metric: string): ReadonlySet<string> {
  const totals = new Map<string, number>()
  for (const row of rows)
    if (row.metric === metric) totals.set(row.label, (totals.get(row.label) ?? 0) + row.count)
  const all = [...totals.values()].reduce((total, count) => total + count, 0)
  const isDrawn = (count: number) => count > 1 && count >= SHARE_DRAWN_MIN * all
  return new Set([...totals].filter(([, count]) => isDrawn(count)).map(([label]) => label))
}

function latency(
  axis: TimeAxis,
  rows: readonly SecondRow[],
  metric: string,
  title: string,
  note: string,
): Plot {
  const drawn = drawnLabels(rows, metric)
  const own = rows.filter((row) => row.metric === metric && drawn.has(row.label))
  const values = own.map(({ at, label, p95 = 0 }) => ({ label, second: at, value: p95 }))
  return { title, note, axis: 'time', unit: 'ms', xs: axis.xs, lines: linesOver(axis, values, largest, null) }
}

function counts(axis: TimeAxis, rows: readonly SecondRow[]): Plot {
  const drawn = drawnLabels(rows, 'http_req_duration')
  const values = rows
    .filter(({ metric, label }) => metric === 'http_req_duration' && drawn.has(label))
    .map(({ at, label, count }) => ({ label, second: at, value: count / axis.secondsPerPoint }))
  const note = 'Requests that were answered in each second, by request.'
  return {
    title: 'Requests per second',
    note,
    axis: 'time',
    unit: '/s',
    xs: axis.xs,
    lines: linesOver(axis, values, sum, 0),
  }
}

/** How claims ended; results of drops come as notifications. */
const outcomeMetrics: Readonly<Record<string, string>> = {
  claims_won: 'claim won',
  claims_lost: 'claim lost',
  claims_taken: 'claim lost',
  claims_closed: 'claim after the cut-off',
  claims_too_early: 'claim too early',
}

function outcomes(axis: TimeAxis, rows: readonly SecondRow[], notifications: readonly Notification[]): Plot {
  const ofClaims = rows.flatMap(({ metric, at, sum: count = 0 }) => {
    const label = outcomeMetrics[metric]
    return label === undefined ? [] : [{ label, second: at, value: count / axis.secondsPerPoint }]
  })
  const first = new Map(notifications.map((each) => [each.orderId + each.result, each]))
  for (const each of notifications) {
    const known = first.get(each.orderId + each.result)
    if (known !== undefined && each.at < known.at) first.set(each.orderId + each.result, each)
  }
  const ofDrops = [...first.values()]
    .filter(({ result }) => result !== 'secured')
    .map(({ result, at }) => ({
      label: result === 'successful' ? 'name caught' : 'name not caught',
      second: Math.floor(at / 1_000),
      value: 1 / axis.secondsPerPoint,
    }))
  return {
    title: 'Outcomes per second',
    note: 'Claims by how they were answered; names by when the first notification of their result arrived.',
    axis: 'time',
    unit: '/s',
    xs: axis.xs,
    lines: linesOver(axis, [...ofClaims, ...ofDrops], sum, 0),
  }
}

function usage(
  axis: TimeAxis,
  resources: readonly Usage[],
  of: 'cpu' | 'memoryMb',
  title: string,
  unit: string,
  note: string,
): Plot {
  const shown = resources.filter(({ app }) => of === 'cpu' || app !== OTHERS)
  const values = shown.map((each) => ({
    label: each.app,
    second: Math.floor(each.at / 1_000),
    value: each[of],
  }))
  return { title, note, axis: 'time', unit, xs: axis.xs, lines: linesOver(axis, values, largest, null) }
}

/** Shares of the values at which a distribution is drawn. Percent. */
const shares = [...Array.from({ length: 100 }, (_, percent) => percent), 99.5, 99.9, 100]

type Distribution = readonly [label: string, values: readonly number[]]

function distribution(title: string, note: string, all: readonly Distribution[]): Plot {
  const lines = all
    .filter(([, values]) => values.length > 0)
    .map(([label, values]) => {
      const sorted = values.toSorted((a, b) => a - b)
      return {
        label,
        values: shares.map((share) => round(sorted[Math.round((share / 100) * (sorted.length - 1))] ?? null)),
      }
    })
  return { title, note, axis: 'share', unit: 'ms', xs: shares, lines }
}

/** Of each name that was released: how long after that our first create arrived. Milliseconds. */
export function delaysAfterRelease(truth: readonly NameTruth[]): readonly number[] {
  return truth.flatMap(({ releasedAt, arrivals }) => {
    const releasedMs = Date.parse(releasedAt ?? '')
    const first = firstOfOurs(arrivals, releasedMs)
    return first === undefined ? [] : [first - releasedMs]
  })
}

function firstOfOurs(arrivals: NameTruth['arrivals'], fromMs: number): number | undefined {
  const times = arrivals
    .filter(({ clID }) => clID === OUR_CLID)
    .map(({ at }) => Date.parse(at))
    .filter((at) => at >= fromMs)
  return times.length === 0 ? undefined : Math.min(...times)
}

function firstCreates(truth: readonly NameTruth[]): Plot {
  return distribution(
    'First create after the release',
    'Of the names that were released, in the order of their delays: how long after its release the first of our creates for it arrived, by the clock of the registry.',
    [['delay', delaysAfterRelease(truth)]],
  )
}

function lossMargins(truth: readonly NameTruth[]): Plot {
  const margins = truth.flatMap(({ winner, releasedAt, arrivals }) => {
    if (winner === null || winner.clID === OUR_CLID) return []
    const first = firstOfOurs(arrivals, Date.parse(releasedAt ?? ''))
    return first === undefined ? [] : [Math.max(0, first - Date.parse(winner.crDate))]
  })
  return distribution(
    'Loss margins',
    'Of the names that another registered: how much earlier its create arrived than the first of ours after the release.',
    [['margin', margins]],
  )
}

function notified(notifications: readonly Notification[]): Plot {
  const of = (via: Notification['via'], isResult: boolean) =>
    notifications
      .filter((each) => each.via === via && (each.result !== 'secured') === isResult)
      .map(({ delayMs }) => delayMs)
  return distribution(
    'Notifications',
    "From the registry's answer that decided a name, or from when an order was secured, to the notification of it.",
    [
      ['result by stream', of('sse', true)],
      ['result by webhook', of('webhook', true)],
      ['order by stream', of('sse', false)],
      ['order by webhook', of('webhook', false)],
    ],
  )
}

function round(value: number | null): number | null {
  return value === null ? null : Math.round(value * 100) / 100
}
