import { line } from '@droplock/contracts/common/party'
import { DateInput } from '@droplock/contracts/common/primitives'
import { backorderStates } from '@droplock/contracts/common/words'
import { COUNTED_MAX } from '@droplock/rules/counts'
import { z } from '@hono/zod-openapi'
import { Flag } from '../contract.ts'
import { ZoneInput } from './listing-filters.ts'

/** The filters of the list of backorders. */
export const backorderFilters = {
  state: z.enum(backorderStates).optional(),
  zone: ZoneInput,
  name: z
    .string()
    .regex(/^[A-Za-z0-9.-]{1,253}$/, 'a part of a name as A-labels')
    .toLowerCase()
    .optional()
    .openapi({ description: 'A part of the name, as A-labels', example: 'shop' }),
  reference: line(64).optional().openapi({ description: 'Exactly this reference' }),
  drop_from: DateInput.optional().openapi({
    description: 'The first day (UTC) on which the drop window begins',
  }),
  drop_to: DateInput.optional().openapi({ description: 'The last such day' }),
  counts: Flag.openapi({
    type: 'boolean',
    description: `Whether to count what matches, by state, up to ${COUNTED_MAX} in all`,
  }),
}

export const BackorderCounts = z
  .object({
    by_state: z
      .record(z.enum(backorderStates), z.int())
      .openapi({ description: 'How many match in each state, whatever the filter by state is' }),
    total: z.int().openapi({ description: 'How many match' }),
    total_is_exact: z.boolean().openapi({
      description: `False where more than ${COUNTED_MAX} match: then the counts are of that many`,
    }),
  })
  .openapi('BackorderCounts')
