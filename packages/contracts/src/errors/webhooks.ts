import { entry } from './entry.ts'

/** Refusals about webhook endpoints. */
export const webhookErrors = {
  webhook_endpoint_not_found: entry(
    404,
    'Webhook endpoint not found',
    'Your account has no webhook endpoint with this id.',
  ),
  webhook_endpoint_exists: entry(
    409,
    'Webhook endpoint exists',
    'Another enabled webhook endpoint of your account has this URL.',
  ),
  webhook_endpoint_disabled: entry(
    409,
    'Webhook endpoint disabled',
    'Nothing is sent to this webhook endpoint. Enable it first.',
  ),
  webhook_endpoint_limit_reached: entry(
    409,
    'Too many webhook endpoints',
    'Your account has `endpoints_max` webhook endpoints. Delete one first.',
  ),
  webhook_url_forbidden: entry(
    422,
    'Webhook URL not allowed',
    'Webhooks are sent to public `https` addresses only. `reason` says what is not allowed: `scheme`, `credentials`, `port`, `address` (the host is, or resolves to, an address that is not public) or `unresolvable`.',
  ),
  webhook_delivery_not_found: entry(
    404,
    'Delivery not found',
    'This webhook endpoint has no delivery with this id.',
  ),
} as const
