import { describe, expect, test } from 'vitest'
import { decideByFee, type FeeFacts } from '../../src/drop/decide-by-fee.ts'
import { money } from '../../src/money.ts'
import type { Answer, Answered, Sent } from '../../src/ports/registrar.ts'
import type { FeeQuote } from '../../src/ports/registry-objects.ts'

const sent: Sent = { clTRID: 'DL-1', sentAt: new Date('2026-07-01T19:00:00Z'), sentAtMs: 5 }
const facts: FeeFacts = {
  name: 'x.pl',
  ordinaryName: 'dl-1.pl',
  code: 2004,
  agreed: money(800n, 'USD'),
}

function answered(code: number, quotes?: readonly FeeQuote[]): Answered<readonly FeeQuote[]> {
  const answer = { ...sent, kind: 'answered', code, message: '', svTRID: 'S-1', answeredAtMs: 9 } as const
  return quotes === undefined ? answer : { ...answer, data: quotes }
}

function quote(amounts: readonly string[], changes: Partial<FeeQuote> = {}): FeeQuote {
  const fees = amounts.map((amount) => ({ amount }))
  return { name: 'x.pl', command: 'create', currency: 'USD', years: 1, fees, ...changes }
}

const ordinary = (amount: string) => quote([amount], { name: 'dl-1.pl' })
const standard = { standard: true }
const premium = { kind: 'premium', quoted: money(250_000n, 'USD') } as const
const stale = (minor: bigint, currency = 'USD') => ({ kind: 'fee_stale', quoted: money(minor, currency) })

type Row = [what: string, code: number, quotes: readonly FeeQuote[], verdict: object]
const table: readonly Row[] = [
  [
    'a fee that the registry does not call standard',
    2004,
    [quote(['2500.00'], { standard: false })],
    premium,
  ],
  [
    'the same as the answer to a create without a fee',
    2003,
    [quote(['2500.00'], { standard: false })],
    premium,
  ],
  ['a tier that is not the standard one', 2004, [quote(['2500.00'], { class: 'gold' })], premium],
  [
    'a premium name that costs no more than others',
    2003,
    [quote(['8.00'], { standard: false })],
    {
      kind: 'premium',
      quoted: money(800n, 'USD'),
    },
  ],
  ['another price than an ordinary name’s', 2004, [quote(['2500']), ordinary('8.00')], premium],
  [
    'the price of an ordinary name, which is not what we agreed to',
    2004,
    [quote(['9']), ordinary('9')],
    stale(900n),
  ],
  ['a price that nothing shows to be standard or not', 2004, [quote(['9.00'])], stale(900n)],
  ['a standard fee above ours', 2004, [quote(['9.00'], standard)], stale(900n)],
  ['a standard fee below ours', 2004, [quote(['7.50'], standard)], stale(750n)],
  [
    'a standard fee in another currency',
    2306,
    [quote(['8.00'], { ...standard, currency: 'EUR' })],
    stale(800n, 'EUR'),
  ],
  [
    'a standard fee of several parts, above ours together',
    2004,
    [quote(['8', '2.00'], standard)],
    stale(1_000n),
  ],
  ['our very fee', 2004, [quote(['8.000000'], standard)], { kind: 'incomplete' }],
  ['our very fee in several parts', 2003, [quote(['6.00', '2.00'], standard)], { kind: 'incomplete' }],
  [
    'exactly our fee, which nothing shows to be standard or not',
    2003,
    [quote(['8'])],
    { kind: 'incomplete' },
  ],
  ['our very fee after a 2306', 2306, [quote(['8.00'], standard)], { kind: 'refused' }],
  ['no fee, and why', 2004, [quote([], { reason: 'reserved' })], { kind: 'incomplete' }],
  ['no fee after a 2306', 2306, [quote([])], { kind: 'refused' }],
  ['an amount that is none', 2004, [quote(['8.005'], standard)], { kind: 'incomplete' }],
  [
    'the fee of a renewal',
    2004,
    [quote(['2500'], { command: 'renew', standard: false })],
    { kind: 'incomplete' },
  ],
  ['only another name’s fee', 2004, [ordinary('2500.00')], { kind: 'incomplete' }],
]

test.each(table)('the quote is %s (after %i)', (_, code, quotes, verdict) => {
  expect(decideByFee(answered(1000, quotes), { ...facts, code })).toEqual(verdict)
})

describe('a create without a fee cap', () => {
  test('lacked something else, where the fee is the standard one', () => {
    const silent = { ...facts, code: 2003, agreed: null }
    expect(decideByFee(answered(1000, [quote(['9.00'], standard)]), silent)).toEqual({ kind: 'incomplete' })
  })

  test('was for a premium name, where the quote shows one', () => {
    const silent = { ...facts, code: 2003, agreed: null }
    expect(decideByFee(answered(1000, [quote(['2500.00'], { standard: false })]), silent)).toEqual(premium)
  })
})

test('a registry without fee checks has shown no fee', () => {
  for (const code of [2000, 2101, 2103, 2201, 2303]) {
    expect(decideByFee(answered(code), facts)).toEqual({ kind: 'incomplete' })
  }
})

const nothing: readonly Answer<readonly FeeQuote[]>[] = [
  { kind: 'not_sent', reason: 'no slot' },
  { ...sent, kind: 'unknown', reason: 'timed out' },
  answered(2400),
  answered(2502),
]
test.each(nothing)('a check without a result is repeated (%j)', (answer) => {
  expect(decideByFee(answer, facts).kind).toBe('unknown')
})
