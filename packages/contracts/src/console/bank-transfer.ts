import { createRoute, z } from '@hono/zod-openapi'
import { Id, Money, Time, text } from '../common/primitives.ts'
import { body, json } from '../common/responses.ts'
import { bankTransferStates } from '../common/words.ts'
import { changeProblems, changes, Reason, readProblems, reads } from './operation.ts'
import { listOf, Search, sorting } from './paging.ts'
import { Person } from './refund.ts'

export const BankTransfer = z
  .object({
    id: Id,
    account_id: Id,
    account_name: z.string(),
    state: z.enum(bankTransferStates),
    amount: Money,
    bank_reference: z.string().openapi({ description: 'In capitals, without spaces', example: 'RE4711/26' }),
    note: z.string(),
    recorded_by: Person,
    recorded_at: Time,
    reversal_reason: z.string().optional(),
    reversal_proposed_by: Person.optional(),
    reversal_proposed_at: Time.optional(),
    reversal_decided_by: Person.optional(),
    reversal_decided_at: Time.optional(),
    balance: Money.openapi({
      description: 'The current balance of the account; a reversal may make it negative',
    }),
  })
  .openapi('BankTransfer')

export const BankTransferList = listOf(BankTransfer, 'BankTransferList')

export const RecordBankTransfer = z
  .strictObject({
    account_id: Id,
    amount_minor: z.int().min(1),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/)
      .openapi({
        description: 'The currency that the bank reported; it must be the currency of the account',
      }),
    bank_reference: text(200).min(1),
    note: text(500),
  })
  .openapi('RecordBankTransfer')

const path = '/api/bank-transfers'
const tags = ['Bank transfers']
const params = z.strictObject({ id: Id })

export const listBankTransfers = createRoute({
  operationId: 'listBankTransfers',
  method: 'get',
  path,
  tags,
  summary: 'List bank transfers',
  security: reads('money:read'),
  request: {
    query: z.strictObject({
      ...sorting(['recorded_at', 'amount', 'state'], { field: 'recorded_at', order: 'desc' }),
      state: z.enum(bankTransferStates).optional(),
      account_id: Id.optional(),
      q: Search,
    }),
  },
  responses: { 200: json(BankTransferList, 'A page of transfers'), ...readProblems('invalid_request') },
})

export const recordBankTransfer = createRoute({
  operationId: 'recordBankTransfer',
  method: 'post',
  path,
  tags,
  summary: 'Record a bank transfer and credit it, once per reference',
  security: changes('transfers:record'),
  request: { body: body(RecordBankTransfer) },
  responses: {
    201: json(BankTransfer, 'The transfer, credited'),
    ...changeProblems(
      'reason_required',
      'amount_out_of_range',
      'bank_reference_invalid',
      'account_not_found',
      'account_closed',
      'currency_mismatch',
      'bank_reference_known',
      'grant_needs_approval',
    ),
  },
})

export const proposeReversal = createRoute({
  operationId: 'proposeReversal',
  method: 'post',
  path: `${path}/{id}/reversal`,
  tags,
  summary: 'Propose the reversal of a credited transfer',
  description:
    'The whole amount is reversed once another person approves. What has been spent in the meantime becomes a debt of the account.',
  security: changes('transfers:record'),
  request: { params, body: body(z.strictObject({ reason: Reason }).openapi('ProposeReversal')) },
  responses: {
    200: json(BankTransfer, 'The transfer'),
    ...changeProblems('reason_required', 'bank_transfer_not_found', 'transfer_not_reversible'),
  },
})

export const approveReversal = createRoute({
  operationId: 'approveReversal',
  method: 'post',
  path: `${path}/{id}/reversal/approve`,
  tags,
  summary: 'Approve the reversal of a transfer',
  security: changes('transfers:decide'),
  request: {
    params,
    body: body(z.strictObject({ note: text(500).optional() }).openapi('ApproveReversal')),
  },
  responses: {
    200: json(BankTransfer, 'The transfer'),
    ...changeProblems(
      'bank_transfer_not_found',
      'reversal_not_proposed',
      'decider_is_proposer',
      'proposer_disabled',
    ),
  },
})

export const rejectReversal = createRoute({
  operationId: 'rejectReversal',
  method: 'post',
  path: `${path}/{id}/reversal/reject`,
  tags,
  summary: 'Reject the reversal of a transfer',
  security: changes('transfers:decide'),
  request: { params, body: body(z.strictObject({ note: text(500) }).openapi('RejectReversal')) },
  responses: {
    200: json(BankTransfer, 'The transfer'),
    ...changeProblems(
      'reason_required',
      'bank_transfer_not_found',
      'reversal_not_proposed',
      'decider_is_proposer',
    ),
  },
})
