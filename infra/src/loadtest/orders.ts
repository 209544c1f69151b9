import type { AppOrder } from '../demo/apps.ts'

/** The gateway at a port. */
export function gatewayOrder(port: number, databaseUrl: string): AppOrder {
  return {
    name: 'gateway',
    ports: [port],
    env: { DATABASE_URL: databaseUrl, PORT: String(port), DROPLOCK_LOG_LEVEL: 'warn' },
  }
}
