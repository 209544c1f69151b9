import { setTimeout as wait } from 'node:timers/promises'
import { switchOver } from './patroni.ts'
import { type Cluster, endPostgres } from './start-cluster.ts'

/**
 * What can happen to the primary: it is handed over in order; its PostgreSQL is killed, which Patroni notices; or its machine is gone, so that
 * its entry in etcd has to run out.
 */
export const clusterFaults = ['switch-over', 'kill-primary', 'kill-machine'] as const
export type ClusterFault = (typeof clusterFaults)[number]

/** A machine that was lost is started again after this: a standby then. Milliseconds. */
const AWAY_MS = 30_000

/** Brings the fault about. Resolves when what was lost runs again and the cluster is whole. */
export async function bringAbout(fault: ClusterFault, cluster: Cluster, stop: AbortSignal): Promise<void> {
  const primary = await cluster.primary()
  switch (fault) {
    case 'switch-over':
      await switchOver(primary, await cluster.standby())
      break
    case 'kill-primary':
      endPostgres(primary)
      break
    case 'kill-machine':
      await Promise.all([primary.patroni.kill(), Promise.resolve(endPostgres(primary))])
      await wait(AWAY_MS, undefined, { signal: stop })
      cluster.mend()
      break
  }
  await cluster.whole(stop)
}
