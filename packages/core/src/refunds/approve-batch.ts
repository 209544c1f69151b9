import { type BatchedRefund, requireShownBatch } from '@droplock/rules/refunds/batch'
import { Refusal, type RefusalCode } from '@droplock/rules/refusals'
import { requirePermission, type StaffContext } from '../context.ts'
import { approveRefund } from './approve.ts'
import { batchHash } from './preview-batch.ts'

type ApproveBatch = {
  readonly refunds: readonly BatchedRefund[]
  /** The hash of the set that the approver was shown (`batchHash`), in hex. */
  readonly seenHash: string
  readonly note?: string
}

/** `approved`: by this person as it was shown, now or when the batch was sent before. `left_out`: not approved, and why. */
type BatchResult = { readonly id: string } & (
  | { readonly outcome: 'approved' }
  | { readonly outcome: 'left_out'; readonly code: RefusalCode; readonly detail: string }
)

/** These are about the person or the whole request, not about one refund. */
const endsBatch: ReadonlySet<RefusalCode> = new Set(['forbidden', 'session_required'])

/**
 * Approves the refunds of a batch as they were shown, each in a transaction of its own, in the order of their ids. What has changed
 * since is left out. After a crash each refund is approved or is not, and sending the batch again approves the rest. Throws Refusal:
 * forbidden, session_required, refund_batch_changed. Rule 9.
 */
export async function approveRefundBatch(
  ctx: StaffContext,
  { refunds, seenHash, note }: ApproveBatch,
): Promise<readonly BatchResult[]> {
  requirePermission(ctx, 'refunds:decide')
  requireShownBatch(refunds, { hash: batchHash(ctx, refunds), seenHash })
  const results: BatchResult[] = []
  for (const refund of refunds.toSorted(byId)) {
    results.push(await approveOne(ctx, refund, { batchHash: seenHash, ...(note !== undefined && { note }) }))
  }
  return results
}

function byId(one: BatchedRefund, other: BatchedRefund): number {
  return one.id < other.id ? -1 : 1
}

async function approveOne(
  ctx: StaffContext,
  { id, termsHash: seenHash }: BatchedRefund,
  of: { readonly batchHash: string; readonly note?: string },
): Promise<BatchResult> {
  try {
    await approveRefund(ctx, { refundId: id, seenHash, ...of })
    return { id, outcome: 'approved' }
  } catch (error) {
    if (!(error instanceof Refusal) || endsBatch.has(error.code)) throw error
    if (error.code === 'refund_already_decided' && (await isOwnApproval(ctx, id, seenHash)))
      return { id, outcome: 'approved' }
    return { id, outcome: 'left_out', code: error.code, detail: error.message }
  }
}

/** Whether this person approved the refund with these terms before. */
async function isOwnApproval({ db, actor }: StaffContext, id: string, termsHash: string): Promise<boolean> {
  const own = await db
    .selectFrom('refund')
    .select('id')
    .where('id', '=', id)
    .where('decided_by', '=', actor.staffId)
    .where('approved_sha256', '=', Buffer.from(termsHash, 'hex'))
    .executeTakeFirst()
  return own !== undefined
}
