import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { onServer } from '@droplock/core/testing/server'
import { expect, vi } from 'vitest'
import type { World } from './world.ts'

const patient = { timeout: 60_000, interval: 20 }

/** A query that locks rows, and its values. */
export type Lock = readonly [text: string, ...values: readonly unknown[]]

/** Holds a lock while `work` runs, which gets the process of the server that holds it. */
export function whileLocked(
  { clone }: World,
  [text, ...values]: Lock,
  work: (pid: number) => Promise<void>,
): Promise<void> {
  return onServer(clone.url, async (blocker) => {
    await blocker.query('begin')
    await blocker.query(text, values)
    const { rows } = await blocker.query('select pg_backend_pid() as pid')
    await work(Number(rows[0]?.pid))
    await blocker.query('commit')
  })
}

/**
 * The app of each connection that waits for a lock: for that of the process `pid`, where it is given. On a connection of its own: a
 * transaction never sees those that connect later.
 */
export function whoWait({ clone }: World, pid?: number): Promise<readonly string[]> {
  return onServer(clone.url, async (client) => {
    const { rows } = await client.query(
      `select application_name as app from pg_stat_activity
      where wait_event_type = 'Lock' and datname = current_database()
        and ($1::integer is null or $1 = any (pg_blocking_pids(pid)))`,
      [pid],
    )
    return rows.map(({ app }) => String(app))
  })
}

/** Kills a process while it waits for a lock, which is held before `begin` lets it work. */
export function killWaiting(world: World, lock: Lock, app: string, begin: () => ChildProcess): Promise<void> {
  return whileLocked(world, lock, async (pid) => {
    const child = begin()
    await vi.waitFor(async () => expect(await whoWait(world, pid)).toEqual([app]), patient)
    const exited = once(child, 'exit')
    child.kill('SIGKILL')
    await exited
    // The server notices that its client has gone, and ends what it did.
    await vi.waitFor(async () => expect(await whoWait(world, pid)).toEqual([]), patient)
  })
}
