import { Id, Money, Time } from '@droplock/contracts/common/primitives'
import { body, bodyProblems } from '@droplock/contracts/common/responses'
import { getOwnAccount, setLowBalance } from '@droplock/core/accounts/low-balance'
import { reply } from '@droplock/http/reply'
import { wire } from '@droplock/http/wire'
import { createRoute, z } from '@hono/zod-openapi'
import { keyWith, onlyIfUnchanged, problems, readMoney, versioned } from '../contract.ts'
import type { Gateway } from '../gateway.ts'
import { readPrecondition, setETag } from '../http/preconditions.ts'

export const Account = z
  .object({
    id: Id,
    name: z.string(),
    currency: Money.shape.currency,
    low_balance: Money.optional().openapi({
      description:
        'When the balance falls below this, an event `balance.low` is sent, once until it has risen again; absent: never',
    }),
    created_at: Time,
  })
  .openapi('Account')

const tags = ['Money']
const path = '/v1/account'

const getAccount = createRoute({
  operationId: 'getAccount',
  method: 'get',
  path,
  tags,
  summary: 'Read your account and its notice of a low balance',
  description: 'The answer has the `ETag` that an edit needs.',
  security: keyWith('balance:read'),
  responses: { 200: versioned(Account, 'The account'), ...problems() },
})

const updateAccount = createRoute(
  onlyIfUnchanged({
    operationId: 'updateAccount',
    method: 'patch',
    path,
    tags,
    summary: 'Set the notice of a low balance',
    description:
      '`null` ends it. A balance that is below the threshold already is a reason for the notice at once.',
    security: keyWith('keys:manage'),
    request: {
      body: body(
        z
          .strictObject({
            low_balance: z
              .strictObject({ amount_minor: z.int().min(0), currency: Money.shape.currency })
              .nullable()
              .openapi({ description: 'In the currency of your account' }),
          })
          .openapi('UpdateAccount'),
      ),
    },
    responses: {
      200: versioned(Account, 'The account as it is now'),
      ...problems(...bodyProblems, 'key_exceeds_own', 'currency_mismatch'),
    },
  }),
)

export const ownAccountOperations = { getAccount, updateAccount }

export function mountOwnAccount(app: Gateway): void {
  app.openapi(getAccount, async (c) => {
    const found = await getOwnAccount(c.var.ctx)
    setETag(c, found.version)
    return reply(c, 200, Account, wire(found))
  })

  app.openapi(updateAccount, async (c) => {
    const { low_balance: threshold } = c.req.valid('json')
    const changed = await setLowBalance(c.var.ctx, threshold && readMoney(threshold), readPrecondition(c))
    setETag(c, changed.version)
    return reply(c, 200, Account, wire(changed))
  })
}
