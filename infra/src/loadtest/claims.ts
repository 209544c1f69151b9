import { freePort } from '../processes/port.ts'
import { type DemoRegistry, seedDemo } from '../seed/seed-demo.ts'
import { gatewayOrder } from './orders.ts'
import { ordinaryList, publishList } from './publish-list.ts'
import { clid, host, type World, zones } from './world.ts'

const gatewayPort = 18_800
/** More names than the scenario claims. */
const namesCount = 3_000

/** Nothing drops while names are claimed, so no registry has to answer. */
const registry: DemoRegistry = {
  id: 'loadtest',
  host,
  port: 7700,
  clid,
  sessionsMax: 1,
  commandsPerSecondMax: 1,
  zones,
  timing: { cutoffLeadSeconds: 60, dropLastsSeconds: 60, earlySeconds: 0, lateSeconds: 0, graceSeconds: 0 },
}

/** Names of the coming days, and a gateway to claim them at. */
export async function prepareClaims({ ctx, urls, apps }: World): Promise<Record<string, string>> {
  const resellers = await seedDemo(ctx, { registries: [registry], allowed: true })
  await publishList(ctx, registry.id, new Date(), ordinaryList(new Date(), namesCount))
  const gateway = await freePort(gatewayPort)
  await apps.start([gatewayOrder(gateway, urls)])
  return {
    GATEWAY: `http://${host}:${gateway}`,
    API_KEYS: resellers.map(({ apiKey }) => apiKey).join(','),
  }
}
