import { expect, test } from 'vitest'
import { pagePolicyOf } from '../src/server/secure.ts'

/** The pages' policy, by its directives. */
function policyWith(stripeKey: string | undefined): ReadonlyMap<string, readonly string[]> {
  return new Map(
    pagePolicyOf({ stripeKey })
      .split('; ')
      .map((directive) => {
        const [name = '', ...sources] = directive.split(' ')
        return [name, sources]
      }),
  )
}

test('a page takes scripts, frames and answers from Stripe alone beside its own, so that a card number never reaches it', () => {
  const policy = policyWith('pk_test_1')
  expect(policy.get('script-src')).toEqual(["'self'", 'https://js.stripe.com', 'https://*.js.stripe.com'])
  expect(policy.get('connect-src')).toEqual(["'self'", 'https://api.stripe.com'])
  // hooks.stripe.com: the question of the payer's bank.
  expect(policy.get('frame-src')).toEqual([
    'https://js.stripe.com',
    'https://*.js.stripe.com',
    'https://hooks.stripe.com',
  ])
})

test('without Stripe a page takes nothing from anywhere else', () => {
  const policy = policyWith(undefined)
  expect([...policy.values()].flat().filter((source) => source.startsWith('http'))).toEqual([])
  expect(policy.get('frame-src')).toEqual(["'none'"])
})
