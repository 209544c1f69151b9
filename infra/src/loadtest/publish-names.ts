import { domainToASCII } from 'node:url'
import type { Context } from '@droplock/core/context'
import { publishRun } from '@droplock/core/lists/publish'
import { stageList } from '@droplock/core/lists/stage'
import { openDropList } from '@droplock/feeds/open-drop-list'
import { sampleList } from '../demo/sample.ts'

const dayMs = 86_400_000

/** Publishes a generated list of so many names that drop in the coming days; orders are open at once. */
export async function publishNames(
  ctx: Context,
  registryId: string,
  zones: ReadonlySet<string>,
  now: Date,
  count: number,
): Promise<void> {
  const text = sampleList(new Date(now.getTime() + dayMs), { days: 1, namesPerDay: count })
  const list = openDropList(toStream(text), { format: 'ietf-csv', zones, toAscii })
  const source = { registryId, source: 'sample', format: 'ietf-csv' }
  const run = await stageList(ctx, { ...source, ...list })
  await publishRun(ctx, { runId: run.id, opensAt: now })
}

const toAscii = (name: string) => domainToASCII(name) || undefined

async function* toStream(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text)
}
