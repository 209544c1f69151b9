import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Context } from '@droplock/core/context'
import { ourClid } from '../environment/simulator.ts'
import type { Output } from '../launch/output.ts'
import { type DemoReseller, seedDemo } from '../seed/seed-demo.ts'
import {
  catcherOrder,
  feedFolder,
  findPlaces,
  gatewayOrder,
  type Places,
  simulatorOrder,
  workerOrder,
} from './configure-apps.ts'
import { type Layout, registryIds } from './plan.ts'
import { dailyTiming, exactTiming, limits } from './settings.ts'
import { startWorld } from './start-world.ts'

/** Everything the demo plays on: a database of its own, and the real apps. Disposing of it leaves nothing behind. */
export type Stage = AsyncDisposable & {
  readonly ctx: Context
  readonly places: Places
  readonly resellers: readonly DemoReseller[]
  readonly gatewayUrl: string
  readonly controlUrl: string
  /** Rejects when an app has failed too often. */
  readonly failed: Promise<never>
}

/** Sets the stage for lists that are laid out so. Rejects when something does not start, or `stop` aborts. */
export async function setStage(layout: Layout, output: Output, stop: AbortSignal): Promise<Stage> {
  await using cleanup = new AsyncDisposableStack()
  const folder = mkdtempSync(join(tmpdir(), 'droplock-demo-'))
  cleanup.defer(() => rmSync(folder, { recursive: true, force: true }))
  const places = await findPlaces(folder)
  for (const id of registryIds) mkdirSync(feedFolder(places, id), { recursive: true })
  const first = [simulatorOrder(places, layout)]
  const { ctx, urls, apps } = await startWorld(cleanup, first, output, stop)
  const registries = registryIds.map((id) => seededRegistry(id, places, layout))
  const resellers = await seedDemo(ctx, { registries, allowed: true })
  await apps.start([gatewayOrder(places, urls), workerOrder(places, urls), catcherOrder(places, urls)])
  const held = cleanup.move()
  return {
    ctx,
    places,
    resellers,
    gatewayUrl: `http://127.0.0.1:${places.gateway}`,
    controlUrl: `http://127.0.0.1:${places.control}`,
    failed: apps.failed,
    [Symbol.asyncDispose]: () => held.disposeAsync(),
  }
}

function seededRegistry(id: (typeof registryIds)[number], places: Places, layout: Layout) {
  return {
    id,
    host: '127.0.0.1',
    port: places.epp[id],
    clid: ourClid,
    ...limits,
    zones: layout.shares[id],
    timing: id === 'exact' ? exactTiming : dailyTiming(layout.batchMax),
  }
}
