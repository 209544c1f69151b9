import { expect, test } from 'vitest'
import { expectPassed, few, loadtest, patient, rateOf, reportOf, valueOf } from './loadtest.ts'

test('a publication passes: hundreds of claims on names that go live meanwhile, repeated ones answered alike', async () => {
  const ran = await loadtest(['publication', ...rateOf(40, '0.2'), '--names', '100', ...few, ...patient])
  expectPassed(ran)
  expect(valueOf(ran, 'claims_retried')).toBeGreaterThan(0)
  expect(valueOf(ran, 'listings_won')).toBe(valueOf(ran, 'claims_won'))
})

test('a cut-off passes: names are claimed before, at and after it, and nobody late is secured', async () => {
  const ran = await loadtest(['cutoff', ...rateOf(16, '0.1'), ...few, ...patient])
  expectPassed(ran)
  expect(valueOf(ran, 'claims_sent_late')).toBeGreaterThan(0)
  expect(valueOf(ran, 'claims_won_late')).toBe(0)
})

test('a steady load passes, and its report needs nothing from elsewhere', async () => {
  const ran = await loadtest(['steady', ...rateOf(30, '0.1'), ...few, ...patient])
  expectPassed(ran)
  expect(ran.err).toContain('its stand-in under Node runs the script')
  const report = reportOf(ran)
  expect(report).not.toMatch(/(src|href)\s*=\s*"/)
  expect(report).not.toMatch(/@import|url\(/)
})
