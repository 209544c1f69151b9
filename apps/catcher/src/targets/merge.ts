import type { UndecidedTarget } from '@droplock/core/targets/read'
import {
  type ContactHandles,
  type CreateContacts,
  chooseContacts,
  isContactRole,
} from '@droplock/rules/contacts'
import { equals, money } from '@droplock/rules/money'
import { releaseInstant } from '@droplock/rules/schedule/release'
import { needsInfo } from '../plan/ready-at.ts'
import {
  type Fee,
  isInFlight,
  type Phase,
  type Prior,
  type RegistryMs,
  type Target,
  untried,
} from '../plan/target.ts'
import type { TargetStore } from './store.ts'

/** What creates of the account carry in every zone. */
export type Terms = {
  /** By the registry's profile every create carries a fee, in every zone. */
  readonly capsAlways: boolean
  /** The account's default contacts. */
  readonly contacts: ContactHandles
}

/**
 * Updates the store from the database's rows: adds new targets, moves windows, removes disarmed or decided targets, stops drops. The
 * progress of firing, which this process knows better, is kept. `among`: the ids that were asked for; left out: all were.
 */
export function mergeTargets(
  store: TargetStore,
  listed: readonly UndecidedTarget[],
  terms: Terms,
  among?: Iterable<string>,
): void {
  const rows = terms.capsAlways ? listed.map((row) => ({ ...row, may_have_premium: true })) : listed
  const live = new Set(rows.map((row) => row.id))
  for (const row of rows) {
    const current = targetOf(row, terms.contacts)
    // At once, also while a command is in flight: its answer must not make the name ready for another create.
    if (row.withdrawing) store.withdraw(row.id)
    const known = store.get(row.id)
    if (known === undefined) {
      if (row.state !== 'disarmed') store.put(current)
    } else if (known.phase !== 'decided') mergeTarget(store, known, current, row.state)
  }
  const asked = among === undefined ? store.all() : [...among].flatMap((id) => store.get(id) ?? [])
  for (const target of asked) {
    const leads = isInFlight(target) || target.phase === 'decided'
    if (!live.has(target.id) && !leads) store.remove(target.id)
  }
}

/**
 * A drop that was stopped (a skipped day, or another time) is not firing any more: its target begins anew with the next arming. One
 * whose create is unanswered stays until the registry has said whether the name is ours.
 */
function mergeTarget(
  store: TargetStore,
  known: Target,
  current: Target,
  state: UndecidedTarget['state'],
): void {
  const isStopped = state === 'disarmed' || known.arming !== current.arming
  // An answer is awaited: it is noted that nothing more is created.
  if (isStopped && (isInFlight(known) || needsInfo(known))) store.put({ ...known, stopped: true })
  else if (isInFlight(known)) return
  else if (state === 'disarmed') store.remove(known.id)
  else if (isStopped) store.put({ ...current, prior: known.prior, place: known.place })
  else if (changed(known, current)) store.put(follow(known, current))
}

function changed(known: Target, current: Target): boolean {
  const isMoved =
    known.dropFromMs !== current.dropFromMs ||
    known.dropToMs !== current.dropToMs ||
    known.graceUntilMs !== current.graceUntilMs ||
    known.releaseMs !== current.releaseMs ||
    known.release !== current.release ||
    known.probing.fromMs !== current.probing.fromMs ||
    known.probing.everyMs !== current.probing.everyMs ||
    known.probing.share !== current.probing.share ||
    known.awarded !== current.awarded
  return (
    wasFired(known, current) || isMoved || known.rdapUrl !== current.rdapUrl || !sameTerms(known, current)
  )
}

/** The database says that it is firing, but the store does not: the connection was lost before the confirmation. */
function wasFired(known: Target, current: Target): boolean {
  return known.phase === 'waiting' && current.phase !== 'waiting'
}

/** Whether a create would have the same fee cap and contacts, which operators set. */
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
 * A schedule may move at the moment in which firing begins; the new window counts. The fee and the contacts may change too, while
 * names wait for operators to set them. Then the name is tried with the new ones at once, and the refusal of the old create no
 * longer matters.
 */
function follow(known: Target, current: Target): Target {
  const { dropFromMs, dropToMs, graceUntilMs, releaseMs, release, probing, armedAt, phase, applied } = current
  const { fee, contacts, rdapUrl, awarded } = current
  const fired = wasFired(known, current) ? { phase, applied } : {}
  const window = { dropFromMs, dropToMs, graceUntilMs, releaseMs, release, probing }
  // Earlier answers say nothing about the award, so `info` follows without a pause.
  const award = known.awarded === awarded ? {} : { awarded, sinceMs: null }
  const followed = { ...known, ...fired, ...window, ...award, armedAt, contacts, rdapUrl }
  if (sameTerms(known, current)) return followed
  const due = known.due === 'fee_check' ? null : known.due
  return { ...followed, fee: sameCap(known.fee, fee) ? known.fee : fee, createRetry: null, due }
}

/**
 * A target that is firing in the database was fired by a predecessor, whose creates may have taken effect: ambiguous. With an
 * application it waits for the award.
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
    releaseMs: releaseOf(row),
    release: row.release,
    probing: {
      fromMs: row.drop_to.getTime() + 1_000 * row.grace_full_seconds,
      everyMs: 1_000 * row.grace_probe_seconds,
      share: row.grace_share_percent / 100,
    },
    arming: row.arming,
    prior: priorOf(row),
    place: null,
    fee: feeOf(row),
    contacts: chooseContacts(row.contact_roles.filter(isContactRole), row.own_contacts ?? {}, contacts),
    rdapUrl: row.rdap_url,
    withdrawing: row.withdrawing,
    phase: phaseOf(row),
    applied: row.state === 'awaiting_award',
    awarded: row.awarded,
    ...untried,
  }
}

/** The instant at which it is released, where it is known. */
function releaseOf(row: UndecidedTarget): RegistryMs | null {
  const facts = {
    release: row.release,
    dropFrom: row.drop_from,
    dropTo: row.drop_to,
    expectedFrom: row.expected_from,
    expectedTo: row.expected_to,
    earlySeconds: row.early_seconds,
    lateSeconds: row.late_seconds,
  }
  return releaseInstant(facts)?.getTime() ?? null
}

function phaseOf({ state }: UndecidedTarget): Phase {
  if (state === 'armed' || state === 'disarmed') return 'waiting'
  return state === 'awaiting_award' ? 'awaiting_award' : 'ambiguous'
}

function feeOf(row: UndecidedTarget): Fee | null {
  if (!row.may_have_premium) return null
  const cap = money(row.fee_max_minor, row.fee_currency)
  return { cap, agreed: cap }
}

function priorOf(row: UndecidedTarget): Prior {
  if (row.prepared_at === null) return { kind: 'unknown' }
  return {
    kind: 'known',
    crDate: row.prior_cr_date,
    clid: row.prior_clid,
    updatedAt: row.prior_updated_at,
    roid: row.prior_roid,
  }
}
