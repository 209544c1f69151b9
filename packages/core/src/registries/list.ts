import { requirePermission, type StaffContext } from '../context.ts'

export type RegistryView = { readonly id: string; readonly zones: readonly string[] }

/** All registries with the zones they serve, disabled ones too. Throws Refusal('forbidden'). */
export async function listRegistries(ctx: StaffContext): Promise<readonly RegistryView[]> {
  requirePermission(ctx, 'console:read')
  const registries = await ctx.db.selectFrom('registry').select('id').orderBy('id').execute()
  const zones = await ctx.db.selectFrom('zone').select(['name', 'registry_id']).orderBy('name').execute()
  const byRegistry = Map.groupBy(zones, (zone) => zone.registry_id)
  return registries.map(({ id }) => ({ id, zones: (byRegistry.get(id) ?? []).map(({ name }) => name) }))
}
