import type { Context } from '../context.ts'

/** The zones a registry serves, disabled ones too: disabling stops orders, not lists (rule 6). */
export async function readServedZones(ctx: Context, registryId: string): Promise<ReadonlySet<string>> {
  const zones = await ctx.db.selectFrom('zone').select('name').where('registry_id', '=', registryId).execute()
  return new Set(zones.map((zone) => zone.name))
}
