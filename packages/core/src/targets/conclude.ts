import type { OutcomeBasis } from '@droplock/rules/drop/outcome'
import { chooseVerdict, isConclusive, SILENT_MS_MIN } from '@droplock/rules/drop/several-accounts'
import type { FailureReason } from '@droplock/rules/machines/backorder'
import type { TargetTryState } from '@droplock/rules/machines/target-try'
import { sql, type Transaction } from 'kysely'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { inTransaction } from '../database/transaction.ts'
import { type Lease, requireLease } from '../leases.ts'
import { lockedInOrder } from '../locks.ts'
import type { TargetOutcome } from './target-outcome.ts'
import { followTries } from './tries.ts'

/** RFC 5730 §3: the object does not exist. */
const NOT_REGISTERED = 2303

/** What another account of ours does about a target; for an ended try with its verdict. */
type OtherTry = {
  readonly targetId: string
  readonly registryAccountId: string
  readonly state: TargetTryState
  /** See `isConclusive`. */
  readonly silentMs: number
  readonly seenFree: boolean
  readonly outcome: FailureReason | null
  readonly basis: OutcomeBasis | null
  readonly code: number | null
  readonly clTRID: string | null
  readonly holderClid: string | null
  readonly holderCrDate: Date | null
}

/**
 * By which outcome each target ends, by its id: what one account found is held back, as its verdict, where another account of ours may
 * still hold the name or has yet to decide (`isConclusive`); the last one ends the target by what says most (`chooseVerdict`). Targets
 * whose outcome was held back are absent. What people decide, and wins, hold for all. The caller holds the locks of the targets, which
 * are undecided. Rule 29.
 */
export async function concludeOverAccounts(
  tx: Transaction<Database>,
  found: readonly TargetOutcome[],
): Promise<ReadonlyMap<string, TargetOutcome>> {
  const losses = found.filter(isLossOfAccount)
  const others = await readOthers(tx, losses)
  const ending = new Map<string, TargetOutcome>()
  const heldBack: LossOfAccount[] = []
  const ended: LossOfAccount[] = []
  for (const each of found) {
    if (!isLossOfAccount(each)) {
      ending.set(each.targetId, each)
      continue
    }
    const tries = others.get(each.targetId) ?? []
    if (!isConclusive(each, tries)) heldBack.push(each)
    else if (tries.length === 0) ending.set(each.targetId, each)
    else {
      ended.push(each, ...endingSilent(each, tries))
      ending.set(each.targetId, chooseAmong(each, tries))
    }
  }
  // Also of those that end now: the database refuses a loss while a try of another account than the deciding one is live.
  await writeVerdicts(tx, [...heldBack, ...ended])
  if (heldBack.length > 0)
    await followTries(
      tx,
      heldBack.map(({ targetId }) => targetId),
    )
  return ending
}

/**
 * Verdicts of the accounts that are silent: none of them holds the name. One by `info` needs none, since it holds for them (and the
 * database accepts it).
 */
function endingSilent(found: LossOfAccount, tries: readonly OtherTry[]): readonly LossOfAccount[] {
  if (found.basis === 'info') return []
  return tries
    .filter(({ state }) => state !== 'ended')
    .map(({ registryAccountId }) => ({
      ...found,
      registryAccountId,
      outcome: 'missed',
      basis: 'info',
      code: NOT_REGISTERED,
      decidingClTRID: undefined,
      holderClid: null,
      holderCrDate: undefined,
    }))
}

type LossOfAccount = Exclude<TargetOutcome, { readonly outcome: 'registered' }> & {
  readonly registryAccountId: string
}

function isLossOfAccount(found: TargetOutcome): found is LossOfAccount {
  return found.outcome !== 'registered' && found.registryAccountId !== null && found.proposalId === undefined
}

/** What the other accounts do since the arming in which a loss was found: the schedule may have moved since then. */
async function readOthers(
  tx: Transaction<Database>,
  losses: readonly LossOfAccount[],
): Promise<ReadonlyMap<string, readonly OtherTry[]>> {
  if (losses.length === 0) return new Map()
  const { rows } = await sql<OtherTry>`
    select try.target_id as "targetId", try.registry_account_id as "registryAccountId", try.state,
      coalesce(extract(epoch from least(clock_timestamp(), info.sent_at) - silent_since(account)) * 1000, 0)::float8 as "silentMs",
      exists (select from catch_attempt as seen where seen.target_id = target.id and seen.registry_account_id = own.account_id
        and seen.command = 'info' and seen.code = ${NOT_REGISTERED}
        and seen.sent_at >= ${silentFrom}) as "seenFree",
      try.outcome, try.basis, try.code, try.cltrid as "clTRID", try.holder_clid as "holderClid", try.holder_created_at as "holderCrDate"
    from unnest(${losses.map(({ targetId }) => targetId)}::uuid[],
        ${losses.map(({ registryAccountId }) => registryAccountId)}::text[],
        ${losses.map(({ arming }) => arming ?? null)}::integer[],
        ${losses.map(({ decidingClTRID }) => decidingClTRID ?? null)}::text[]) as own (target_id, account_id, arming, cltrid)
      left join catch_attempt as info on info.cltrid = own.cltrid and info.command = 'info'
      join catch_target as target on target.id = own.target_id
      join target_try as try on try.target_id = target.id and try.arming >= coalesce(own.arming, target.arming)
        and try.registry_account_id <> own.account_id
      join registry_account as account on account.id = try.registry_account_id`.execute(tx)
  return Map.groupBy(rows, ({ targetId }) => targetId)
}

/** The verdict of all accounts that says most, as the outcome of the account that found it. */
function chooseAmong(own: LossOfAccount, others: readonly OtherTry[]): TargetOutcome {
  const theirs = others.flatMap((each): LossOfAccount[] => {
    const { outcome, basis, registryAccountId, code, clTRID, holderClid, holderCrDate } = each
    if (outcome === null) return []
    return [
      {
        ...own,
        // The clock of `own` was measured by the process of its account.
        clockErrorMs: undefined,
        outcome,
        registryAccountId,
        code,
        basis: basis ?? undefined,
        decidingClTRID: clTRID ?? undefined,
        holderClid,
        holderCrDate: holderCrDate ?? undefined,
      },
    ]
  })
  return chooseVerdict([own, ...theirs])
}

/**
 * As of the arming in which they were found: where the schedule has moved since then and the verdict is held back, the account tries anew
 * in the new window.
 */
async function writeVerdicts(tx: Transaction<Database>, losses: readonly LossOfAccount[]): Promise<void> {
  if (losses.length === 0) return
  await sql`
    insert into target_try (target_id, registry_account_id, arming, state, changed_at, outcome, basis, code, cltrid, holder_clid,
      holder_created_at)
    select verdict.target_id, account_id, coalesce(verdict.arming, target.arming), 'ended', clock_timestamp(), outcome, basis, code, verdict.cltrid,
      verdict.holder_clid, holder_created_at
    from unnest(${losses.map((each) => each.targetId)}::uuid[], ${losses.map((each) => each.registryAccountId)}::text[],
        ${losses.map((each) => each.outcome)}::text[], ${losses.map((each) => each.basis ?? null)}::text[],
        ${losses.map((each) => each.code)}::integer[], ${losses.map((each) => each.decidingClTRID ?? null)}::text[],
        ${losses.map((each) => each.holderClid)}::text[], ${losses.map((each) => each.holderCrDate ?? null)}::timestamptz[],
        ${losses.map((each) => each.arming ?? null)}::integer[])
        as verdict (target_id, account_id, outcome, basis, code, cltrid, holder_clid, holder_created_at, arming)
      join catch_target as target on target.id = verdict.target_id
    on conflict on constraint one_try_per_account do update set
      arming = greatest(target_try.arming, excluded.arming), state = 'ended', changed_at = excluded.changed_at, outcome = excluded.outcome, basis = excluded.basis,
      code = excluded.code, cltrid = excluded.cltrid, holder_clid = excluded.holder_clid,
      holder_created_at = excluded.holder_created_at`.execute(tx)
}

/** SQL: from when on `account` counts as silent. */
const silentFrom = sql`(silent_since(account) + ${sql.lit(SILENT_MS_MIN)} * interval '1 millisecond')`

/** Targets that are asked about again in one transaction. */
const REOPENED_PER_BATCH_MAX = 500

/**
 * Where an account waits with its verdict for another one that is no longer driven: its try is ambiguous again, so that its catcher asks
 * the registry once more, for what `info` shows from then on decides for all. That is so for a verdict from before the silence, and for one
 * that came later without an `info` that was sent during the silence. Once in each silence, also where the registry does
 * not say who holds the name. Throws LeaseLost.
 */
export async function askAgainForSilent(ctx: Context, lease: Lease): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select own.target_id as id from target_try as own join catch_target as target on target.id = own.target_id
    where own.registry_account_id = ${lease.accountId} and own.state = 'ended' and own.arming = target.arming
      and target.state in ('firing', 'ambiguous', 'awaiting_award')
      and exists (select from target_try as other join registry_account as account on account.id = other.registry_account_id
        where other.target_id = own.target_id and other.registry_account_id <> own.registry_account_id
          and other.arming = own.arming and other.state <> 'ended' and ${silentFrom} <= clock_timestamp()
          and (own.changed_at <= ${silentFrom}
            or own.basis in ('create', 'fee_check', 'info') and coalesce(own.asked_again_at < ${silentFrom}, true)))
    order by own.target_id limit ${REOPENED_PER_BATCH_MAX}`.execute(ctx.db)
  if (rows.length === 0) return
  const ids = rows.map(({ id }) => id)
  await inTransaction(ctx.db, async (tx) => {
    await requireLease(tx, lease)
    await sql`
      with locked as ${lockedInOrder(ids, 'firing', 'ambiguous', 'awaiting_award')}
      update target_try set state = 'ambiguous', changed_at = clock_timestamp(), asked_again_at = clock_timestamp(), outcome = null, basis = null, code = null, cltrid = null,
        holder_clid = null, holder_created_at = null
      from locked where target_id = locked.id and registry_account_id = ${lease.accountId} and state = 'ended'`.execute(
      tx,
    )
    await followTries(tx, ids)
  })
}
