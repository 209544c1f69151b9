import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asService, type Context } from '@droplock/core/context'
import { defineRegistry } from '@droplock/core/registries/define'
import type { Output } from '../../launch/output.ts'
import { seedDemo } from '../../seed/seed-demo.ts'
import { seededZone } from '../../seed/zones.ts'
import { startWorld } from '../start-world.ts'
import {
  catcherOrder,
  feedFolder,
  findPlaces,
  gatewayOrder,
  host,
  type Places,
  registryId,
  sandboxOrder,
  seededRegistry,
  simulatorOrder,
  workerOrder,
} from './orders.ts'
import { timing, zone } from './settings.ts'

/** A database of its own and the real apps, the sandbox provider among them. Disposing of it leaves nothing behind. */
export type MoneyStage = AsyncDisposable & {
  readonly ctx: Context
  readonly places: Places
  /** A reseller with money on its balance. */
  readonly richKey: string
  readonly gatewayUrl: string
  readonly controlUrl: string
  readonly sandbox: { readonly url: string; readonly apiKey: string; readonly webhookSecret: string }
  /** Rejects when an app has failed too often. */
  readonly failed: Promise<never>
}

/** Rejects when something does not start, or `stop` aborts. */
export async function setMoneyStage(output: Output, stop: AbortSignal): Promise<MoneyStage> {
  await using cleanup = new AsyncDisposableStack()
  const folder = mkdtempSync(join(tmpdir(), 'droplock-money-'))
  cleanup.defer(() => rmSync(folder, { recursive: true, force: true }))
  const places = await findPlaces(folder)
  mkdirSync(feedFolder(places), { recursive: true })
  const first = [simulatorOrder(places), sandboxOrder(places)]
  const { ctx, urls, apps } = await startWorld(cleanup, first, output, stop)
  const richKey = await seed(ctx, places)
  await apps.start([gatewayOrder, workerOrder, catcherOrder].map((order) => order(places, urls)))
  const held = cleanup.move()
  return {
    ctx,
    places,
    richKey,
    gatewayUrl: `http://${host}:${places.gateway}`,
    controlUrl: `http://${host}:${places.control}`,
    sandbox: {
      url: places.payments['DROPLOCK_SANDBOX_URL'] ?? '',
      apiKey: places.payments['DROPLOCK_SANDBOX_API_KEY'] ?? '',
      webhookSecret: places.payments['DROPLOCK_SANDBOX_WEBHOOK_SECRET'] ?? '',
    },
    failed: apps.failed,
    [Symbol.asyncDispose]: () => held.disposeAsync(),
  }
}

async function seed(ctx: Context, places: Places): Promise<string> {
  const registries = [seededRegistry(places)]
  const resellers = await seedDemo(ctx, { registries, allowed: true })
  const rich = resellers.find(({ currency }) => currency === 'USD')
  if (rich === undefined) throw new Error('there is no reseller who pays in dollars')
  // The second list moves every name of the first: here that is no mistake.
  const quarantine = { suspectedPercentMax: 100, movedPercentMax: 100, rowsPercentMin: 0 }
  const renewalPrices = [{ currency: 'USD', perYearMinor: 1_400n }]
  const zones = [{ ...seededZone(zone, timing), renewalPrices }]
  await defineRegistry(asService(ctx), {
    id: registryId,
    profile: 'generic',
    accounts: [],
    zones,
    quarantine,
    reason: 'renewals, and lists that move every name',
  })
  return rich.apiKey
}
