import { openDatabase } from '@droplock/core/database/connect'
import { newId } from '@droplock/core/new-id'
import { type Environment, type EnvironmentPlan, startEnvironment } from '../environment/environment.ts'
import type { Output } from '../launch/output.ts'
import { serverUser } from '../postgres/server-user.ts'
import { freePort } from '../processes/port.ts'
import { DRAIN_DELAY_MS, startBalancer } from './proxies.ts'
import { type Cluster, startCluster } from './start-cluster.ts'

/** Below the ports that outgoing connections take. */
const BALANCER_PORT = 26_390

const CONNECTIONS_MAX = 10

/** An environment whose database is a cluster, with two of each app that may be there twice. `urlOf('gateway')` is the balancer's. */
export type ClusterEnvironment = Environment & { readonly cluster: Cluster }

/** Starts it: two gateways behind a balancer, two workers, two catchers, and one of whatever else the plan has. Rejects like `startEnvironment`. */
export async function startClusterEnvironment(
  plan: EnvironmentPlan,
  output: Output,
  stop: AbortSignal,
): Promise<ClusterEnvironment> {
  await using cleanup = new AsyncDisposableStack()
  const cluster = cleanup.use(await startCluster(output.say, stop))
  const db = openDatabase({
    url: cluster.url,
    connectionsMax: CONNECTIONS_MAX,
    applicationName: `droplock-${plan.name}`,
  })
  cleanup.defer(() => db.destroy())
  const { gateway, worker, catcher } = plan.apps
  const behind = {
    ...gateway,
    TRUSTED_PROXIES: '127.0.0.1',
    DRAIN_DELAY_MS: String(DRAIN_DELAY_MS),
  }
  const apps = {
    ...plan.apps,
    ...(gateway && { gateway: behind, 'gateway-2': behind }),
    ...(worker && { 'worker-2': worker }),
    ...(catcher && { 'catcher-2': catcher }),
  }
  const { url, urls, directUrls, replicaUrls, folder } = cluster
  const database = { url, urls, directUrls, replicaUrls, ctx: { db, newId } }
  const environment = cleanup.use(await startEnvironment({ ...plan, apps, database }, output, stop))
  const gatewayPorts = (['gateway', 'gateway-2'] as const).map((app) =>
    Number(new URL(environment.urlOf(app)).port),
  )
  const port = await freePort(BALANCER_PORT)
  const balancer = startBalancer({ folder, user: serverUser(folder), port, gatewayPorts })
  cleanup.defer(() => balancer.stop())
  const started = cleanup.move()
  return {
    ...environment,
    cluster,
    urlOf: (app) => (app === 'gateway' ? `http://127.0.0.1:${port}` : environment.urlOf(app)),
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  }
}
