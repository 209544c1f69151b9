import { z } from 'zod'
import { httpUrl } from './values.ts'

const onOff = z.enum(['0', '1'])

/** How a server knows which payment provider serves its database. All servers of one database must agree. */
export const paymentSettings = {
  /** The mode of `DATABASE_URL`. Test unless said otherwise: nobody may spend real money because somebody forgot a word. */
  DATABASE_MODE: z.enum(['test', 'live']).default('test'),
  /** 0: customers pay from balances alone, which bank transfers fill, and no payment keys are set. */
  DROPLOCK_CARDS: onOff.default('1'),
  /** Of the live side; a test database never uses them. */
  STRIPE_SECRET_KEY: z.string().optional(),
  STRIPE_WEBHOOK_SECRET: z.string().optional(),
  /** No secret: for the payer's browser, of the same mode as the secret key. Only the gateway tells it. */
  STRIPE_PUBLISHABLE_KEY: z.string().optional(),
  /** The sandbox provider of `DATABASE_URL`: the three together, or cards are not taken where it would be used. */
  DROPLOCK_SANDBOX_URL: httpUrl.optional(),
  DROPLOCK_SANDBOX_API_KEY: z.string().optional(),
  DROPLOCK_SANDBOX_WEBHOOK_SECRET: z.string().optional(),
  /** The operator says that the database is for demonstration. */
  DROPLOCK_DEMO: onOff.default('0'),
  /** Set by the launcher: it started the database itself. */
  DROPLOCK_EMBEDDED: onOff.default('0'),
} as const

/** For a server of both modes: the sandbox provider of the other database. */
export const otherPaymentSettings = {
  OTHER_SANDBOX_URL: httpUrl.optional(),
  OTHER_SANDBOX_API_KEY: z.string().optional(),
  OTHER_SANDBOX_WEBHOOK_SECRET: z.string().optional(),
} as const

type Payments = z.output<z.ZodObject<typeof paymentSettings>>
type OtherPayments = z.output<z.ZodObject<typeof otherPaymentSettings>>

/** The settings that decide on a database's provider, as `openProvider` takes them. Holds secrets: never for logs. */
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

/** The same of the other mode's database. */
export function otherPaymentsOf(config: Payments & OtherPayments) {
  return {
    ...commonOf(config),
    database: otherModeOf(config.DATABASE_MODE),
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
