import { entry } from './entry.ts'

/** Refusals about what the payment provider reports: disputes and payouts. */
export const providerErrors = {
  dispute_not_found: entry(404, 'Dispute not found', 'There is no dispute with this id.'),
  dispute_decided: entry(409, 'Dispute decided', 'The bank has decided this dispute; it takes no evidence.'),
  dispute_deadline_passed: entry(
    409,
    'Deadline passed',
    'The deadline for evidence has passed, `evidence_due_at`. The bank decides without it.',
  ),
  evidence_submitted: entry(
    409,
    'Evidence submitted',
    'Evidence for this dispute has been submitted. The provider takes it once.',
  ),
  evidence_changed: entry(
    409,
    'Evidence changed',
    'Another person saved this evidence meanwhile; `version` is the version in force. Read it again.',
  ),
  evidence_empty: entry(422, 'Evidence empty', 'Fill in and save at least one field before you submit.'),
  payout_not_found: entry(404, 'Payout not found', 'There is no payout with this id.'),
  payout_changed: entry(
    409,
    'Payout changed',
    'Another person changed the match of this payout meanwhile; `version` is the version in force.',
  ),
  payout_not_matchable: entry(
    409,
    'Payout not at the bank',
    'Only a payout that is on its way or paid, and is not matched yet, can be matched.',
  ),
  payout_not_matched: entry(409, 'Payout not matched', 'This payout is not matched to a bank statement.'),
  bank_line_known: entry(
    409,
    'Bank line already matched',
    'Another payout is matched to this line of the bank statement; `payout_id` is its id.',
  ),
} as const
