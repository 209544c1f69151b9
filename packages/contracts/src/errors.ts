import type { RefusalCode } from '@droplock/rules/refusals'
import { consoleErrors } from './errors/console.ts'
import type { ErrorEntry } from './errors/entry.ts'
import { memberErrors } from './errors/members.ts'
import { orderErrors } from './errors/order.ts'
import { providerErrors } from './errors/provider.ts'
import { requestErrors } from './errors/request.ts'
import { webhookErrors } from './errors/webhooks.ts'

/** The catalogue of all refusals. The OpenAPI documents, the error pages and the problem bodies are derived from it. */
export const errors = {
  ...requestErrors,
  ...orderErrors,
  ...consoleErrors,
  ...providerErrors,
  ...webhookErrors,
  ...memberErrors,
} as const satisfies Record<RefusalCode, ErrorEntry>

/** Whether the text is a refusal code. */
export function isRefusalCode(text: string): text is RefusalCode {
  return Object.hasOwn(errors, text)
}
