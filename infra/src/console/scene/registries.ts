import { asService, type Context } from '@droplock/core/context'
import { defineRegistry, type Zone } from '@droplock/core/registries/define'

/** The scene's registries: one with a daily list of dates, and one whose lists carry the exact second. */
export const daily = 'sim-daily'
export const exact = 'sim-exact'

/** Four hours, as operators usually have it. Seconds. */
const usualLead = 14_400

/** In this zone orders close as the window opens, so that a scene need not wait for hours to see a drop. */
export const dropZone = 'shop'

export async function defineRegistries(ctx: Context): Promise<void> {
  await define(ctx, daily, [zone('pl', usualLead), zone('com.pl', usualLead), zone('net.pl', usualLead)])
  await define(ctx, exact, [zone(dropZone, 0), zone('site', usualLead)])
}

/** The account with which names of the registry are caught. */
export function accountOf(registryId: string): string {
  return `${registryId}/droplock`
}

async function define(ctx: Context, id: string, zones: readonly Zone[]): Promise<void> {
  await defineRegistry(asService(ctx), {
    id,
    profile: 'generic',
    zones,
    accounts: [
      {
        id: accountOf(id),
        clid: 'droplock',
        hosts: [{ host: '127.0.0.1', port: 7700 }],
        isSimulator: true,
        limits: { sessionsMax: 4, commandsPerSecondMax: 40 },
      },
    ],
  })
}

function zone(name: string, cutoffLeadSeconds: number): Zone {
  return {
    name,
    cutoffLeadSeconds,
    standardFeeMinor: 800n,
    feeCurrency: 'USD',
    dropTimeZone: 'Europe/Warsaw',
    dropStartsAt: '09:00',
    dropLastsSeconds: 3_600,
    earlySeconds: 0,
    lateSeconds: 60,
    graceSeconds: 3_600,
    prices: [
      { tier: 'standard', currency: 'USD', amountMinor: 1_900n },
      { tier: 'standard', currency: 'EUR', amountMinor: 1_800n },
    ],
  }
}
