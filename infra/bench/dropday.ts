import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { quantile, reporter } from '@droplock/core/bench/support/measure'
import { makeOutput } from '../src/launch/output.ts'
import { type DropDayResult, runDropDay } from './dropday/drop-day.ts'

// `npm run bench -- dropday`: thousands of armed names that a registry releases within a minute, half of them contested, over processes.
// How soon results are visible, what reads take meanwhile, what each process uses, and what limits it. Outcomes are compared with the
// registry's truth, and every invariant is proved.

const { values } = parseArgs({
  args: process.argv.slice(3),
  options: {
    names: { type: 'string', default: '10000' },
    /** Within which they are released. */
    seconds: { type: 'string', default: '60' },
    /** Reads a second. */
    rate: { type: 'string', default: '50' },
  },
})
const names = Number(values.names)
const seconds = Number(values.seconds)

/** What is aimed at. Seconds and milliseconds. */
const VISIBLE_S_MAX = 1
const GATEWAY_MS_MAX = 100
/** A machine that is this busy has no CPU left: what waits, waits for it. */
const BUSY_SHARE = 0.9

const report = reporter('dropday')
const day = { names, seconds, readsPerSecond: Number(values.rate), cutoffSeconds: 20, durable: true }
const result = await runDropDay(day, makeOutput(process.stderr, true), new AbortController().signal)
report('names', names, 'names')
report('orders_per_second', result.ordersPerSecond, '1/s')
reportReads(result)
reportVisibility(result)
reportUsage(result)
reportLimit(result)
reportProof(result)

function reportReads({ reads: { latenciesMs, failed } }: DropDayResult): void {
  report('gateway_reads', latenciesMs.length, 'reads')
  report('gateway_reads_failed', failed, 'reads', { max: 0 })
  report('gateway_p50', quantile(latenciesMs, 0.5), 'ms')
  report('gateway_p99', quantile(latenciesMs, 0.99), 'ms', { max: GATEWAY_MS_MAX })
}

function reportVisibility({ decided, delays }: DropDayResult): void {
  report('decided', decided, 'names', { min: names })
  for (const [way, taken] of Object.entries(delays)) {
    const aim = way === 'settled' ? undefined : { max: VISIBLE_S_MAX }
    report(`registry_to_${way}_p50`, quantile(taken, 0.5), 's')
    report(`registry_to_${way}_p99`, quantile(taken, 0.99), 's', aim)
    report(`registry_to_${way}_max`, quantile(taken, 1), 's')
  }
}

/**
 * CPU from a second before the first release until everything was notified; the delay of event loops while names were released, as each
 * reading has that of the time since the one before.
 */
function reportUsage({ readings: { before, released, after } }: DropDayResult): void {
  const cpuSeconds = used(before, after)
  for (const [name, now] of after.processes) {
    report(`${name}_cpu`, cpuSeconds.get(name) ?? 0, 's')
    report(`${name}_cpu_per_name`, (1_000 * (cpuSeconds.get(name) ?? 0)) / names, 'ms')
    report(`${name}_rss`, now.rssBytes / 2 ** 20, 'MiB')
    const loopDelayP99Seconds = released.processes.get(name)?.loopDelayP99Seconds
    if (loopDelayP99Seconds !== undefined)
      report(`${name}_event_loop_delay_p99`, 1_000 * loopDelayP99Seconds, 'ms')
  }
  const sum = [...cpuSeconds.values()].reduce((total, each) => total + each, 0)
  report('cpu_per_name', (1_000 * sum) / names, 'ms')
}

type Readings = DropDayResult['readings']

/** CPU seconds by process between two readings. */
function used(from: Readings['before'], to: Readings['before']): ReadonlyMap<string, number> {
  const entries = [...to.processes].map(([name, { cpuSeconds }]) => {
    return [name, cpuSeconds - (from.processes.get(name)?.cpuSeconds ?? 0)] as const
  })
  return new Map(entries)
}

/** What the results waited for while names were released: the CPU, of which each process had its share, or something else. */
function reportLimit({ readings: { before, released } }: DropDayResult): void {
  const elapsedSeconds = (released.atMs - before.atMs) / 1_000
  const cores = availableParallelism()
  const machine = (released.machineCpuSeconds - before.machineCpuSeconds) / elapsedSeconds
  const shares = [...used(before, released)].map(([name, s]) => [name, s / elapsedSeconds] as const)
  const ours = shares.reduce((sum, [, share]) => sum + share, 0)
  for (const [name, share] of shares) report(`${name}_cpu_share`, share, 'cores')
  report('cpu_share', ours, 'cores')
  // The kernel's own work for them is in neither.
  report('other_cpu_share', Math.max(0, machine - ours), 'cores')
  const by = shares
    .toSorted(([, one], [, other]) => other - one)
    .map(([name, share]) => `${name} ${share.toFixed(2)}`)
  const limit = machine >= BUSY_SHARE * cores ? 'CPU' : 'not CPU'
  const text = `${limit}: ${machine.toFixed(2)} of ${cores} cores were busy; ${by.join(', ')}`
  console.log(JSON.stringify({ bench: 'dropday', metric: 'limited_by', value: text }))
}

function reportProof(proved: DropDayResult): void {
  const { caught, wrong, limitViolations, brokenInvariants, notified } = proved
  report('caught', caught, 'names')
  report('wrong_outcomes', wrong, 'names', { max: 0 })
  report('limit_violations', limitViolations, '1', { max: 0 })
  report('broken_invariants', brokenInvariants.length, '1', { max: 0 })
  for (const [way, { results, repeated }] of Object.entries(notified)) {
    report(`notified_by_${way}`, results, 'names', { min: names })
    report(`notified_again_by_${way}`, repeated, 'names')
  }
  if (brokenInvariants.length > 0) throw new Error(`broken: ${brokenInvariants.join(', ')}`)
  if (notified.stream.results < names || notified.webhook.results < names)
    throw new Error('not every result was notified')
}
