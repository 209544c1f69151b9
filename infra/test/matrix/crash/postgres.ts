import type { AppUrls } from '@droplock/core/database/app-roles'
import { migrate } from '@droplock/core/database/migrate'
import { onServer } from '@droplock/core/testing/server'
import { watchMachines } from '@droplock/core/testing/watch-machines'
import { childrenOf, signal } from '../../../../apps/catcher/test/matrix/dropday/own-postgres.ts'
import { makeRoles } from '../../../src/postgres/cluster.ts'
import { startTemporaryPostgres } from '../../../src/postgres/temporary.ts'
import { identityOf, isAlive } from '../../../src/processes/identity.ts'
import { holdsWithin } from '../../../src/processes/wait-until.ts'

/** A PostgreSQL that can be killed, with a migrated database in which states change as their machines allow. */
export type KillablePostgres = {
  readonly url: string
  readonly urls: AppUrls
  /** SIGKILL to the server and all its backends at the same moment. Resolves when none is left. */
  readonly kill: () => Promise<void>
  readonly startAgain: () => Promise<void>
  readonly stop: () => Promise<void>
}

/** Above the ports that servers of other runs look for: while this one is away, none of them may take its port. */
const PORTS = { first: 55_000, count: 900 } as const
const GONE_MS_MAX = 10_000
const LOOK_MS = 10

export async function startKillablePostgres(): Promise<KillablePostgres> {
  const postgres = await startTemporaryPostgres({
    durable: true,
    port: PORTS.first + (process.pid % PORTS.count),
  })
  try {
    await migrate(postgres.url)
    const urls = await makeRoles(postgres.url)
    await onServer(postgres.url, watchMachines)
    return {
      url: postgres.url,
      urls,
      kill: async () => {
        const server = postgres.identity()
        const backends = childrenOf(server.pid)
        for (const pid of [server.pid, ...backends]) signal(pid, 'SIGKILL')
        const isGone = () => !isAlive(server) && backends.every((pid) => identityOf(pid) === undefined)
        if (!(await holdsWithin({ everyMs: LOOK_MS, msMax: GONE_MS_MAX }, isGone)))
          throw new Error('PostgreSQL is still there after it was killed')
      },
      startAgain: postgres.startAgain,
      stop: postgres.stop,
    }
  } catch (error) {
    await postgres.stop()
    throw error
  }
}
