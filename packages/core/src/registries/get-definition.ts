import { Refusal } from '@droplock/rules/refusals'
import { type OperatorContext, requirePermission } from '../context.ts'
import { type RegistryDefinition, readDefinition } from './read-definition.ts'

/** All that an operator has said of a registry, its account and its zones. Throws Refusal: forbidden, registry_not_found. */
export async function getRegistryDefinition(ctx: OperatorContext, id: string): Promise<RegistryDefinition> {
  requirePermission(ctx, 'console:read')
  const definition = await readDefinition(ctx.db, id)
  if (definition === undefined) throw new Refusal('registry_not_found', 'No such registry.', { id })
  return definition
}
