import { describe, test } from 'vitest'
import { paymentsSuite } from '../src/conformance/payments-suite.ts'
import { openSandboxWorld } from './support/sandbox-world.ts'
import { openStripeWorld } from './support/stripe-world.ts'

describe('Stripe, by its own library, on the stand-in', () => paymentsSuite({ test }, openStripeWorld))
describe('the sandbox provider', () => paymentsSuite({ test }, openSandboxWorld))
