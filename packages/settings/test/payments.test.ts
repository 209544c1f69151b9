import { expect, test } from 'vitest'
import { z } from 'zod'
import { otherPaymentSettings, otherPaymentsOf, paymentSettings, paymentsOf } from '../src/payments.ts'
import { readSettings } from '../src/values.ts'

const schema = z.object({ ...paymentSettings, ...otherPaymentSettings })
const stripe = {
  STRIPE_SECRET_KEY: 'sk_live_hush',
  STRIPE_WEBHOOK_SECRET: 'whsec_hush',
  STRIPE_PUBLISHABLE_KEY: 'pk_live_1',
}

test('the defaults are a test database without keys, neither embedded nor a demo', () => {
  expect(paymentsOf(readSettings('app', schema, {}))).toEqual({
    database: 'test',
    embedded: false,
    demo: false,
    cards: true,
    stripe: {},
    sandbox: {},
  })
})

test('each mode has its own sandbox, and both have the keys', () => {
  const config = readSettings('app', schema, {
    ...stripe,
    DATABASE_MODE: 'live',
    DROPLOCK_SANDBOX_URL: 'http://127.0.0.1:7780',
    OTHER_SANDBOX_URL: 'http://127.0.0.1:7781',
  })
  const keys = { secretKey: 'sk_live_hush', webhookSecret: 'whsec_hush', publishableKey: 'pk_live_1' }
  const live = { database: 'live', stripe: keys, sandbox: { url: 'http://127.0.0.1:7780' } }
  expect(paymentsOf(config)).toMatchObject(live)
  const other = { database: 'test', sandbox: { url: 'http://127.0.0.1:7781' } }
  expect(otherPaymentsOf(config)).toMatchObject(other)
})

test('a sandbox of the test mode is paid in although the live mode accepts no cards, and the other way round it is not', () => {
  const sandbox = { DROPLOCK_CARDS: '0', OTHER_SANDBOX_URL: 'http://127.0.0.1:7781' }
  const live = readSettings('app', schema, { ...sandbox, DATABASE_MODE: 'live' })
  expect([paymentsOf(live).cards, otherPaymentsOf(live).cards]).toEqual([false, true])
  const other = readSettings('app', schema, { ...sandbox, DATABASE_MODE: 'test' })
  expect([paymentsOf(other).cards, otherPaymentsOf(other).cards]).toEqual([false, false])
})

const readBad = () => readSettings('app', schema, { ...stripe, DROPLOCK_SANDBOX_URL: 'ftp://u:hush@h' })

test('the error of a bad URL is one line that does not repeat it', () => {
  expect(readBad).toThrow(/^app: DROPLOCK_SANDBOX_URL: must be an http:\/\/ or https:\/\/ URL$/)
  expect(readBad).not.toThrow(/hush/)
})
