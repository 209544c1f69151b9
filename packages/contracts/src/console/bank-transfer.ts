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
    balance: Money.openapi({ description: 'Of the account now; a reversal may take it below zero' }),
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
      .openapi({ description: "What came, by the bank's word; it has to be the account's currency" }),
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
  summary: 'Money that came to the bank',
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
  summary: 'Credit money that came to the bank, once for each reference',
  security: changes('transfers:record'),
  request: { body: body(RecordBankTransfer) },
  responses: {
    201: json(BankTransfer, 'The transfer, credited'),
    ...changeProblems(
      'reason_required',
      'amount_out_of_range',
      'bank_reference_invalid',
      'account_not_found',
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
  summary: 'Propose to take a credited transfer back, whole',
  description: 'Another person decides; nothing moves before. What was spent meanwhile becomes a debt.',
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
  summary: "Approve another person's proposal: the credit is reversed",
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
  summary: "Reject another person's proposal: the credit stands",
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
