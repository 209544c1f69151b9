import { Money } from '@droplock/contracts/common/primitives'
import { scopeTexts } from '@droplock/contracts/scope-texts'
import { OpenAPIHono } from '@hono/zod-openapi'
import { addCommonHeaders } from './document/add-common-headers.ts'
import { addExamples } from './document/add-examples.ts'
import { shareProblems } from './document/share-problems.ts'
import { tags } from './document/tags.ts'
import { registerWebhooks } from './document/webhooks.ts'
import { limitsOf } from './http/limits.ts'
import { operations } from './operations.ts'

const about = `Exclusive, fixed-price backorders on domain names that are about to be deleted.

Each name has one backorder only: that of the first account to order and pay. An order from the balance is paid immediately. An order
by card holds the name until \`pay_by\`; the payer pays with the \`client_secret\` of its payment: in your own page with Stripe.js and
the \`publishable_key\` if \`provider\` is \`stripe\`, or with test money at \`pay_url\` if it is \`sandbox\`. If the name is not caught,
the full price is refunded.

Money is always \`amount_minor\`, a whole number of minor units, with its currency. Times are ISO-8601 in UTC. Every error is an
RFC 9457 problem with a stable \`code\`, and where a part of the request is to be corrected, \`errors\` names it.

What creates or pays requires an \`Idempotency-Key\`. An edit requires the \`ETag\` of what it edits as \`If-Match\`. Every authenticated
answer has \`RateLimit\` and \`RateLimit-Policy\`: what is left of your account's requests of this minute, of reads (GET) or claims (all
others). An answer is compressed where \`Accept-Encoding\` allows it. An operation shows the largest body it accepts as
\`x-body-bytes-max\`, and the longest time it takes as \`x-seconds-max\`.`

/** Of the document: changed with `docs/changelog.md`. */
const API_VERSION = '1.0.0'

/** The OpenAPI 3.1 document of the reseller API. */
export function renderOpenApi(): object {
  const app = new OpenAPIHono()
  app.openAPIRegistry.registerComponent('securitySchemes', 'apiKey', {
    type: 'http',
    scheme: 'bearer',
    description: `An API key, \`dlk_test_…\` or \`dlk_live_…\`. Scopes: ${scopeList()}.`,
  })
  // First, or the description of the first member that is money would become that of the shared schema.
  app.openAPIRegistry.register('Money', Money)
  for (const operation of Object.values(operations)) {
    const { bodyBytesMax, msMax } = limitsOf(operation.operationId)
    app.openAPIRegistry.registerPath({
      ...operation,
      ...('request' in operation && 'body' in operation.request && { 'x-body-bytes-max': bodyBytesMax }),
      'x-seconds-max': msMax / 1_000,
    })
  }
  registerWebhooks(app)
  const document = app.getOpenAPI31Document({
    openapi: '3.1.0',
    info,
    servers: [{ url: '/' }],
    tags: [...tags],
  })
  return shareProblems(addCommonHeaders(addExamples({ ...document, info: { ...info, license } })))
}

const info = {
  title: 'Droplock reseller API',
  version: API_VERSION,
  description: about,
  contact: { name: 'The operator of this service' },
}

/** Not in `info`: the framework's type is that of OpenAPI 3.0, which has no identifier. */
const license = { name: 'Apache License 2.0', identifier: 'Apache-2.0' }

function scopeList(): string {
  return Object.entries(scopeTexts)
    .map(([scope, meaning]) => `\`${scope}\` (${meaning})`)
    .join(', ')
}
