import { readdirSync, readFileSync } from 'node:fs'
import { cpus } from 'node:os'

/** What the processes of one kind take at a moment: all backends of the database are one kind. */
export type Usage = {
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly app: string
  /** Of one core, since the look before. */
  readonly cpu: number
  /** Resident, of which the memory that the database's processes share is counted once. Mebibytes; 0 for other programs. */
  readonly memoryMb: number
}

/** Whatever else the machine did. */
export const OTHERS = 'other programs'

/** Linux counts processor time in hundredths of a second, whatever the machine. */
const TICKS_PER_SECOND = 100
const KIB_PER_MIB = 1_024

const kinds: readonly (readonly [RegExp, string])[] = [
  [/apps\/registry-sim\//, 'registry-sim'],
  [/apps\/gateway\//, 'gateway'],
  [/apps\/console-api\//, 'console-api'],
  [/apps\/worker\//, 'worker'],
  [/apps\/catcher\//, 'catcher'],
  [/loadtests\/src\/side-car/, 'side-car'],
  [/loadtests\/src\/run\.ts|(^|\/)k6\0/, 'generator'],
  [/infra\/src\/loadtest/, 'runner'],
]

type Process = {
  readonly pid: number
  readonly parent: number
  readonly ticks: number
}

export type ProcessWatch = { readonly look: () => readonly Usage[] }

/** Watches the processes below `rootPid`, those of the database, and what is left of the machine's use. Only Linux shows them; elsewhere there is nothing to see. */
export function watchProcesses(rootPid: number | undefined, databasePid: number | undefined): ProcessWatch {
  const names = new Map<number, string | undefined>()
  let before = new Map<number, number>()
  let beforeMs = performance.now()
  let busyBefore = readBusySeconds()
  const look = () => {
    const processes = readProcesses()
    const seconds = (performance.now() - beforeMs) / 1_000
    const totals = new Map<string, { cpu: number; memoryMb: number }>()
    for (const { pid, ticks } of below(processes, rootPid, databasePid)) {
      if (!names.has(pid)) names.set(pid, pid === databasePid ? 'postgres' : kindOf(pid))
      const app = names.get(pid)
      if (app === undefined) continue
      const total = totals.get(app) ?? { cpu: 0, memoryMb: 0 }
      total.cpu += (ticks - (before.get(pid) ?? ticks)) / TICKS_PER_SECOND / Math.max(seconds, 0.001)
      total.memoryMb += memoryOf(pid, pid === databasePid || app !== 'postgres')
      totals.set(app, total)
    }
    before = new Map(processes.map(({ pid, ticks }) => [pid, ticks]))
    beforeMs = performance.now()
    const busyNow = readBusySeconds()
    const busy = (busyNow - busyBefore) / Math.max(seconds, 0.001)
    busyBefore = busyNow
    const ours = [...totals.values()].reduce((sum, { cpu }) => sum + cpu, 0)
    if (totals.size > 0) totals.set(OTHERS, { cpu: Math.max(0, busy - ours), memoryMb: 0 })
    const at = Date.now()
    return [...totals].map(([app, total]) => ({ at, app, ...total }))
  }
  look()
  return { look }
}

/** What all programs have used since the machine started, the kernel's work for them included. Seconds of one core. */
function readBusySeconds(): number {
  return cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0) / 1_000
}

function readProcesses(): readonly Process[] {
  return list('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const stat = read(`/proc/${name}/stat`)
      // The name of the program is in parentheses and may contain anything.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      const [parent, user, system] = [fields[1], fields[11], fields[12]].map(Number)
      return stat === ''
        ? []
        : [{ pid: Number(name), parent: parent ?? 0, ticks: (user ?? 0) + (system ?? 0) }]
    })
}

/** The two given processes and all that they started. */
function below(processes: readonly Process[], ...roots: readonly (number | undefined)[]): readonly Process[] {
  const children = Map.groupBy(processes, ({ parent }) => parent)
  const found: Process[] = processes.filter(({ pid }) => roots.includes(pid))
  for (const { pid } of found) found.push(...(children.get(pid) ?? []))
  return [...new Map(found.map((each) => [each.pid, each])).values()]
}

function kindOf(pid: number): string | undefined {
  const command = read(`/proc/${pid}/cmdline`)
  if (command.startsWith('postgres:')) return 'postgres'
  return kinds.find(([pattern]) => pattern.test(command))?.[1]
}

/** Mebibytes. Without `isWhole` only what the process has for itself. */
function memoryOf(pid: number, isWhole: boolean): number {
  const status = read(`/proc/${pid}/status`)
  const kib = (isWhole ? /^VmRSS:\s+(\d+)/m : /^RssAnon:\s+(\d+)/m).exec(status)?.[1]
  return Number(kib ?? 0) / KIB_PER_MIB
}

/** A process may end while it is looked at. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

function list(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
