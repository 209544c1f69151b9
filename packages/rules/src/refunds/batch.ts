import { Refusal } from '../refusals.ts'

/** Refunds approved together: each is a transaction of some ten milliseconds, and one person has to be able to look at all of them. */
export const BATCH_REFUNDS_MAX = 200

/** A refund of a batch, and the terms that were shown. */
export type BatchedRefund = {
  readonly id: string
  /** In hex. */
  readonly termsHash: string
}

/** The text whose SHA-256 an approver sends back with the set: who was shown it, and each refund with its terms, in whatever order. */
export function batchText(staffId: string, refunds: readonly BatchedRefund[]): string {
  const lines = refunds.map(({ id, termsHash }) => `${id}:${termsHash}`).toSorted()
  return [staffId, ...lines].join('\n')
}

/** Throws Refusal('refund_batch_changed') where what is sent is not the set that was shown, or names a refund twice. */
export function requireShownBatch(
  refunds: readonly BatchedRefund[],
  { hash, seenHash }: { readonly hash: string; readonly seenHash: string },
): void {
  if (hash === seenHash && new Set(refunds.map(({ id }) => id)).size === refunds.length) return
  throw new Refusal('refund_batch_changed', 'This is not the set of refunds that you were shown.')
}
