import { accountClosed } from '@droplock/rules/accounts'
import { requireBankReference } from '@droplock/rules/bank-transfers'
import { Refusal } from '@droplock/rules/refusals'
import type { Kysely, Transaction } from 'kysely'
import { recordAudit } from '../audit/record.ts'
import { requirePermission, requireReason, type StaffContext } from '../context.ts'
import { violated } from '../database/errors.ts'
import type { Database } from '../database/tables.gen.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'
import { publish } from '../events/publish.ts'
import { grantWithinDailyLimit } from '../grants.ts'
import { post } from '../ledger/post.ts'
import { lockNamedAccount } from '../locks.ts'

export type RecordBankTransfer = {
  readonly accountId: string
  /** Minor units, more than 0. */
  readonly amountMinor: bigint
  /** The currency of the transfer, which must be the account's. */
  readonly currency: string
  /** The bank's reference of the incoming payment, as typed. */
  readonly bankReference: string
  readonly note: string
}

/** Bounds the damage of a typing error: ten million of most currencies. Minor units. */
const TRANSFER_MINOR_MAX = 1_000_000_000n

/**
 * Credits money that arrived at the bank: bank clearing → customer balance, once per reference, within what one person may grant
 * (`proposeBankTransfer` beyond that). Returns the transfer's id. Throws Refusal: forbidden, reason_required, amount_out_of_range,
 * bank_reference_invalid, account_not_found, account_closed, currency_mismatch, bank_reference_known, grant_needs_approval, try_again.
 */
export async function recordBankTransfer(ctx: StaffContext, command: RecordBankTransfer): Promise<string> {
  requirePermission(ctx, 'transfers:record')
  const note = requireReason(command.note)
  return inTransaction(ctx.db, async (tx) => {
    const { account, bankReference } = await checkTransfer(tx, command)
    const grant = { kind: 'bank_transfer', ...command } as const
    return creditTransfer(tx, ctx, {
      ...command,
      note,
      account,
      bankReference,
      recordedBy: ctx.actor.staffId,
      authority: { grant_id: await grantWithinDailyLimit(tx, ctx, grant) },
    })
  }).catch(async (error: unknown) => {
    if (!violated(error, 'bank_transfer_credited_once')) throw error
    const bankReference = readReference(command)
    throw creditedAlready(bankReference, await findCredited(ctx.db, bankReference))
  })
}

/** Locks the account and checks that the transfer can be credited to it. Throws Refusal (see `recordBankTransfer`). */
export async function checkTransfer(tx: Transaction<Database>, command: RecordBankTransfer) {
  const bankReference = readReference(command)
  const account = await lockNamedAccount(tx, command.accountId)
  if (account.closed_at !== null) throw accountClosed()
  if (account.currency !== command.currency) {
    throw new Refusal('currency_mismatch', `This account is kept in ${account.currency}.`, {
      currency: account.currency,
    })
  }
  const knownId = await findCredited(tx, bankReference)
  if (knownId !== undefined) throw creditedAlready(bankReference, knownId)
  return { account, bankReference }
}

type CreditTransfer = RecordBankTransfer & {
  readonly account: Awaited<ReturnType<typeof lockNamedAccount>>
  /** Plain (see `plainReference`). */
  readonly bankReference: string
  readonly recordedBy: string
  /** The grant of one person, or the proposal that a second one approved. */
  readonly authority: { readonly grant_id: string } | { readonly proposal_id: string }
}

/** Credits a transfer that was checked. Returns its id. */
export async function creditTransfer(
  tx: Transaction<Database>,
  ctx: StaffContext,
  { account, amountMinor, currency, bankReference, note, recordedBy, authority }: CreditTransfer,
): Promise<string> {
  const id = ctx.newId()
  const transfer = {
    account_id: account.id,
    amount_minor: amountMinor,
    currency,
    bank_reference: bankReference,
  }
  await tx
    .insertInto('bank_transfer')
    .values({
      ...transfer,
      ...authority,
      id,
      state: 'credited',
      note,
      recorded_by: recordedBy,
      recorded_at: await databaseTime(tx),
    })
    .execute()
  await post(tx, {
    cause: 'top_up',
    causeId: id,
    from: 'bank_clearing',
    to: 'customer_balance',
    amountMinor,
    currency,
    accountId: account.id,
    bankTransferId: id,
  })
  await publish(tx, ctx, 'account.topped_up', id)
  await recordAudit(tx, {
    by: ctx.actor,
    action: 'bank_transfer.recorded',
    subjectType: 'bank_transfer',
    subjectId: id,
    reason: note,
    before: { balance_minor: account.balance_minor },
    after: { name: account.name, ...transfer, ...authority },
  })
  return id
}

function readReference({ amountMinor, bankReference }: RecordBankTransfer): string {
  if (amountMinor <= 0n || amountMinor > TRANSFER_MINOR_MAX) {
    throw new Refusal('amount_out_of_range', 'This amount is out of range for a bank transfer.', {
      min_minor: 1,
      max_minor: Number(TRANSFER_MINOR_MAX),
    })
  }
  return requireBankReference(bankReference)
}

async function findCredited(db: Kysely<Database>, bankReference: string): Promise<string | undefined> {
  const known = await db
    .selectFrom('bank_transfer')
    .select('id')
    .where('bank_reference', '=', bankReference)
    .where('state', '<>', 'reversed')
    .executeTakeFirst()
  return known?.id
}

function creditedAlready(bankReference: string, id: string | undefined): Refusal {
  return new Refusal('bank_reference_known', `The transfer ${bankReference} is credited already.`, {
    bank_transfer_id: id ?? null,
  })
}
