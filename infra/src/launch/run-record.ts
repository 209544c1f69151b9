import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { endProcess } from '../processes/end.ts'
import { identityOf } from '../processes/identity.ts'

type Recorded = { readonly name: string; readonly pid: number; readonly since: string }

/** The apps that run, on disk, so that the next launcher finds those of one that was killed. */
export type RunRecord = {
  readonly started: (name: string, pid: number) => void
  readonly ended: (pid: number) => void
}

export function makeRunRecord(path: string): RunRecord {
  const running = new Map<number, Recorded>()
  const save = () => {
    if (running.size === 0) rmSync(path, { force: true })
    else writeFileSync(path, `${JSON.stringify([...running.values()])}\n`)
  }
  const started = (name: string, pid: number) => {
    const since = identityOf(pid)?.since
    if (since === undefined) return
    running.set(pid, { name, pid, since })
    save()
  }
  const ended = (pid: number) => {
    running.delete(pid)
    save()
  }
  return { started, ended }
}

/** Ends the apps of a launcher that was killed, and gives their names. Nothing else is touched: a pid must be the same process. */
export async function endOrphans(path: string, drainMsMax: number): Promise<readonly string[]> {
  let orphans: readonly Recorded[]
  try {
    orphans = JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return []
  }
  const alive = orphans.filter(({ pid, since }) => identityOf(pid)?.since === since)
  await Promise.all(alive.map((orphan) => endProcess(orphan, drainMsMax)))
  rmSync(path, { force: true })
  return alive.map(({ name }) => name)
}
