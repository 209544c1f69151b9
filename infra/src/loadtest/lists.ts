import { domainToASCII } from 'node:url'
import type { Context } from '@droplock/core/context'
import { publishRun } from '@droplock/core/lists/publish'
import { stageList } from '@droplock/core/lists/stage'
import { openDropList } from '@droplock/feeds/open-drop-list'
import { sampleList } from '../demo/sample.ts'
import { listHeader, listLine } from '../environment/lists.ts'

const DAY_MS = 86_400_000

/** The zones of the generated lists. */
export const zones = ['com', 'net', 'org', 'info', 'xyz', 'shop', 'app'] as const

/** A list of so many names that drop on the day after `now`. */
export function ordinaryList(now: Date, count: number): string {
  return sampleList(new Date(now.getTime() + DAY_MS), { days: 1, namesPerDay: count })
}

/** A name of a scenario's own list. */
export type PlannedName = { readonly name: string; readonly dropAt: Date }

/** So many names `LABEL-00001.com`, …, that drop one after the other, so many in a second. */
export function namesOf(
  label: string,
  count: number,
  firstAt: Date,
  namesPerSecond: number,
): readonly PlannedName[] {
  return Array.from({ length: count }, (_, index) => ({
    name: `${label}-${String(index + 1).padStart(5, '0')}.com`,
    dropAt: new Date(firstAt.getTime() + Math.floor((1_000 * index) / namesPerSecond)),
  }))
}

/** Names of the next day, for scenarios in which nothing drops. */
export function namesOfTomorrow(label: string, count: number): readonly PlannedName[] {
  return namesOf(label, count, new Date(Date.now() + DAY_MS), 1)
}

/** A list of these names in the IETF form. */
export function listOf(names: readonly PlannedName[]): string {
  return listHeader + linesOf(names)
}

/** Its lines, to be appended to another list. */
export function linesOf(names: readonly PlannedName[]): string {
  return names.map(({ name, dropAt }) => listLine(name, dropAt)).join('')
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
