import type { OperationId } from '@droplock/contracts/console/operations'
import type { StaffContext } from '@droplock/core/context'
import { noteMaintenance } from '@droplock/core/maintenances'
import { stopRegistry } from '@droplock/core/registry-stops/stop'
import { REGISTRY, REGISTRY_ACCOUNT } from '../../../../packages/core/test/support/world.ts'
import type { Ask } from './app.ts'

const HOUR_MS = 3_600_000

const confirmation = { by: ['rdap'], rdap_per_minute_max: 30 }

/** A stopped registry with a maintenance. */
export async function registryRequests(operator: StaffContext, reason: string) {
  const maintenanceId = await noteMaintenance(operator, {
    registryId: REGISTRY,
    startsAt: inHours(1),
    endsAt: inHours(2),
    reason,
  })
  await stopRegistry(operator, { registryId: REGISTRY, reason })
  return {
    listOrderOfService: { path: `/api/registries/${REGISTRY}/order-of-service?served=false` },
    followChanges: { path: '/api/changes' },
    getServiceOutlook: { path: '/api/order-of-service' },
    getDropRoom: { path: '/api/drop-room' },
    listAccountStatuses: { path: '/api/registry-account-statuses' },
    listZoneOutcomes: { path: '/api/zone-outcomes?from=2026-11-01' },
    getServiceSettings: { path: '/api/settings' },
    listZones: { path: '/api/zones?q=te' },
    switchZone: post('/api/zones/test/orders', { enabled: false, reason: 'a fault' }),
    getRegistrySettings: { path: `/api/registries/${REGISTRY}` },
    previewRegistryEdit: post(`/api/registries/${REGISTRY}/preview`, { confirmation }),
    editRegistry: post(`/api/registries/${REGISTRY}`, { confirmation, version: 1, reason }),
    listConnectionTests: { path: '/api/connection-tests' },
    testConnection: post('/api/connection-tests', { registry_account_id: REGISTRY_ACCOUNT }),
    listZoneFeeAnswers: { path: '/api/fee-answers?verdict=premium' },
    listRegistryStops: { path: '/api/registry-stops' },
    stopRegistry: post(`/api/registries/${REGISTRY}/stop`, { reason }),
    restartRegistry: post(`/api/registries/${REGISTRY}/restart`, { reason }),
    listRegistryMessages: { path: '/api/registry-messages?kind=other' },
    listMaintenances: { path: '/api/maintenances' },
    noteMaintenance: post('/api/maintenances', {
      registry_id: REGISTRY,
      starts_at: inHours(24).toISOString(),
      ends_at: inHours(26).toISOString(),
      reason,
    }),
    cancelMaintenance: post(`/api/maintenances/${maintenanceId}/cancel`, { reason }),
  } satisfies Partial<Record<OperationId, Ask>>
}

function post(path: string, body: unknown): Ask {
  return { method: 'POST', path, body }
}

function inHours(hours: number): Date {
  return new Date(Date.now() + hours * HOUR_MS)
}
