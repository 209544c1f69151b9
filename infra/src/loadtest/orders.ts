import type { AppUrls } from '@droplock/core/database/rights'
import type { AppOrder } from '../environment/apps.ts'

/** The gateway at a port. */
export function gatewayOrder(port: number, urls: AppUrls): AppOrder {
  return {
    name: 'gateway',
    ports: [port],
    env: { DATABASE_URL: urls.gateway, PORT: String(port), DROPLOCK_LOG_LEVEL: 'warn' },
  }
}
