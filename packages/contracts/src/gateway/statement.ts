import { z } from '@hono/zod-openapi'
import { Money, Time } from '../common/primitives.ts'
import { balanceCauses } from '../common/words.ts'

/** What moves a balance. */
export const BalanceCause = z.enum(balanceCauses)

const Activity = z
  .object({
    cause: BalanceCause,
    count: z.int(),
    credit: Money.openapi({ description: 'What came in, at least zero' }),
    debit: Money.openapi({ description: 'What went out, at least zero' }),
  })
  .openapi('Activity')

/** `opening` + every `credit` − every `debit` = `closing`. */
export const Statement = z
  .object({
    from: Time,
    to: Time,
    opening: Money.openapi({ description: 'The balance at `from`' }),
    activity: z.array(Activity),
    closing: Money.openapi({ description: 'The balance at `to`: opening and activity together' }),
  })
  .openapi('Statement')
