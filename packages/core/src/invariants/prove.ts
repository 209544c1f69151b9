import type { StaffContext } from '../context.ts'

/** One promise, and how many times it is broken. */
export type Invariant = { readonly name: InvariantName; readonly violations: number }

export type InvariantName =
  | 'one_winner_per_name'
  | 'every_win_is_a_caught_listing'
  | 'ledger_sums_to_zero'
  | 'escrow_holds_the_undecided'
  | 'balances_equal_postings'
  | 'every_failure_is_refunded'
  | 'no_refund_exceeds_its_payment'
  | 'audit_chain_is_whole'

export type Invariants = {
  readonly at: Date
  readonly holds: boolean
  readonly invariants: readonly Invariant[]
  /** Names ordered and not expired, and how they stand. */
  readonly backorders: { readonly undecided: number; readonly successful: number; readonly failed: number }
  /** Distinct names among all orders that were ever secured. */
  readonly names: number
  readonly escrowMinor: Readonly<Record<string, bigint>>
  readonly ledgerSumMinor: Readonly<Record<string, bigint>>
}

/** Proves from the rows what the constraints promise. Throws Refusal('forbidden'). */
export async function proveInvariants(ctx: StaffContext): Promise<Invariants> {
  throw new Error(`not built yet ${String(ctx)}`)
}
