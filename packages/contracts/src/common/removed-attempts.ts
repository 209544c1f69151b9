import { z } from '@hono/zod-openapi'
import { Time } from './primitives.ts'

/** Attempts that are not kept any more: some months after a decision the first, the deciding and the charged one are. */
export const RemovedAttempts = z
  .object({
    count: z.int().openapi({ description: 'Attempts that were made and are not kept any more' }),
    first_sent_at: Time,
    last_sent_at: Time,
  })
  .openapi('RemovedAttempts')
