import { seedDemo } from '../../seed/seed-demo.ts'
import { seedStaff } from '../../seed/seed-staff.ts'
import { gatewayOrder } from '../orders.ts'
import { ordinaryList, publishList } from '../publish-list.ts'
import { clid, host, type World, type zones } from '../world.ts'
import { burstRows } from './burst-list.ts'
import {
  catcherOrder,
  consoleOrder,
  findPlaces,
  type Places,
  seededRegistry,
  simulatorOrder,
  workerOrder,
} from './orders.ts'
import { stallSettling } from './stall-settling.ts'

const burstZone: (typeof zones)[number] = 'com'
/** Names of other days, to be searched. */
const ordinaryCount = 3_000
/** Orders have so long before the first of them closes: a part that is always there, and one for each name. */
const orderMsMin = 5_000
const orderMsPerName = 20
/** A machine that starts slowly orders slowly. */
const orderPerStart = 0.5

/** Everything a drop takes, and the names that drop; orders are open until shortly before. */
export async function prepareBurst(world: World): Promise<Record<string, string>> {
  const { ctx } = world
  const places = await findPlaces(world.folder)
  const registry = seededRegistry(places)
  const resellers = await seedDemo(ctx, { registries: [registry], allowed: true })
  const staff = await seedStaff(ctx, true)
  const startMs = await startApps(world, places)
  const firstAt = new Date(
    Date.now() +
      registry.timing.cutoffLeadSeconds * 1_000 +
      orderMsMin +
      orderMsPerName * world.burst.names +
      orderPerStart * startMs,
  )
  const list = ordinaryList(new Date(), ordinaryCount) + burstRows(world.burst, burstZone, firstAt)
  await publishList(ctx, registry.id, new Date(), list)
  stall(world, firstAt)
  const operator = staff.find(({ roles }) => roles.includes('operator'))
  return {
    GATEWAY: `http://${host}:${places.gateway}`,
    API_KEYS: resellers.map(({ apiKey }) => apiKey).join(','),
    REGISTRY: `http://${host}:${places.control}/registries/${registry.id}`,
    CLID: clid,
    CONSOLE: `http://${host}:${places.console}`,
    STAFF_EMAIL: operator?.email ?? '',
    STAFF_PASSWORD: operator?.password ?? '',
  }
}

/** The simulator first: it makes the certificate that the catcher trusts. Resolves with how long it all took. */
async function startApps({ apps, urls }: World, places: Places): Promise<number> {
  const fromMs = performance.now()
  await apps.start([simulatorOrder(places)])
  await apps.start([
    gatewayOrder(places.gateway, urls),
    consoleOrder(places, urls),
    workerOrder(urls),
    catcherOrder(places, urls),
  ])
  return performance.now() - fromMs
}

function stall({ databaseUrl, burst, stop, say, defer }: World, firstAt: Date): void {
  if (burst.stallMs === 0) return
  say(`a fault: nothing is settled for ${burst.stallMs} ms from the first drop on`)
  const ended = new AbortController()
  const stalled = stallSettling(databaseUrl, firstAt, burst.stallMs, AbortSignal.any([stop, ended.signal]))
  // A stall that fails shows as a run that passes; say why.
  stalled.catch((error: unknown) => say(`the fault failed: ${String(error)}`))
  defer(async () => {
    ended.abort()
    await stalled.catch(() => undefined)
  })
}
