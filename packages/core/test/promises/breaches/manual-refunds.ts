import { asService } from '../../../src/context.ts'
import { addStaff } from '../../../src/staff/administer.ts'
import type { Breach } from '../breach.ts'
import { insertRefund } from '../rows.ts'
import type { Scene } from '../scene.ts'

type Changes = Parameters<typeof insertRefund>[1]

/** A manual refund that was rejected, so that it is in nobody's way, but for what `changes` sets. */
async function insertManual(scene: Scene, changes: Changes = {}) {
  const another = await addStaff(asService(scene.ctx), {
    email: 'another@example.test',
    name: 'Another',
    roles: ['finance_approver'],
    passwordHash: 'no password',
  })
  await insertRefund(scene, {
    cause: 'manual',
    state: 'rejected',
    reason_code: 'goodwill',
    note: 'a test',
    proposed_by: scene.staffId,
    decided_by: another,
    ...changes,
  })
}

export const manualRefundBreaches: readonly Breach[] = [
  {
    table: 'refund',
    keeper: 'no_manual_refund_while_undecided',
    promise: 'nobody refunds a backorder before its result is known',
    deed: (scene) => insertManual(scene, { state: 'proposed', decided_by: null, expires_at: new Date() }),
  },
  {
    table: 'refund',
    keeper: 'proposer_does_not_decide',
    promise: 'whoever proposed a refund does not decide it',
    deed: (scene) => insertManual(scene, { decided_by: scene.staffId }),
  },
  {
    table: 'refund',
    keeper: 'manual_refund_is_decided_by_someone',
    promise: 'a manual refund is decided by somebody',
    deed: (scene) => insertManual(scene, { decided_by: null }),
  },
  {
    table: 'refund',
    keeper: 'manual_refund_is_proposed',
    promise: 'a manual refund, and no other, is proposed by somebody',
    deed: (scene) => insertManual(scene, { proposed_by: null }),
  },
  {
    table: 'refund',
    keeper: 'automatic_refund_is_told',
    promise: 'the customer is told of every refund that nobody chose',
    deed: (scene) => insertRefund(scene, { notify: false }),
  },
  {
    table: 'refund',
    keeper: 'manual_refund_has_a_reason',
    promise: 'a manual refund has a reason and a note',
    deed: (scene) => insertManual(scene, { note: ' ' }),
  },
  {
    table: 'refund',
    keeper: 'refund_reason_known',
    promise: 'a refund has a known reason',
    deed: async (scene) => {
      await insertManual(scene)
      await scene.tx
        .updateTable('refund')
        .set((eb) => ({ reason_code: eb.cast(eb.val('whim'), 'text').$castTo<'other'>() }))
        .execute()
    },
  },
  {
    table: 'refund',
    keeper: 'proposed_refund_expires',
    promise: 'a proposal does not wait for ever',
    backstops: [['refund', 'no_manual_refund_while_undecided']],
    deed: (scene) => insertManual(scene, { state: 'proposed', decided_by: null }),
  },
  {
    table: 'refund',
    keeper: 'alone_by_rule_within_limit',
    promise: 'one person alone refunds within the limit',
    deed: (scene) => insertManual(scene, { decided_by: null, amount_minor: 2n, alone_limit_minor: 1n }),
  },
  {
    table: 'refund',
    keeper: 'exception_needs_two_people',
    promise: 'a destination that is not by the rule needs two people',
    backstops: [
      ['refund', 'no_manual_refund_while_undecided'],
      ['refund', 'manual_refund_is_decided_by_someone'],
    ],
    deed: (scene) => insertManual(scene, { state: 'succeeded', decided_by: null, by_rule: false }),
  },
]
