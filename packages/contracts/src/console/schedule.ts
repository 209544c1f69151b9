import { z } from '@hono/zod-openapi'
import { Time } from '../common/primitives.ts'

/** When a name is expected to drop, and when its orders close. */
export const Schedule = z
  .object({
    cutoff_at: Time.openapi({ description: 'Orders are accepted before this' }),
    drop_from: Time,
    drop_to: Time.openapi({
      description: 'The registry is expected to release the name from `drop_from` to here',
    }),
  })
  .openapi('Schedule')
