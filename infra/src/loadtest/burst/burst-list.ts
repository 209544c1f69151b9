import type { BurstRule } from '../world.ts'

/** Auto-renew grace, redemption and pendingDelete before the purge. */
const expiredBeforeMs = 80 * 86_400_000

/** The rows of a list in the IETF form, without its header: names that drop one after the other from `firstAt` on. */
export function burstRows({ names, namesPerSecond }: BurstRule, zone: string, firstAt: Date): string {
  return Array.from({ length: names }, (_, index) => {
    const purged = new Date(firstAt.getTime() + Math.floor((1_000 * index) / namesPerSecond))
    const expired = new Date(purged.getTime() - expiredBeforeMs)
    const name = `burst-${String(index + 1).padStart(5, '0')}.${zone}`
    return `${zone},${name},${expired.toISOString()},${purged.toISOString()}\n`
  }).join('')
}
