import { domainToASCII } from 'node:url'
import type { Context } from '@droplock/core/context'
import { publishRun } from '@droplock/core/lists/publish'
import { stageList } from '@droplock/core/lists/stage'
import { openDropList } from '@droplock/feeds/open-drop-list'
import { sampleList } from '../demo/sample.ts'
import { listLine } from '../environment/lists.ts'

const DAY_MS = 86_400_000

/** The zones of the generated lists. */
export const zones = ['com', 'net', 'org', 'info', 'xyz', 'shop', 'app'] as const

/** A list of so many names that drop on the day after `now`. */
export function ordinaryList(now: Date, count: number): string {
  return sampleList(new Date(now.getTime() + DAY_MS), { days: 1, namesPerDay: count })
}

/** How a burst of drops goes. */
export type BurstRule = {
  /** Names that drop. */
  readonly names: number
  readonly namesPerSecond: number
  /** A deliberate fault: for so long from the first drop on, nothing can be settled. 0 for none. */
  readonly stallMs: number
}

/** The lines of names that drop one after the other from `firstAt` on. */
export function burstLines({ names, namesPerSecond }: BurstRule, zone: string, firstAt: Date): string {
  return Array.from({ length: names }, (_, index) => {
    const purgeAt = new Date(firstAt.getTime() + Math.floor((1_000 * index) / namesPerSecond))
    return listLine(`burst-${String(index + 1).padStart(5, '0')}.${zone}`, purgeAt)
  }).join('')
}

/** Publishes a list in the IETF form. Its names are open for orders at once. */
export async function publishList(ctx: Context, registryId: string, text: string): Promise<void> {
  const list = openDropList(toStream(text), { format: 'ietf-csv', zones: new Set<string>(zones), toAscii })
  const run = await stageList(ctx, { registryId, source: 'loadtest', format: 'ietf-csv', ...list })
  await publishRun(ctx, { runId: run.id, opensAt: new Date() })
}

const toAscii = (name: string) => domainToASCII(name) || undefined

async function* toStream(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text)
}
