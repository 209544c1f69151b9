import { columns } from './columns.ts'
import { addAndForget, forget, type RightsOf, read, readAndAdd, type Table } from './right.ts'

const written = { ...addAndForget, update: true } as const

/** The rights of what `rights` has of people of accounts and their sessions. */
export const memberRights = {
  member: {
    marketplace: { ...readAndAdd, update: true },
    // Of people who never confirmed their address.
    worker: {
      ...forget,
      select: columns('id email_verified account_id created_at erased_at'),
      lock: 'id',
    },
  },
  member_session: {
    marketplace: written,
    worker: { ...forget, select: columns('id expires_at'), lock: 'id' },
  },
  member_credential: { marketplace: written },
  member_verification: {
    marketplace: written,
    worker: { ...forget, select: columns('id expires_at'), lock: 'id' },
  },
  member_request_count: {
    marketplace: written,
    worker: { ...forget, select: columns('id last_request'), lock: 'id' },
  },
  member_invitation: {
    marketplace: addAndForget,
    worker: { ...forget, select: columns('id expires_at'), lock: 'id' },
  },
  visitor_account: { marketplace: readAndAdd, console_api: read },
} as const satisfies { readonly [Name in Table]?: RightsOf<Name> }
