import { z } from 'zod'
import { httpUrl } from './values.ts'

const onOff = z.enum(['0', '1'])

/** The settings that choose the payment provider of a database. They must be the same on all its servers. */
export const paymentSettings = {
  /** The mode of `DATABASE_URL`. The default is test, so that a missing setting never spends real money. */
  DATABASE_MODE: z.enum(['test', 'live']).default('test'),
  /** 0: customers pay only from balances, topped up by bank transfer, and no payment keys are set. */
  DROPLOCK_CARDS: onOff.default('1'),
  /** For live databases. A test database never uses them. */
  STRIPE_SECRET_KEY: z.string().optional(),
  STRIPE_WEBHOOK_SECRET: z.string().optional(),
  /** Not a secret: for the payer's browser, of the same mode as the secret key. Only the gateway sends it. */
  STRIPE_PUBLISHABLE_KEY: z.string().optional(),
  /** The sandbox provider of `DATABASE_URL`: all three, or cards are not accepted where it would be used. */
  DROPLOCK_SANDBOX_URL: httpUrl.optional(),
  DROPLOCK_SANDBOX_API_KEY: z.string().optional(),
  DROPLOCK_SANDBOX_WEBHOOK_SECRET: z.string().optional(),
  /** The database is for demonstration. */
  DROPLOCK_DEMO: onOff.default('0'),
  /** Set by the launcher when it has started the database. */
  DROPLOCK_EMBEDDED: onOff.default('0'),
} as const

/** The sandbox provider of the other database, for a server of both modes. */
export const otherPaymentSettings = {
  OTHER_SANDBOX_URL: httpUrl.optional(),
  OTHER_SANDBOX_API_KEY: z.string().optional(),
  OTHER_SANDBOX_WEBHOOK_SECRET: z.string().optional(),
} as const

type Payments = z.output<z.ZodObject<typeof paymentSettings>>
type OtherPayments = z.output<z.ZodObject<typeof otherPaymentSettings>>

/** The settings of a database's provider, for `openProvider`. They contain secrets and must not be logged. */
export function paymentsOf(config: Payments) {
  return {
    ...commonOf(config),
    database: config.DATABASE_MODE,
    sandbox: {
      url: config.DROPLOCK_SANDBOX_URL,
      apiKey: config.DROPLOCK_SANDBOX_API_KEY,
      webhookSecret: config.DROPLOCK_SANDBOX_WEBHOOK_SECRET,
    },
  }
}

/** The same for the database of the other mode. */
export function otherPaymentsOf(config: Payments & OtherPayments) {
  const database = otherModeOf(config.DATABASE_MODE)
  const hasSandbox = database === 'test' && config.OTHER_SANDBOX_URL !== undefined
  return {
    ...commonOf(config),
    // A sandbox that is given is there to be paid in, whether or not the live mode accepts cards.
    cards: config.DROPLOCK_CARDS === '1' || hasSandbox,
    database,
    sandbox: {
      url: config.OTHER_SANDBOX_URL,
      apiKey: config.OTHER_SANDBOX_API_KEY,
      webhookSecret: config.OTHER_SANDBOX_WEBHOOK_SECRET,
    },
  }
}

export function otherModeOf(mode: 'live' | 'test'): 'live' | 'test' {
  return mode === 'live' ? 'test' : 'live'
}

function commonOf(config: Payments) {
  return {
    embedded: config.DROPLOCK_EMBEDDED === '1',
    demo: config.DROPLOCK_DEMO === '1',
    cards: config.DROPLOCK_CARDS === '1',
    stripe: {
      secretKey: config.STRIPE_SECRET_KEY,
      webhookSecret: config.STRIPE_WEBHOOK_SECRET,
      publishableKey: config.STRIPE_PUBLISHABLE_KEY,
    },
  }
}
