import type { EvidenceState } from '../machines/dispute-evidence.ts'
import { Refusal, type RefusalCode } from '../refusals.ts'

export const disputeStages = ['needs_response', 'under_review', 'won', 'lost'] as const

/** How far a dispute is: whether the bank waits for us, decides, or has decided. */
export type DisputeStage = (typeof disputeStages)[number]

export type DisputeFacts = {
  readonly state: 'open' | 'won' | 'lost'
  /** Since when the provider has evidence. */
  readonly answeredAt: Date | null
  readonly evidenceDueAt: Date | null
  /** Of our answer; null where nobody has begun one. */
  readonly evidenceState: EvidenceState | null
}

export function disputeStageOf({
  state,
  answeredAt,
}: Pick<DisputeFacts, 'state' | 'answeredAt'>): DisputeStage {
  if (state !== 'open') return state
  return answeredAt === null ? 'needs_response' : 'under_review'
}

/** An alarm is raised so long before evidence is due. Milliseconds: 3 days, so that a weekend is within. */
export const UNANSWERED_MS = 259_200_000

/** Why a dispute takes no evidence from us. */
export type WhyNotAnswer = Extract<
  RefusalCode,
  'dispute_decided' | 'evidence_submitted' | 'dispute_deadline_passed'
>

/** Undefined where it does. A deadline that is not known is not passed: the provider decides then. */
export function whyNotAnswer(facts: DisputeFacts, now: Date): WhyNotAnswer | undefined {
  const { state, answeredAt, evidenceDueAt, evidenceState } = facts
  if (state !== 'open') return 'dispute_decided'
  if (answeredAt !== null || evidenceState === 'submitting' || evidenceState === 'submitted')
    return 'evidence_submitted'
  return evidenceDueAt !== null && evidenceDueAt <= now ? 'dispute_deadline_passed' : undefined
}

const whyNotTexts: Readonly<Record<WhyNotAnswer, string>> = {
  dispute_decided: 'The bank has decided this dispute.',
  evidence_submitted: 'Evidence has been submitted. The provider takes it once.',
  dispute_deadline_passed: 'The deadline for evidence has passed.',
}

/** Throws Refusal: dispute_decided, evidence_submitted, dispute_deadline_passed. */
export function requireAnswerable(facts: DisputeFacts, now: Date): void {
  const why = whyNotAnswer(facts, now)
  if (why === undefined) return
  const due = facts.evidenceDueAt
  throw new Refusal(why, whyNotTexts[why], due === null ? {} : { evidence_due_at: due.toISOString() })
}
