import { readdirSync, readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { Client } from 'pg'

// What the processes of a run use: by their own metrics, PostgreSQL's and the whole machine's by the kernel.

/** What a process has used since it started, and what it has now. */
export type Usage = {
  readonly cpuSeconds: number
  readonly rssBytes: number
  /** The 99th percentile of the event loop's delay since the last reading; undefined for PostgreSQL. */
  readonly loopDelayP99Seconds?: number
}

/** Reads the metrics of a process that serves them at `url`. Reading them begins the next period of the event loop's delay. */
export async function readUsage(url: string): Promise<Usage> {
  const response = await fetch(`${url}/metrics`)
  const text = await response.text()
  const valueOf = (name: string) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1] ?? Number.NaN)
  return {
    cpuSeconds: valueOf('process_cpu_seconds_total'),
    rssBytes: valueOf('process_resident_memory_bytes'),
    loopDelayP99Seconds: valueOf('nodejs_eventloop_lag_p99_seconds'),
  }
}

const ownDelay = monitorEventLoopDelay()
const NS_PER_SECOND = 1e9
const US_PER_SECOND = 1e6
const MS_PER_SECOND = 1e3

/** This process: the resellers, and those who read meanwhile. */
export function readOwnUsage(): Usage {
  const { user, system } = process.cpuUsage()
  const loopDelayP99Seconds = ownDelay.percentile(99) / NS_PER_SECOND
  ownDelay.reset()
  ownDelay.enable()
  return {
    cpuSeconds: (user + system) / US_PER_SECOND,
    rssBytes: process.memoryUsage.rss(),
    loopDelayP99Seconds,
  }
}

/** What all processes of the machine have used since it started, also those that are none of ours. */
export function readMachineCpuSeconds(): number {
  const busyMs = cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0)
  return busyMs / MS_PER_SECOND
}

/** Of a CPU's clock in `/proc/PID/stat`: Linux has this value on all platforms that Node runs on. */
const TICKS_PER_SECOND = 100
const PAGE_BYTES = 4_096

/** All processes of the server: the first one and its children, also those that have ended. Shared memory is counted once. */
export async function readDatabaseUsage(database: Client): Promise<Usage> {
  const { rows } = await database.query<{ pid: number }>('select pg_backend_pid() as pid')
  const parent = statOf(rows[0]?.pid ?? 0)?.parent ?? 0
  const processes = pids().flatMap((pid) => {
    const stat = statOf(pid)
    return stat !== undefined && (pid === parent || stat.parent === parent) ? [{ pid, ...stat }] : []
  })
  const ended = processes.find(({ pid }) => pid === parent)?.endedTicks ?? 0
  const ticks = processes.reduce((sum, each) => sum + each.ticks, ended)
  const pages = processes.reduce((sum, each) => sum + each.privatePages, 0)
  return { cpuSeconds: ticks / TICKS_PER_SECOND, rssBytes: pages * PAGE_BYTES }
}

const pids = () =>
  readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number)

/** proc(5): fields 4 and 14 to 17 of `stat`, whose second may contain spaces; `statm` in pages. Undefined for one that has ended. */
function statOf(pid: number) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number)
    const at = (field: number) => fields[field - 3] ?? 0
    const [, resident = 0, shared = 0] = readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ').map(Number)
    return {
      parent: at(4),
      ticks: at(14) + at(15),
      endedTicks: at(16) + at(17),
      privatePages: resident - shared,
    }
  } catch {
    return undefined
  }
}
