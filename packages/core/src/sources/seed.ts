import type { ListSourceTerms } from '@droplock/rules/list-sources'
import { sql } from 'kysely'
import type { Context } from '../context.ts'
import { noteWork } from '../database/note-work.ts'
import { termColumns } from './internal.ts'

/** A source as a worker's setting describes it. */
export type SourceSeed = ListSourceTerms & { readonly registryId: string }

/**
 * Adds the sources of a worker's setting that have no row yet, once per registry and address: afterwards the row counts, whatever
 * the setting says. A row that the migration made from an earlier release is described and enabled by it too. Returns the seeds whose
 * registry is not defined yet.
 */
export async function seedSources(
  ctx: Context,
  seeds: readonly SourceSeed[],
): Promise<readonly SourceSeed[]> {
  const waiting: SourceSeed[] = []
  for (const seed of seeds) {
    const registry = await ctx.db
      .selectFrom('registry')
      .select('id')
      .where('id', '=', seed.registryId)
      .executeTakeFirst()
    if (registry === undefined) waiting.push(seed)
    else await seedSource(ctx, seed)
  }
  return waiting
}

async function seedSource(ctx: Context, { registryId, ...terms }: SourceSeed): Promise<void> {
  const now = sql<Date>`clock_timestamp()`
  const row = { ...termColumns(terms), configured_at: now }
  const { numInsertedOrUpdatedRows } = await ctx.db
    .insertInto('list_source')
    .values({ id: ctx.newId(), registry_id: registryId, ...row })
    .onConflict((on) =>
      on
        .constraint('one_source_per_address')
        .doUpdateSet({ ...row, enabled: true })
        .where('list_source.configured_at', 'is', null),
    )
    .executeTakeFirstOrThrow()
  if (numInsertedOrUpdatedRows !== 0n) noteWork(ctx.db)
}
