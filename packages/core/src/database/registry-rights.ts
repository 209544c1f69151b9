import { accountTerms, registryTerms, statusReported } from './column-groups.ts'
import { columns } from './columns.ts'
import { type RightsOf, read, readAndAdd, type Table } from './right.ts'

/** The rights of what `rights` has of registries, our accounts there, and what their catchers are asked and report. */
export const registryRights = {
  connection_test: {
    console_api: { ...readAndAdd, update: columns('state decided_at') },
    catcher: { ...read, update: columns('state started_at decided_at step findings answer_code message') },
  },
  password_change: {
    console_api: read,
    catcher: { ...read, update: columns('state attempts decided_at answer_code message') },
  },
  registry: {
    console_api: { ...read, lock: 'id', update: ['publications', ...registryTerms] },
    worker: { ...read, lock: 'id', update: columns('publications') },
    catcher: read,
  },
  registry_account: {
    gateway: read,
    console_api: { ...read, update: accountTerms },
    worker: read,
    catcher: {
      ...read,
      update: columns(
        'lease_owner lease_epoch lease_expires_at driven_epoch driven_until password_expires_at password_name failures_reserved failures_reserved_at',
      ),
    },
  },
  registry_account_status: { console_api: read, catcher: { ...readAndAdd, update: statusReported } },
  registry_host: { console_api: read, catcher: read },
  registry_maintenance: {
    console_api: { ...readAndAdd, update: columns('canceled_at') },
    worker: read,
    catcher: { ...readAndAdd, update: columns('starts_at ends_at note noted_at canceled_at') },
  },
  registry_message: { console_api: read, catcher: readAndAdd },
  registry_stop: {
    console_api: { ...readAndAdd, update: columns('ended_at ended_by end_reason') },
    worker: read,
    catcher: read,
  },
} as const satisfies { readonly [Name in Table]?: RightsOf<Name> }
