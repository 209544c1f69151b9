import type { OperationId } from '@droplock/contracts/console/operations'
import type { StaffContext } from '@droplock/core/context'
import { addSource } from '@droplock/core/sources/administer'
import { isDropListFormat } from '@droplock/feeds/formats/formats'
import { usualSource } from '@droplock/rules/list-sources'
import { REGISTRY } from '../../../../packages/core/test/support/world.ts'
import type { Ask } from './app.ts'

/** What is asked of a source of drop lists. */
export async function sourceRequests(operator: StaffContext) {
  const address = 'https://lists.example.com/drop.csv'
  const id = await addSource(operator, { ...usualSource, registryId: REGISTRY, address }, isDropListFormat)
  const terms = { address, time_zone: 'Europe/Warsaw', expected_by: '09:30', precedence: 5 }
  const [path, reason] = [`/api/list-sources/${id}`, 'the registry said so']
  return {
    listListSources: { path: '/api/list-sources' },
    getListSource: { path },
    addListSource: post('/api/list-sources', { ...terms, registry_id: REGISTRY, address: `${address}.gz` }),
    changeListSource: post(path, { ...terms, version: 1, reason }),
    fetchListSource: post(`${path}/fetch`, { reason, dry_run: true }),
    disableListSource: post(`${path}/disable`, { reason }),
    enableListSource: post(`${path}/enable`, { reason }),
  } satisfies Partial<Record<OperationId, Ask>>
}

function post(path: string, body?: unknown): Ask {
  return { method: 'POST', path, ...(body !== undefined && { body }) }
}
