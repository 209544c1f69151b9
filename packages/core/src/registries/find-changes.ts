import { isDeepStrictEqual } from 'node:util'
import type { Facts } from '../audit/facts.ts'
import type { RegistryDefinition } from './read-definition.ts'

/** What is different of a registry, an account there or a zone: each is audited by itself. `before` is absent of what is new. */
export type RegistryChange = {
  readonly subjectType: 'registry' | 'registry_account' | 'zone'
  readonly subjectId: string
  readonly before?: Facts
  readonly after: Facts
}

type Part = Pick<RegistryChange, 'subjectType' | 'subjectId'> & { readonly facts: Facts }

export function findChanges(
  before: RegistryDefinition | undefined,
  after: RegistryDefinition | undefined,
): readonly RegistryChange[] {
  const known = partsOf(before)
  return partsOf(after).flatMap(({ subjectType, subjectId, facts }) => {
    const old = known.find((part) => part.subjectType === subjectType && part.subjectId === subjectId)
    if (old === undefined) return [{ subjectType, subjectId, after: facts }]
    return isDeepStrictEqual(old.facts, facts)
      ? []
      : [{ subjectType, subjectId, before: old.facts, after: facts }]
  })
}

function partsOf(definition: RegistryDefinition | undefined): readonly Part[] {
  if (definition === undefined) return []
  const { id, profile, quarantine, accounts, zones } = definition
  return [
    { subjectType: 'registry', subjectId: id, facts: { profile, quarantine } },
    ...accounts.map(
      ({ id: subjectId, ...facts }): Part => ({ subjectType: 'registry_account', subjectId, facts }),
    ),
    ...zones.map(({ name: subjectId, ...facts }): Part => ({ subjectType: 'zone', subjectId, facts })),
  ]
}
