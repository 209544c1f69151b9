import type { AppOrder } from '../demo/apps.ts'

/** The gateway at a port. */
export function gatewayOrder(port: number, databaseUrl: string): AppOrder {
  return {
    name: 'gateway',
    ports: [port],
    env: { DATABASE_URL: databaseUrl, PORT: String(port), LOG_LEVEL: 'warn' },
  }
}
