import { Refusal } from '@droplock/rules/refusals'
import { leadMs, mayDrop } from '@droplock/rules/sandbox-drops'
import { sql } from 'kysely'
import { type AccountContext, requireScope } from '../context.ts'
import { violated } from '../database/errors.ts'
import { noteWork } from '../database/note-work.ts'
import { findSandboxZone } from './read.ts'

type RequestDrop = {
  /** Of the caller's sandbox, A-labels in lower case. Those that are listed already move; the others are put on the list. */
  readonly names: readonly string[]
  /** How many times faster than a real one the day passes from list to drop; see `timeScales`. */
  readonly timeScale: number
}

/**
 * Files names of the caller's sandbox to be dropped by a worker of the test world. Returns the id. Throws Refusal: insufficient_scope,
 * sandbox_only, outside_sandbox, sandbox_name_used, sandbox_limit_reached.
 */
export async function requestDrop(ctx: AccountContext, { names, timeScale }: RequestDrop): Promise<string> {
  requireScope(ctx, 'backorders:write')
  const zone = await findSandboxZone(ctx)
  const labels = names.map((name, index) => labelOf(name, zone, index))
  await requireUnused(ctx, names)
  const id = ctx.newId()
  try {
    await ctx.db
      .insertInto('sandbox_drop')
      .values({
        id,
        account_id: ctx.actor.accountId,
        zone,
        labels: [...new Set(labels)],
        time_scale: timeScale,
        drops_at: afterLead(timeScale),
      })
      .execute()
  } catch (error) {
    if (violated(error, 'sandbox_drops_within_limit'))
      throw new Refusal('sandbox_limit_reached', 'Wait until one of your drops has ended.')
    throw error
  }
  noteWork(ctx.db)
  return id
}

/** A whole second: registries say no more. */
export function afterLead(timeScale: number) {
  return sql<Date>`date_trunc('second', clock_timestamp() + ${leadMs(timeScale)} * interval '1 millisecond' + interval '1 second')`
}

function labelOf(name: string, zone: string, index: number): string {
  const label = name.slice(0, name.indexOf('.'))
  if (name === `${label}.${zone}`) return label
  throw new Refusal('outside_sandbox', `Your sandbox has names below ${zone}.`, { name, zone }, [
    { pointer: `/names/${index}`, detail: `must be directly below ${zone}` },
  ])
}

/** A name drops once. What it ended as is final, so a second drop of it would be another name's story. */
async function requireUnused({ db }: AccountContext, names: readonly string[]): Promise<void> {
  const listings = await db
    .selectFrom('listing')
    .select(['name', 'state'])
    .where('name', 'in', [...names])
    .execute()
  const used = listings.find(({ state }) => !mayDrop(state))
  if (used !== undefined)
    throw new Refusal('sandbox_name_used', 'This name is dropping or has dropped: use another label.', {
      name: used.name,
    })
}
