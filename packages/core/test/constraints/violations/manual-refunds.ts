import { asService } from '../../../src/context.ts'
import { addStaff } from '../../../src/staff/administer.ts'
import type { Fixture, Violation } from '../fixture.ts'
import { insertRefund } from '../rows.ts'

type Changes = Parameters<typeof insertRefund>[1]

/** A rejected manual refund, except for what `changes` sets. */
async function insertManual(fixture: Fixture, changes: Changes = {}) {
  const another = await addStaff(asService(fixture.ctx), {
    email: 'another@example.test',
    name: 'Another',
    roles: ['finance_approver'],
    passwordHash: 'no password',
  })
  await insertRefund(fixture, {
    cause: 'manual',
    state: 'rejected',
    reason_code: 'goodwill',
    note: 'a test',
    proposed_by: fixture.staffId,
    decided_by: another,
    ...changes,
  })
}

export const manualRefundViolations: readonly Violation[] = [
  {
    table: 'refund',
    constraint: 'no_manual_refund_while_undecided',
    guarantee: 'nobody refunds a backorder before its result is known',
    violate: (fixture) =>
      insertManual(fixture, { state: 'proposed', decided_by: null, expires_at: new Date() }),
  },
  {
    table: 'refund',
    constraint: 'proposer_does_not_decide',
    guarantee: 'a refund is decided by another person than its proposer',
    violate: (fixture) => insertManual(fixture, { decided_by: fixture.staffId }),
  },
  {
    table: 'refund',
    constraint: 'manual_refund_is_decided_by_someone',
    guarantee: 'a decided manual refund has the person who decided it',
    violate: (fixture) => insertManual(fixture, { decided_by: null }),
  },
  {
    table: 'refund',
    constraint: 'manual_refund_is_proposed',
    guarantee: 'exactly the manual refunds have a proposer',
    violate: (fixture) => insertManual(fixture, { proposed_by: null }),
  },
  {
    table: 'refund',
    constraint: 'automatic_refund_is_told',
    guarantee: 'the customer is notified of every automatic refund',
    violate: (fixture) => insertRefund(fixture, { notify: false }),
  },
  {
    table: 'refund',
    constraint: 'manual_refund_has_a_reason',
    guarantee: 'a manual refund has a reason and a note',
    violate: (fixture) => insertManual(fixture, { note: ' ' }),
  },
  {
    table: 'refund',
    constraint: 'refund_reason_known',
    guarantee: 'a refund has a known reason',
    violate: async (fixture) => {
      await insertManual(fixture)
      await fixture.tx
        .updateTable('refund')
        .set((eb) => ({ reason_code: eb.cast(eb.val('whim'), 'text').$castTo<'other'>() }))
        .execute()
    },
  },
  {
    table: 'refund',
    constraint: 'proposed_refund_expires',
    guarantee: 'a proposed refund has a time when it expires',
    backstops: [['refund', 'no_manual_refund_while_undecided']],
    violate: (fixture) => insertManual(fixture, { state: 'proposed', decided_by: null }),
  },
  {
    table: 'refund',
    constraint: 'alone_by_rule_within_limit',
    guarantee: 'one person alone refunds within the limit',
    violate: (fixture) =>
      insertManual(fixture, { decided_by: null, amount_minor: 2n, alone_limit_minor: 1n }),
  },
  {
    table: 'refund',
    constraint: 'exception_needs_two_people',
    guarantee: 'a destination other than the rule’s needs two people',
    backstops: [
      ['refund', 'no_manual_refund_while_undecided'],
      ['refund', 'manual_refund_is_decided_by_someone'],
    ],
    violate: (fixture) => insertManual(fixture, { state: 'succeeded', decided_by: null, by_rule: false }),
  },
]
