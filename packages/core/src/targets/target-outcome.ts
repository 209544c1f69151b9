import type { OutcomeBasis } from '@droplock/rules/drop/outcome'
import type { Outcome } from '@droplock/rules/machines/catch-target'
import type { Money } from '@droplock/rules/money'
import type { Lease } from '../leases.ts'
import type { Attempt } from './record.ts'

/** How the target of a name ended, and what showed it. */
export type TargetOutcome = {
  readonly targetId: string
  readonly listingId: string
  /** The arming of the target that the catcher worked on; left out where people decided. */
  readonly arming?: number
  /** The proposal that decided it, where people did. */
  readonly proposalId?: string | undefined
  /** The EPP result code that decided it, if one did. */
  readonly code: number | null
  /** What showed it; left out where nothing from the registry did. */
  readonly basis?: OutcomeBasis | undefined
  /** Our transaction id of the command whose answer decided it, if one did. */
  readonly decidingClTRID?: string | undefined
  /** Who holds the name now, if the registry said so. */
  readonly holderClid: string | null
  /** When that registration was created, if the registry said so. */
  readonly holderCrDate?: Date | undefined
  /** The registry's clock minus ours, as the catcher measured it. Milliseconds. */
  readonly clockOffsetMs?: number
  /** The bound of its error; left out while the clock is not measured. Milliseconds. */
  readonly clockErrorMs?: number | undefined
  /** Evidence that is not recorded yet; it is recorded even where the target is decided already. */
  readonly attempts: readonly Attempt[]
  /** The lease of the catcher that decided it, which must still hold it; none where people decided. */
  readonly lease?: Lease
} & (
  | {
      readonly outcome: 'registered'
      /** The registry account whose answers decided it, or, where people did, the one that holds it. */
      readonly registryAccountId: string
      /** Our registry account that holds it, where that is another one. */
      readonly heldBy?: string | undefined
      readonly crDate: Date
      readonly exDate?: Date | undefined
      /** What the registry charged, where its answer said so (RFC 8748). */
      readonly charged?: Money | undefined
    }
  | {
      readonly outcome: Exclude<Outcome, 'registered'>
      /** The registry account whose answers decided it; null where people did. */
      readonly registryAccountId: string | null
    }
)
