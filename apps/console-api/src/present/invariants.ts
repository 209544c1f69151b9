import type { Invariants } from '@droplock/core/invariants'
import { presentSums } from './money.ts'
import { wire } from './wire.ts'

export function presentInvariants(proof: Invariants) {
  const { escrowMinor, ledgerSumMinor } = proof
  return { ...wire(proof), escrow: presentSums(escrowMinor), ledger_sum: presentSums(ledgerSumMinor) }
}
