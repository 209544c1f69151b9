import { type DefaultContactRow, readDefaultContacts } from '@droplock/core/contacts/defaults'
import type { Context } from '@droplock/core/context'
import { type ComingZone, findComingZones } from '@droplock/core/registries/read'
import type { RegistrarPool } from '@droplock/epp/pool/pool'
import type { ContactRole } from '@droplock/rules/contacts'

/** What creates of the coming days need, and what the account has for them, as last read from the database. */
export type Outlook = {
  /** The zones with names that drop soon. */
  readonly zones: readonly ComingZone[]
  readonly contacts: readonly DefaultContactRow[]
}

/** Why no create may be sent in some zones. */
export type Unready = {
  readonly reason: 'no_fee_extension' | 'no_contacts'
  readonly zones: readonly string[]
  readonly firstDropAt: Date
  /** What is missing, as a text for operators. */
  readonly missing: readonly string[]
}

export const emptyOutlook: Outlook = { zones: [], contacts: [] }

/** Reads the zones with names that drop at the account's registry within `leadMs`, and the account's default contacts. */
export async function readOutlook(
  ctx: Context,
  account: { readonly id: string; readonly registryId: string },
  leadMs: number,
): Promise<Outlook> {
  const zones = await findComingZones(ctx, account.registryId, leadMs)
  return { zones, contacts: await readDefaultContacts(ctx, account.id) }
}

/**
 * Why the account can't create names that drop soon: in zones that can have premium names, when the registry has no fee
 * extension that we support, since a create could buy a name at any price (rule 3); in zones that need contacts, when one is not at
 * the registry. Empty when it is ready. Before the first session the registry's extensions are unknown.
 */
export function readinessOf(leased: Readable): readonly Unready[] {
  return [...lackOfFees(leased), ...lackOfContacts(leased.leaseState.outlook)]
}

type Readable = {
  readonly account: { readonly capsAlways: boolean }
  readonly leaseState: { readonly outlook: Outlook }
  /** The pool for creates; `undefined` while it is not open. */
  readonly createPool: () => Pick<RegistrarPool, 'feeSupport' | 'status'> | undefined
}

function lackOfFees({ account, leaseState, createPool }: Readable): readonly Unready[] {
  const pool = createPool()
  if (pool === undefined || pool.status().ready === 0) return []
  const { version, offered } = pool.feeSupport()
  if (version !== undefined) return []
  const affected = leaseState.outlook.zones.filter(
    ({ mayHavePremium }) => mayHavePremium || account.capsAlways,
  )
  return unreadyIn(affected, 'no_fee_extension', [`a fee extension that we speak, of: ${offered.join(', ')}`])
}

function lackOfContacts({ zones, contacts }: Outlook): readonly Unready[] {
  const made = new Set(contacts.flatMap(({ role, handleInForce }) => (handleInForce === null ? [] : [role])))
  const lacks = (role: ContactRole) => !made.has(role)
  const affected = zones.filter(({ contactRoles }) => contactRoles.some(lacks))
  const roles = new Set(affected.flatMap(({ contactRoles }) => contactRoles.filter(lacks)))
  const missing = [...roles].map(
    (role) => `${role} (${whyMissing(contacts.find((one) => one.role === role))})`,
  )
  return unreadyIn(affected, 'no_contacts', missing)
}

function whyMissing(set: DefaultContactRow | undefined): string {
  if (set === undefined) return 'not set'
  if (set.state !== 'failed') return 'not made at the registry yet'
  return `refused by the registry: ${set.answerCode} ${set.answerMessage}`
}

function unreadyIn(
  zones: readonly ComingZone[],
  reason: Unready['reason'],
  missing: readonly string[],
): readonly Unready[] {
  const [first] = zones.toSorted((one, other) => one.firstDropAt.getTime() - other.firstDropAt.getTime())
  if (first === undefined) return []
  return [{ reason, zones: zones.map(({ zone }) => zone), firstDropAt: first.firstDropAt, missing }]
}
