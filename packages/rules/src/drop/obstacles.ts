import type { ContactRole } from '../contacts.ts'
import type { CatchLimits } from './capacity.ts'
import type { ServiceCaution, UnservedReason } from './unserved.ts'

/** Alarms that are open about an account and keep it from creating. */
export type AccountObstacle = Extract<
  UnservedReason,
  'no_catcher' | 'login_refused' | 'deposit_empty' | 'account_not_ready'
>

/** An account of ours at the registry, as it is now. */
export type ServiceAccount = {
  readonly id: string
  /** Those that hold at the drop: of the contract, else of the profile; without the share of the hosts that take no creates. */
  readonly limits: CatchLimits
  /** What keeps it from creating now. `account_not_ready` concerns only its zones. */
  readonly obstacles: readonly { readonly reason: AccountObstacle; readonly zones?: readonly string[] }[]
  readonly isBudgetSpent: boolean
  readonly passwordExpiresAt: Date | null
  readonly certificateExpiresAt: Date | null
  /** The roles for which it has a default contact at the registry. */
  readonly contactRoles: readonly ContactRole[]
}

/** What is known of a registry when the order of service is shown. */
export type ServiceRegistry = {
  readonly isStopped: boolean
  readonly accounts: readonly ServiceAccount[]
  readonly maintenances: readonly { readonly startsAt: Date; readonly endsAt: Date }[]
}

/** What may be in the way of a name. */
export type ObstacleFacts = {
  readonly zone: string
  readonly dropFrom: Date
  readonly dropTo: Date
  /** The instant at which it is released, where that is known. */
  readonly releaseAt: Date | null
  readonly isWithdrawn: boolean
  readonly isSuspect: boolean
  readonly isPremium: boolean
  /** The roles that its create needs, those for which the order has a contact at the registry, and those for which it lacks it. */
  readonly contactRoles: readonly ContactRole[]
  readonly ownRoles: readonly ContactRole[]
  readonly lacksOwn: boolean
}

/** Why no account can create the name; undefined where one can. */
export function findObstacle(name: ObstacleFacts, registry: ServiceRegistry): UnservedReason | undefined {
  if (registry.isStopped) return 'registry_stopped'
  if (name.isWithdrawn) return 'withdrawn'
  if (registry.accounts.length === 0) return 'no_account'
  const obstacles = registry.accounts.map((account) => obstacleOf(name, account))
  const [first] = obstacles
  if (first !== undefined && !obstacles.includes(undefined)) return first
  return registry.maintenances.some((away) => covers(away, name)) ? 'in_maintenance' : undefined
}

function obstacleOf(name: ObstacleFacts, account: ServiceAccount): UnservedReason | undefined {
  const { obstacles, passwordExpiresAt, certificateExpiresAt, contactRoles } = account
  const at = name.releaseAt ?? name.dropFrom
  const found = obstacles.find(({ zones }) => zones === undefined || zones.includes(name.zone))
  if (found !== undefined) return found.reason
  if (passwordExpiresAt !== null && passwordExpiresAt <= at) return 'password_expired'
  if (certificateExpiresAt !== null && certificateExpiresAt <= at) return 'certificate_expired'
  const isLacking = name.contactRoles.some(
    (role) => !contactRoles.includes(role) && !name.ownRoles.includes(role),
  )
  return isLacking ? 'no_contacts' : undefined
}

/** Whether the registry is away when the name is released, or for all of its window. */
function covers(
  { startsAt, endsAt }: { readonly startsAt: Date; readonly endsAt: Date },
  { releaseAt, dropFrom, dropTo }: ObstacleFacts,
): boolean {
  return startsAt <= (releaseAt ?? dropFrom) && endsAt >= (releaseAt ?? dropTo)
}

/** What may keep the name from being served. */
export function findCautions(
  name: ObstacleFacts,
  { accounts, maintenances }: ServiceRegistry,
): ServiceCaution[] {
  const isNearMaintenance = maintenances.some(
    (away) => away.startsAt < name.dropTo && away.endsAt > name.dropFrom && !covers(away, name),
  )
  const found: Readonly<Partial<Record<ServiceCaution, boolean>>> = {
    budget_spent: accounts.some(({ isBudgetSpent }) => isBudgetSpent),
    contact_missing: name.lacksOwn,
    maintenance: isNearMaintenance,
    suspect: name.isSuspect,
    premium: name.isPremium,
  }
  return Object.entries(found).flatMap(([caution, isFound]) => (isFound ? [caution as ServiceCaution] : []))
}
