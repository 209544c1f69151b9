import { Refusal } from '@droplock/rules/refusals'
import type { DropRule } from '@droplock/rules/schedule/drop-window'
import type { Kysely } from 'kysely'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import type { LockedRun } from '../locks.ts'
import { dropRuleOf } from '../schedule/facts.ts'
import type { ListIdentity } from './identity.ts'

/** The part of a run that says which names are in its scope. */
export type RunScope = {
  readonly id: string
  readonly registry_id: string
  /** See `mayFollow` in rules. */
  readonly precedence: number
  readonly scope_kind: 'snapshot' | 'increment'
  readonly scope_zones: readonly string[]
  readonly scope_from: string | null
  readonly scope_to: string | null
}

/** Throws Refusal('sync_run_not_publishable') unless the run is in one of these states, and no dry run. */
export function requirePublishable(
  run: Pick<LockedRun, 'state' | 'dry_run'>,
  ...states: readonly LockedRun['state'][]
): void {
  if (run.dry_run) throw new Refusal('sync_run_not_publishable', 'A dry run is never published.')
  if (states.includes(run.state)) return
  throw new Refusal('sync_run_not_publishable', `This sync run is ${run.state}.`, { state: run.state })
}

export function identityOf(run: LockedRun): ListIdentity {
  return {
    registryId: run.registry_id,
    source: run.uploaded_by === null ? run.source : null,
    format: run.format,
    contentSha256: run.content_sha256,
    declared: {
      dropDate: run.declared_drop_date ?? undefined,
      scopeKind: run.declared_scope_kind ?? undefined,
    },
  }
}

export type ZoneDropRule = DropRule & { readonly cutoffLeadSeconds: number }

/** The drop rule of every zone that a registry serves, by zone. */
export async function readDropRules(
  db: Kysely<Database>,
  registryId: string,
): Promise<ReadonlyMap<string, ZoneDropRule>> {
  const zones = await db.selectFrom('zone').selectAll().where('registry_id', '=', registryId).execute()
  return new Map(
    zones.map((zone) => [
      zone.name,
      {
        ...dropRuleOf(zone),
        cutoffLeadSeconds: zone.cutoff_lead_seconds,
      },
    ]),
  )
}

/** The zones a registry serves, disabled ones too: disabling stops orders, not lists (rule 6). */
export async function readServedZones(ctx: Context, registryId: string): Promise<ReadonlySet<string>> {
  const zones = await ctx.db.selectFrom('zone').select('name').where('registry_id', '=', registryId).execute()
  return new Set(zones.map((zone) => zone.name))
}
