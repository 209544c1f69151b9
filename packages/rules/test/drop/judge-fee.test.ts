import { expect, test } from 'vitest'
import { judgeFee } from '../../src/drop/decide-by-fee.ts'
import { feeCheckAgainAt } from '../../src/fee-checks.ts'
import type { Answer } from '../../src/ports/registrar.ts'
import type { FeeQuote } from '../../src/ports/registry-objects.ts'

const facts = { name: 'gold.test', ordinaryName: 'ordinary.test' }
const quote = (name: string, amount: string, more: Partial<FeeQuote> = {}): FeeQuote => ({
  name,
  command: 'create',
  currency: 'USD',
  fees: [{ amount }],
  ...more,
})

function answered(...data: readonly FeeQuote[]): Answer<readonly FeeQuote[]> {
  const at = new Date(0)
  return {
    kind: 'answered',
    code: 1000,
    message: '',
    svTRID: 'sv',
    sentAt: at,
    sentAtMs: 0,
    answeredAtMs: 1,
    data,
  } as Answer<readonly FeeQuote[]>
}

test.each([
  ['by its class', [quote('gold.test', '9.00', { class: 'Premium-1' })], 'premium'],
  ['by the flag of the fee', [quote('gold.test', '9.00', { standard: false })], 'premium'],
  ['beside an ordinary name', [quote('gold.test', '90.00'), quote('ordinary.test', '9.00')], 'premium'],
  ['of the standard class', [quote('gold.test', '9.00', { class: 'standard' })], 'standard'],
  ['of the same fee', [quote('gold.test', '9.00'), quote('ordinary.test', '9.00')], 'standard'],
  ['with nothing to compare', [quote('gold.test', '90.00')], 'unknown'],
  ['about another name', [quote('silver.test', '90.00', { class: 'premium' })], 'unknown'],
  ['without a fee', [quote('gold.test', '1', { fees: [], reason: 'in use' })], 'unknown'],
  ['with no data', [], 'unknown'],
] as const)('a fee check %s shows: %s', (_, quotes, verdict) => {
  expect(judgeFee(answered(...quotes), facts).verdict).toBe(verdict)
})

test('no answer shows nothing', () => {
  expect(judgeFee({ kind: 'not_sent', reason: 'no session' }, facts)).toEqual({
    verdict: 'unknown',
    finding: 'no session',
  })
})

const now = new Date('2026-01-10T00:00:00Z')
const hours = (count: number) => new Date(now.getTime() + count * 3_600_000)

test('a name is asked about daily and an hour before its cut-off; what is unknown sooner', () => {
  expect(feeCheckAgainAt(0, hours(72), now)).toEqual(hours(24))
  expect(feeCheckAgainAt(0, hours(10), now)).toEqual(hours(9))
  expect(feeCheckAgainAt(0, hours(1), now)).toEqual(hours(24))
  expect(feeCheckAgainAt(1, hours(72), now)).toEqual(hours(1 / 6))
  expect(feeCheckAgainAt(30, hours(72), now)).toEqual(hours(6))
})
