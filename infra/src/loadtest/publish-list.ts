import { domainToASCII } from 'node:url'
import type { Context } from '@droplock/core/context'
import { publishRun } from '@droplock/core/lists/publish'
import { stageList } from '@droplock/core/lists/stage'
import { openDropList } from '@droplock/feeds/open-drop-list'
import { sampleList } from '../demo/sample.ts'
import { zones } from './world.ts'

const dayMs = 86_400_000

/** A list of so many names that drop on the day after `now`. */
export function ordinaryList(now: Date, count: number): string {
  return sampleList(new Date(now.getTime() + dayMs), { days: 1, namesPerDay: count })
}

/** Publishes a list in the IETF form; orders are open from `opensAt` on. */
export async function publishList(
  ctx: Context,
  registryId: string,
  opensAt: Date,
  text: string,
): Promise<void> {
  const list = openDropList(toStream(text), { format: 'ietf-csv', zones: new Set<string>(zones), toAscii })
  const run = await stageList(ctx, { registryId, source: 'loadtest', format: 'ietf-csv', ...list })
  await publishRun(ctx, { runId: run.id, opensAt })
}

const toAscii = (name: string) => domainToASCII(name) || undefined

async function* toStream(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text)
}
