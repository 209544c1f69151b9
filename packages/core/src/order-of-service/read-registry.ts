import type { AlarmKind } from '@droplock/rules/alarms'
import { contactRoles } from '@droplock/rules/contacts'
import type { CatchLimits } from '@droplock/rules/drop/capacity'
import type { AccountObstacle, ServiceAccount, ServiceRegistry } from '@droplock/rules/drop/obstacles'
import { Refusal } from '@droplock/rules/refusals'
import type { ContractLimits, RegistryProfileId } from '@droplock/rules/registries'
import { type Kysely, sql } from 'kysely'
import { readDefaultContacts } from '../contacts/defaults.ts'
import type { Database, JsonValue } from '../database/tables.gen.ts'
import { contractOf, limitColumns } from '../registries/read.ts'

/** The limits of an account at a drop, by its registry's profile and its contract: profiles are known to the EPP client alone. */
export type LimitsOf = (profile: RegistryProfileId, contract: ContractLimits) => CatchLimits

/** What is known of a registry, and by what contracts our accounts there are limited. */
export type ContractedRegistry = Omit<ServiceRegistry, 'accounts'> & {
  readonly profile: RegistryProfileId
  readonly accounts: readonly (ServiceAccount & { readonly contract: ContractLimits })[]
}

/** What decides whom the accounts of a registry can serve, as it is now. Throws Refusal('registry_not_found'). */
export async function readServiceRegistry(
  db: Kysely<Database>,
  registryId: string,
  limitsOf: LimitsOf,
): Promise<ContractedRegistry> {
  const { rows } = await sql<{ profile: RegistryProfileId; isStopped: boolean }>`
    select profile, exists (select from registry_stop where registry_id = registry.id and ended_at is null) as "isStopped"
    from registry where id = ${registryId}`.execute(db)
  const [registry] = rows
  if (registry === undefined) throw new Refusal('registry_not_found', 'No such registry.', { id: registryId })
  const ours = await db
    .selectFrom('registry_account')
    .select(['id', 'password_expires_at', ...Object.values(limitColumns)])
    .where('registry_id', '=', registryId)
    .orderBy('id')
    .execute()
  const accounts: (ServiceAccount & { readonly contract: ContractLimits })[] = []
  // One query at a time: `db` may be a transaction, which has one connection.
  for (const account of ours) {
    const { id, password_expires_at: passwordExpiresAt } = account
    const contract = contractOf(account)
    const common = { id, contract, limits: limitsOf(registry.profile, contract), passwordExpiresAt }
    accounts.push({ ...common, ...(await readAccount(db, id)) })
  }
  const maintenances = await db
    .selectFrom('registry_maintenance')
    .select(['starts_at as startsAt', 'ends_at as endsAt'])
    .where('registry_id', '=', registryId)
    .where('canceled_at', 'is', null)
    .where('ends_at', '>', sql<Date>`statement_timestamp()`)
    .orderBy('starts_at')
    .execute()
  return { ...registry, accounts, maintenances }
}

async function readAccount(db: Kysely<Database>, id: string) {
  const defaults = await readDefaultContacts({ db }, id)
  const made = new Set(defaults.flatMap(({ role, handleInForce }) => (handleInForce === null ? [] : [role])))
  const alarms = await db
    .selectFrom('alarm')
    .select(['kind', 'facts'])
    .where('subject', '=', id)
    .where('closed_at', 'is', null)
    .where('kind', 'in', kinds)
    .execute()
  const certificate = alarms.find(({ kind }) => kind === 'certificate_expires')
  return {
    obstacles: alarms.flatMap(({ kind, facts }) => toObstacle(kind, facts)),
    isBudgetSpent: alarms.some(({ kind }) => kind === 'creates_exhausted'),
    certificateExpiresAt: certificate === undefined ? null : dateIn(certificate.facts, 'expiresAt'),
    contactRoles: contactRoles.filter((role) => made.has(role)),
  }
}

/** Open alarms about an account that keep it from creating any name. */
const obstacleOf = {
  lease_unheld: 'no_catcher',
  login_refused: 'login_refused',
  deposit_empty: 'deposit_empty',
} as const satisfies Record<string, AccountObstacle>

const kinds = [
  'lease_unheld',
  'login_refused',
  'deposit_empty',
  'account_not_ready',
  'creates_exhausted',
  'certificate_expires',
] as const satisfies readonly AlarmKind[]

/**
 * `account_not_ready` concerns the zones that it names; where it names none the account has no sessions. Missing contacts are left out:
 * an order may have its own, so they are looked at name by name.
 */
function toObstacle(kind: string, facts: JsonValue): ServiceAccount['obstacles'] {
  if (kind === 'account_not_ready') {
    const missing = textsIn(facts, 'missing') ?? []
    if (missing.length > 0 && missing.every(isOfContacts)) return []
    const zones = textsIn(facts, 'zones')
    return [{ reason: 'account_not_ready', ...(zones && { zones }) }]
  }
  return Object.entries(obstacleOf).flatMap(([alarm, reason]) => (alarm === kind ? [{ reason }] : []))
}

const isOfContacts = (missing: string) => contactRoles.some((role) => missing.startsWith(`${role} (`))

function memberOf(facts: JsonValue, member: string): unknown {
  return typeof facts === 'object' && facts !== null && !Array.isArray(facts)
    ? (facts as Readonly<Record<string, unknown>>)[member]
    : undefined
}

function textsIn(facts: JsonValue, member: string): readonly string[] | undefined {
  const texts = memberOf(facts, member)
  return Array.isArray(texts) ? texts.filter((text) => typeof text === 'string') : undefined
}

function dateIn(facts: JsonValue, member: string): Date | null {
  const text = memberOf(facts, member)
  const at = typeof text === 'string' ? new Date(text) : undefined
  return at === undefined || Number.isNaN(at.getTime()) ? null : at
}
