import type { UndecidedTarget } from '@droplock/core/targets/read'
import {
  type ContactHandles,
  type CreateContacts,
  chooseContacts,
  isContactRole,
} from '@droplock/rules/contacts'
import { equals, money } from '@droplock/rules/money'
import type { Fee, Phase, Prior, Target } from '../plan/target.ts'
import type { TargetStore } from './store.ts'

/** What creates of the account carry, whatever their zone. */
export type Terms = {
  /** The registry's profile has a fee in every create, whatever is known of the zone. */
  readonly capsAlways: boolean
  /** The contacts of names whose order has none of its own. */
  readonly contacts: ContactHandles
}

/**
 * Brings the store up to the database's rows: new targets join, moved ones take their new window, disarmed or decided
 * ones leave. What this process knows better, the course of a fire that it leads itself, stays.
 */
export function mergeTargets(store: TargetStore, listed: readonly UndecidedTarget[], terms: Terms): void {
  const rows = terms.capsAlways ? listed.map((row) => ({ ...row, may_have_premium: true })) : listed
  const live = new Set(rows.map((row) => row.id))
  for (const row of rows) {
    const current = targetOf(row, terms.contacts)
    const known = store.get(row.id)
    if (known === undefined) store.put(current)
    else if (!known.busy && known.phase !== 'decided' && changed(known, current))
      store.put(follow(known, current))
  }
  for (const target of store.all()) {
    const leads = target.busy || target.phase === 'decided'
    if (!live.has(target.id) && !leads) store.remove(target.id)
  }
}

function changed(known: Target, current: Target): boolean {
  const isMoved =
    known.dropFromMs !== current.dropFromMs ||
    known.dropToMs !== current.dropToMs ||
    known.graceUntilMs !== current.graceUntilMs
  return (
    wasFired(known, current) || isMoved || known.rdapUrl !== current.rdapUrl || !sameTerms(known, current)
  )
}

/** It fires by the database alone: the connection was lost before we heard that its fire had begun. */
function wasFired(known: Target, current: Target): boolean {
  return known.phase === 'waiting' && current.phase !== 'waiting'
}

/** Whether a create would carry the same, as far as operators say what it does. */
function sameTerms(one: Target, other: Target): boolean {
  return sameCap(one.fee, other.fee) && sameContacts(one.contacts, other.contacts)
}

function sameCap(one: Fee | null, other: Fee | null): boolean {
  return one === null || other === null ? one === other : equals(one.cap, other.cap)
}

/** Both are made by `chooseContacts`, in the same order. */
function sameContacts(one: CreateContacts, other: CreateContacts): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

/**
 * A schedule may move in the very moment in which the fire begins; its new window is the one that counts. So may the fee and the
 * contacts, which operators mend while names wait for them: they are tried with the new ones at once, and what the old create was
 * refused for is not looked into any more.
 */
function follow(known: Target, current: Target): Target {
  const { dropFromMs, dropToMs, graceUntilMs, armedAt, phase, applied, fee, contacts, rdapUrl } = current
  const fired = wasFired(known, current) ? { phase, applied } : {}
  const followed = { ...known, ...fired, dropFromMs, dropToMs, graceUntilMs, armedAt, contacts, rdapUrl }
  if (sameTerms(known, current)) return followed
  const due = known.due === 'fee_check' ? null : known.due
  return { ...followed, fee: sameCap(known.fee, fee) ? known.fee : fee, createRetry: null, due }
}

/**
 * A target that fires already was fired by a predecessor, whose creates may have got through: ambiguous. Where one was taken as an
 * application, the award is waited for.
 */
function targetOf(row: UndecidedTarget, contacts: ContactHandles): Target {
  return {
    id: row.id,
    listingId: row.listing_id,
    zone: row.zone,
    name: row.name,
    orderedAt: row.ordered_at,
    armedAt: row.armed_at,
    dropFromMs: row.drop_from.getTime(),
    dropToMs: row.drop_to.getTime(),
    graceUntilMs: row.grace_until.getTime(),
    prior: priorOf(row),
    fee: feeOf(row),
    contacts: chooseContacts(row.contact_roles.filter(isContactRole), contacts),
    rdapUrl: row.rdap_url,
    phase: phaseOf(row),
    sinceMs: null,
    applied: row.state === 'awaiting_award',
    busy: false,
    lastSentMs: null,
    createsSinceInfo: 0,
    due: null,
    exists: false,
    released: false,
    triedLate: false,
    createRetry: null,
    rdap: null,
  }
}

function phaseOf({ state }: UndecidedTarget): Phase {
  if (state === 'armed') return 'waiting'
  return state === 'awaiting_award' ? 'awaiting_award' : 'ambiguous'
}

function feeOf(row: UndecidedTarget): Fee | null {
  if (!row.may_have_premium) return null
  const cap = money(row.fee_max_minor, row.fee_currency)
  return { cap, agreed: cap }
}

function priorOf(row: UndecidedTarget): Prior {
  if (row.prepared_at === null) return { kind: 'unknown' }
  return { kind: 'known', crDate: row.prior_cr_date, clid: row.prior_clid }
}
