import { Refusal } from '@droplock/rules/refusals'
import { violated } from '../database/errors.ts'

/** Tells by its name that an account has as many open card payments without a hold as it may. */
export async function orTooManyOpen<Result>(open: () => Promise<Result>): Promise<Result> {
  try {
    return await open()
  } catch (error) {
    if (!violated(error, 'open_payments_within_limit')) throw error
    throw new Refusal('payment_limit_reached', 'Pay an open payment, or wait until one ends.')
  }
}
