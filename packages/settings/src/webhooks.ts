import { z } from 'zod'
import { keyList } from './keys.ts'

/** Settings of the two apps that know the secrets of accounts' webhook endpoints, which must have the same keys (ADR 29). */
export const webhookSettings = {
  /** From it and a salt in the database the secrets of endpoints are derived. Without it none can be made, and none is sent to. */
  DROPLOCK_WEBHOOK_SECRET_KEY: keyList.optional(),
  /** For development: endpoints may be on this machine, also by http. */
  DROPLOCK_WEBHOOK_LOOPBACK: z.enum(['on', 'off']).default('off'),
} as const
