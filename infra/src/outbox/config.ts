import { type Environment, port, readSettings } from '@droplock/settings/values'
import { z } from 'zod'

const Schema = z.object({
  DROPLOCK_OUTBOX_SMTP_PORT: port(7790),
  DROPLOCK_OUTBOX_PAGE_PORT: port(7791),
})

/** The mail outbox's settings, which the launcher gives it. Throws BadConfig. */
export function readConfig(environment: Environment): z.output<typeof Schema> {
  return readSettings('mail-outbox', Schema, environment)
}
