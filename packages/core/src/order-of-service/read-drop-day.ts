import { type ContactRole, isContactRole } from '@droplock/rules/contacts'
import { expectService } from '@droplock/rules/drop/order-of-service'
import type { ContractLimits, RegistryProfileId } from '@droplock/rules/registries'
import type { Release } from '@droplock/rules/schedule/release'
import type { Kysely } from 'kysely'
import type { Database } from '../database/tables.gen.ts'
import { readAwaitedNames, type ServedName } from './read-names.ts'
import { type LimitsOf, readServiceRegistry } from './read-registry.ts'

/** What the plan does in a zone depends on this. */
export type DayZone = {
  readonly name: string
  readonly release: Release
  readonly mayHavePremium: boolean
  readonly contactRoles: readonly ContactRole[]
  readonly earlySeconds: number
  readonly lateSeconds: number
}

/** The drops of a day at a registry: what is rehearsed. No customer, no contact, no price. */
export type DropDay = {
  readonly registryId: string
  readonly profile: RegistryProfileId
  /** Of each of our accounts that can create now, by their ids: the contract's limits, where they differ from the profile. */
  readonly contracts: readonly ContractLimits[]
  readonly zones: readonly DayZone[]
  /** In the order of service, with what is expected of each. */
  readonly names: readonly ServedName[]
}

/** Reads the drops of a local day, by default tomorrow, by the time zone of each zone. Throws Refusal('registry_not_found'). */
export async function readDropDay(
  db: Kysely<Database>,
  registryId: string,
  day: string | undefined,
  limitsOf: LimitsOf,
): Promise<DropDay> {
  const registry = await readServiceRegistry(db, registryId, limitsOf)
  const awaited = await readAwaitedNames(db, registryId, { kind: 'day', day })
  const zones = await db
    .selectFrom('zone')
    .select(['name', 'release', 'may_have_premium', 'contact_roles', 'early_seconds', 'late_seconds'])
    .where('registry_id', '=', registryId)
    .orderBy('name')
    .execute()
  const active = registry.accounts.filter(({ obstacles }) =>
    obstacles.every((one) => one.zones !== undefined),
  )
  const used = new Set(awaited.map(({ zone }) => zone))
  return {
    registryId,
    profile: registry.profile,
    contracts: active.map(({ contract }) => contract),
    zones: zones
      .filter(({ name }) => used.has(name))
      .map((zone) => ({
        name: zone.name,
        release: zone.release,
        mayHavePremium: zone.may_have_premium,
        contactRoles: zone.contact_roles.filter(isContactRole),
        earlySeconds: zone.early_seconds,
        lateSeconds: zone.late_seconds,
      })),
    names: expectService(awaited, registry),
  }
}
