import type { DropRule } from '@droplock/rules/schedule/drop-window'
import type { Kysely } from 'kysely'
import type { Database } from '../database/tables.gen.ts'

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
        timeZone: zone.drop_time_zone,
        startsAt: zone.drop_starts_at,
        lastsSeconds: zone.drop_lasts_seconds,
        earlySeconds: zone.early_seconds,
        lateSeconds: zone.late_seconds,
        cutoffLeadSeconds: zone.cutoff_lead_seconds,
      },
    ]),
  )
}
