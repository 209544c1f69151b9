import type { Outcome } from '@droplock/rules/machines/catch-target'
import type { PaymentPurpose } from '@droplock/rules/machines/payment'
import * as fc from 'fast-check'
import type { RefundFate } from '../support/fake-provider.ts'
import type { Result } from '../support/renewals.ts'

/** Few names and little money, so that steps interact: names are contested, balances run out, names are listed again. */
export const NAMES = ['a.test', 'b.test', 'c.test', 'd.test', 'e.test'] as const
/** Caught before the sequence begins, by the second and the third account. */
export const HELD_NAMES = ['x.test', 'y.test'] as const
export const ACCOUNTS = 3

/** One action. `account` is an index; `pick` is an index into the rows that there are, newest first. */
export type Step =
  | { readonly kind: 'list'; readonly names: readonly string[] }
  | { readonly kind: 'place' | 'hold' | 'offer'; readonly name: string; readonly account: number }
  | { readonly kind: 'top_up'; readonly account: number; readonly byCard: boolean }
  | { readonly kind: 'record_transfer'; readonly account: number }
  | { readonly kind: 'reverse_transfer'; readonly pick: number; readonly agreed: boolean }
  | { readonly kind: 'grant_credit'; readonly account: number }
  | { readonly kind: 'second_payment' | 'release' | 'late_intent' | 'renewal_payment'; readonly pick: number }
  | { readonly kind: 'pay'; readonly pick: number; readonly delivered: boolean }
  | { readonly kind: 'decline' | 'challenge'; readonly pick: number; readonly delivered: boolean }
  | { readonly kind: 'webhooks'; readonly order: 'sent' | 'reversed' | 'twice' }
  | { readonly kind: 'poll' }
  | { readonly kind: 'lapse'; readonly swept: boolean }
  | { readonly kind: 'run_tasks' }
  | { readonly kind: 'turn_premium'; readonly name: string }
  | { readonly kind: 'change_price'; readonly up: boolean }
  | { readonly kind: 'drop'; readonly outcome: Outcome; readonly count: number }
  | { readonly kind: 'send_refunds'; readonly fate: RefundFate }
  | { readonly kind: 'bank_decides_refund'; readonly pick: number; readonly failed: boolean }
  | { readonly kind: 'dispute'; readonly pick: number; readonly delivered: boolean }
  | {
      readonly kind: 'decide_dispute'
      readonly pick: number
      readonly won: boolean
      readonly delivered: boolean
    }
  | {
      readonly kind: 'propose'
      readonly of: PaymentPurpose
      readonly pick: number
      readonly amount: number
      readonly byRule: boolean
    }
  | { readonly kind: 'approve' | 'reject'; readonly pick: number }
  | {
      readonly kind: 'refund_alone'
      readonly of: PaymentPurpose
      readonly pick: number
      readonly amount: number
    }
  | { readonly kind: 'retry'; readonly pick: number; readonly byRule: boolean }
  | { readonly kind: 'expire_refunds' }
  | { readonly kind: 'renew'; readonly pick: number; readonly byCard: boolean; readonly years: number }
  | { readonly kind: 'carry_out'; readonly result: Result }
  | { readonly kind: 'careless'; readonly violation: string }

/** A faulty write, a message that is lost or comes twice or in another order, or a call whose answer is lost or that fails. */
export function isFault(step: Step): boolean {
  if (step.kind === 'webhooks') return step.order !== 'sent'
  if (step.kind === 'send_refunds') return step.fate !== 'succeeded' && step.fate !== 'processing'
  if (step.kind === 'carry_out') return step.result !== 'renewed'
  return step.kind === 'careless' || ('delivered' in step && !step.delivered)
}

type Kind = Step['kind']

const name = fc.constantFrom(...NAMES)
const account = fc.nat({ max: ACCOUNTS - 1 })
const pick = fc.constantFrom(0, 0, 0, 1, 1, 2)
const usually = fc.constantFrom(true, true, true, false)
const kind = <Value extends Kind>(value: Value) => fc.constant(value)
const kinds = <Value extends Kind>(...values: readonly Value[]) => fc.constantFrom(...values)
const fates: readonly RefundFate[] = [
  'succeeded',
  'succeeded',
  'processing',
  'failed',
  'declined',
  'made_unanswered',
  'not_made_unanswered',
]
const outcomes: readonly Outcome[] = [
  'lost',
  'lost',
  'missed',
  'premium',
  'withdrawn',
  'refused',
  'registered',
  'registered',
]

const results: readonly Result[] = [
  'renewed',
  'renewed',
  'renewed',
  'refused',
  'not_held',
  'expiry_moved',
  'unavailable',
]

const purposes: fc.Arbitrary<PaymentPurpose> = fc.constantFrom('backorder', 'renewal', 'top_up')

const lists = fc.record({ kind: kind('list'), names: fc.subarray([...NAMES], { minLength: 2 }) })

/** Weighted so that orders reach late states and are also disturbed before. */
function usual(): readonly fc.WeightedArbitrary<Step>[] {
  return [
    { weight: 7, arbitrary: lists },
    { weight: 4, arbitrary: fc.record({ kind: kind('place'), name, account }) },
    { weight: 14, arbitrary: fc.record({ kind: kind('hold'), name, account }) },
    { weight: 3, arbitrary: fc.record({ kind: kind('offer'), name, account }) },
    { weight: 4, arbitrary: fc.record({ kind: kind('top_up'), account, byCard: usually }) },
    { weight: 2, arbitrary: fc.record({ kind: kind('record_transfer'), account }) },
    { weight: 2, arbitrary: fc.record({ kind: kind('reverse_transfer'), pick, agreed: usually }) },
    { weight: 1, arbitrary: fc.record({ kind: kind('grant_credit'), account }) },
    { weight: 4, arbitrary: fc.record({ kind: kinds('second_payment', 'release', 'late_intent'), pick }) },
    { weight: 2, arbitrary: fc.record({ kind: kind('renewal_payment'), pick }) },
    { weight: 22, arbitrary: fc.record({ kind: kind('pay'), pick, delivered: usually }) },
    { weight: 2, arbitrary: fc.record({ kind: kinds('decline', 'challenge'), pick, delivered: usually }) },
    {
      weight: 4,
      arbitrary: fc.record({ kind: kind('webhooks'), order: fc.constantFrom('sent', 'reversed', 'twice') }),
    },
    { weight: 2, arbitrary: fc.record({ kind: kind('poll') }) },
    { weight: 4, arbitrary: fc.record({ kind: kind('lapse'), swept: usually }) },
    { weight: 2, arbitrary: fc.record({ kind: kind('run_tasks') }) },
    { weight: 1, arbitrary: fc.record({ kind: kind('turn_premium'), name }) },
    { weight: 1, arbitrary: fc.record({ kind: kind('change_price'), up: fc.boolean() }) },
    {
      weight: 10,
      arbitrary: fc.record({
        kind: kind('drop'),
        outcome: fc.constantFrom(...outcomes),
        count: fc.constantFrom(1, 2, 9),
      }),
    },
    { weight: 8, arbitrary: fc.record({ kind: kind('send_refunds'), fate: fc.constantFrom(...fates) }) },
    { weight: 2, arbitrary: fc.record({ kind: kind('bank_decides_refund'), pick, failed: fc.boolean() }) },
    { weight: 6, arbitrary: fc.record({ kind: kind('dispute'), pick, delivered: usually }) },
    {
      weight: 3,
      arbitrary: fc.record({ kind: kind('decide_dispute'), pick, won: fc.boolean(), delivered: usually }),
    },
    ...byHand(),
    { weight: 1, arbitrary: fc.record({ kind: kind('expire_refunds') }) },
    {
      weight: 8,
      arbitrary: fc.record({
        kind: kind('renew'),
        pick,
        byCard: fc.boolean(),
        years: fc.constantFrom(1, 1, 2, 9),
      }),
    },
    {
      weight: 6,
      arbitrary: fc.record({ kind: kind('carry_out'), result: fc.constantFrom(...results) }),
    },
  ]
}

/** Manual refunds. */
function byHand(): readonly fc.WeightedArbitrary<Step>[] {
  return [
    {
      weight: 9,
      arbitrary: fc.record({
        kind: kind('propose'),
        of: purposes,
        pick,
        amount: fc.constantFrom(1, 700, 1_900),
        byRule: usually,
      }),
    },
    { weight: 9, arbitrary: fc.record({ kind: kinds('approve', 'approve', 'reject'), pick }) },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: kind('refund_alone'),
        of: purposes,
        pick,
        amount: fc.constantFrom(1, 700, 1_900),
      }),
    },
    { weight: 4, arbitrary: fc.record({ kind: kind('retry'), pick, byRule: usually }) },
  ]
}

/** Sequences of exactly so many steps; about one in eight is one of the given violations, if there are any. */
export function sequences(length: number, violations: readonly string[]): fc.Arbitrary<Step[]> {
  const step: fc.Arbitrary<Step> = fc.oneof(...usual(), ...careless(violations))
  return fc.array(step, { minLength: length, maxLength: length, size: 'max' })
}

function careless(violations: readonly string[]): readonly fc.WeightedArbitrary<Step>[] {
  if (violations.length === 0) return []
  return [
    {
      weight: 16,
      arbitrary: fc.record({ kind: kind('careless'), violation: fc.constantFrom(...violations) }),
    },
  ]
}
