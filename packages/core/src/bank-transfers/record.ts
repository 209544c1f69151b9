import { Refusal } from '@droplock/rules/refusals'
import { plainReference } from '@droplock/rules/transfers/bank-reference'
import { lockNamedAccount } from '../accounts/lock.ts'
import { recordAudit } from '../audit/record.ts'
import { requirePermission, requireReason, type StaffContext } from '../context.ts'
import { violated } from '../database/errors.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'
import { publish } from '../events/publish.ts'
import { post } from '../ledger/post.ts'

export type RecordBankTransfer = {
  readonly accountId: string
  /** Minor units, more than 0. */
  readonly amountMinor: bigint
  /** What came, by the bank's word: it has to be the account's currency. */
  readonly currency: string
  /** The bank's reference of the incoming payment, however it was typed. */
  readonly bankReference: string
  readonly note: string
}

/** A typing error must not make anybody rich: ten million of most currencies. Minor units. */
const TRANSFER_MINOR_MAX = 1_000_000_000n

/**
 * Credits money that came to the bank: bank clearing → customer balance, once for each reference. Returns the transfer's id.
 * Throws Refusal: forbidden, reason_required, amount_out_of_range, bank_reference_invalid, account_not_found,
 * currency_mismatch, bank_reference_known, try_again.
 */
export async function recordBankTransfer(ctx: StaffContext, command: RecordBankTransfer): Promise<string> {
  requirePermission(ctx, 'transfers:record')
  const { amountMinor, currency } = command
  const note = requireReason(command.note)
  const bankReference = readReference(command)
  const id = ctx.newId()
  const recording = inTransaction(ctx.db, async (tx) => {
    const account = await lockNamedAccount(tx, command.accountId)
    if (account.currency !== currency) {
      throw new Refusal('currency_mismatch', `This account is kept in ${account.currency}.`, {
        currency: account.currency,
      })
    }
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
        id,
        state: 'credited',
        note,
        recorded_by: ctx.actor.staffId,
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
    await publish(tx, ctx, 'account.topped_up', { id, accountId: account.id })
    await recordAudit(tx, {
      by: ctx.actor,
      action: 'bank_transfer.recorded',
      subjectType: 'bank_transfer',
      subjectId: id,
      reason: note,
      before: { balance_minor: account.balance_minor },
      after: { name: account.name, ...transfer },
    })
  })
  await recording.catch(async (error: unknown) => {
    throw violated(error, 'bank_transfer_credited_once') ? await knownTransfer(ctx, bankReference) : error
  })
  return id
}

function readReference({ amountMinor, bankReference }: RecordBankTransfer): string {
  if (amountMinor <= 0n || amountMinor > TRANSFER_MINOR_MAX) {
    throw new Refusal('amount_out_of_range', 'This amount is not taken as a transfer.', {
      min_minor: 1,
      max_minor: Number(TRANSFER_MINOR_MAX),
    })
  }
  const plain = plainReference(bankReference)
  if (plain === undefined) throw new Refusal('bank_reference_invalid', 'This is not a bank reference.')
  return plain
}

async function knownTransfer({ db }: Pick<StaffContext, 'db'>, bankReference: string): Promise<Refusal> {
  const known = await db
    .selectFrom('bank_transfer')
    .select('id')
    .where('bank_reference', '=', bankReference)
    .where('state', '<>', 'reversed')
    .executeTakeFirst()
  return new Refusal('bank_reference_known', `The transfer ${bankReference} is credited already.`, {
    bank_transfer_id: known?.id ?? null,
  })
}
